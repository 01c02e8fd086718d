//! Files and folders for the server's own user alone, plain files only, and still the same ones.

#[cfg(feature = "database")]
use std::fs;
use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Makes a folder and those above it. Those that are there already keep their mode.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut folder = DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(path)
}

/// Options for writing. A file that they make is for this user alone; outside Unix it inherits the
/// rights of its folder.
pub(crate) fn to_write() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a file with `open`, if its name leads to a plain one or to nothing.
///
/// The look comes first, because to open a named pipe waits until another program opens its other
/// end, and to open a device may do anything. The second one is for a name that changed in between.
pub(crate) fn open_plain(
    path: &Path,
    open: impl FnOnce(&Path) -> io::Result<File>,
) -> io::Result<File> {
    check_plain(path)?;
    let file = open(path)?;
    refuse_unless_plain(&file.metadata()?)?;
    Ok(file)
}

/// Refuses a name that leads to anything but a plain file or nothing. Symbolic links are followed:
/// that is how secrets and volumes are often mounted.
pub(crate) fn check_plain(path: &Path) -> io::Result<()> {
    match path.metadata() {
        Ok(found) => refuse_unless_plain(&found),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn refuse_unless_plain(found: &Metadata) -> io::Result<()> {
    if found.is_file() {
        return Ok(());
    }
    Err(io::Error::other("it is no plain file"))
}

/// Makes an empty file, unless the name is taken.
///
/// It gets its name only after it was closed. A process loses its locks on a file as soon as it
/// closes any descriptor of it (POSIX), so to close it later could take SQLite's from another
/// thread.
#[cfg(feature = "database")]
pub(crate) fn make_file(path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    let number = u64::from_ne_bytes(crate::id::random().map_err(io::Error::other)?);
    let mut name = path.as_os_str().to_owned();
    name.push(format!("-{number:016x}"));
    let unnamed = Path::new(&name);
    drop(to_write().create_new(true).open(unnamed)?);
    // It fails if another process was faster. A file system without such links has no modes either:
    // there SQLite makes the file.
    let _ = fs::hard_link(unnamed, path);
    fs::remove_file(unnamed)
}

/// Takes a file away from other users of the machine. Returns the mode by which they had it.
#[cfg(all(unix, feature = "database"))]
pub(crate) fn tighten(path: &Path) -> io::Result<Option<u32>> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = path.metadata()?.permissions();
    let mode = permissions.mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(None);
    }
    permissions.set_mode(mode & 0o700);
    fs::set_permissions(path, permissions)?;
    Ok(Some(mode))
}

#[cfg(all(not(unix), feature = "database"))]
pub(crate) fn tighten(_: &Path) -> io::Result<Option<u32>> {
    Ok(None)
}

/// Refuses a file that others may use.
#[cfg(unix)]
pub(crate) fn refuse_if_shared(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    let reason = "others than its owner may use it; make that impossible with chmod 600";
    Err(io::Error::other(reason))
}

#[cfg(not(unix))]
pub(crate) fn refuse_if_shared(_: &File) -> io::Result<()> {
    Ok(())
}

/// Device and inode, which a file keeps under every name.
#[cfg(any(feature = "database", feature = "file"))]
pub(crate) type Identity = (u64, u64);

/// The identity of the file or folder of which this is told.
#[cfg(all(unix, any(feature = "database", feature = "file")))]
pub(crate) fn identity(found: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

/// Elsewhere a file that is open, and a folder with one in it, can't be moved away.
#[cfg(all(not(unix), any(feature = "database", feature = "file")))]
pub(crate) fn identity(_: &Metadata) -> Identity {
    (0, 0)
}
