//! `cargo run -- reset`, without the number of an exercise: deletes everything that the lessons have
//! stored, so that the next group can begin from nothing. Users, sessions, posts and progress go;
//! exercises are as they were given, and what was written is kept.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::{fs, iter};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use super::call::{Call, Done, Refusal};
use crate::course::exercise::attempt::Attempt;
use crate::course::lessons::folder::project_folder;

/// Begins the exercise that is named anew. If none is: asks, unless `--yes` is given, and deletes.
///
/// # Errors
///
/// [`Refusal::Failed`] while a lesson has the database open, or if a file can't be deleted.
pub(super) fn reset(call: &Call) -> Done {
    let sure = call.arguments.first().is_some_and(|first| first == "--yes");
    match &call.arguments[usize::from(sure)..] {
        [] => {}
        [named] if !sure && !named.starts_with('-') => return super::exercise::reset(call),
        [argument, ..] => return Err(call.unknown_argument(argument)),
    }
    let database = call.config()?.database();
    // Held until everything is deleted, so that no lesson starts in between.
    let _alone = alone_on(&database).map_err(|InUse| {
        let names = [("database", shown(&database))];
        let names = names
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        Refusal::Failed(call.language.text_with("command-reset-in-use", &names))
    })?;
    let stored = stored(&database);
    let exercises = super::exercise::all(call)?;
    let begun = exercises.iter().map(|it| Attempt::at(it, &database));
    let begun: Vec<Attempt> = begun.filter(Attempt::is_begun).collect();
    // Not a fault: after it there is nothing stored, as was asked for.
    if stored.is_empty() && begun.is_empty() {
        println!("{}", call.language.text("command-reset-nothing"));
        return Ok(());
    }
    let names: Vec<String> = stored.iter().map(|path| shown(path)).collect();
    let numbers: Vec<&str> = begun.iter().map(Attempt::number).collect();
    let (names, numbers) = (names.join(", "), numbers.join(", "));
    let say = |key| {
        let variables = [("names", names.as_str()), ("numbers", numbers.as_str())];
        call.language.text_with(key, &variables)
    };
    if !begun.is_empty() {
        println!("{}", say("command-reset-exercises"));
    }
    let question = if stored.is_empty() {
        "command-reset-ask-anew"
    } else {
        "command-reset-ask"
    };
    if !sure && !confirmed(&say(question)) {
        println!("{}", call.language.text("command-reset-kept"));
        return Ok(());
    }
    // The exercises first: they note nothing, and an attempt that can't be kept stops the rest.
    for attempt in &begun {
        let kept = attempt.begin().map_err(|error| call.failed(error))?;
        if let Some(file) = kept {
            let kept = call.language.text_with("exercise-kept", &[("file", &file)]);
            println!("{kept}");
        }
    }
    for path in &stored {
        let deleted = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        deleted.map_err(|error| call.failed(format!("{}: {error}", path.display())))?;
    }
    if !stored.is_empty() {
        println!("{}", say("command-reset-done"));
    }
    Ok(())
}

/// Another program has the database open.
struct InUse;

/// Takes the database for this program alone. `None` if there is none, or a file that SQLite can't
/// use, which no lesson can have open.
///
/// A lesson's connections hold SQLite's shared lock on the file for as long as they are open,
/// however idle, and the system releases it when their process dies. A switch out of WAL needs the
/// file alone, so SQLite refuses it as long as one of them is there.
fn alone_on(database: &Path) -> Result<Option<SqliteConnection>, InUse> {
    let path = database.to_str().filter(|_| database.is_file());
    let Some(mut connection) = path.and_then(|path| SqliteConnection::establish(path).ok()) else {
        return Ok(None);
    };
    // A busy timeout of zero: waiting would only delay the refusal.
    let alone = "PRAGMA busy_timeout = 0;
                 PRAGMA journal_mode = DELETE;
                 PRAGMA locking_mode = EXCLUSIVE;
                 BEGIN EXCLUSIVE;";
    match connection.batch_execute(alone) {
        Ok(()) => Ok(Some(connection)),
        // Diesel has no type for SQLITE_BUSY, so its message decides.
        Err(error) if error.to_string().contains("locked") => Err(InUse),
        Err(_) => Ok(None),
    }
}

/// The things to delete: the folder `var`, or, if the database was put elsewhere, our own files in
/// that folder. Other files there are the student's.
fn stored(database: &Path) -> Vec<PathBuf> {
    let var = project_folder().join("var");
    if database.parent() == Some(&var) {
        return iter::once(var).filter(|var| var.exists()).collect();
    }
    let beside = |suffix: &str| {
        let mut path = database.as_os_str().to_owned();
        path.push(suffix);
        PathBuf::from(path)
    };
    let ours = ["", "-wal", "-shm"].map(beside).into_iter();
    ours.chain(["progress.toml", "progress.lock"].map(|name| database.with_file_name(name)))
        .filter(|path| path.is_file())
        .collect()
}

/// A path as a student knows it, from the project's folder on: `var`.
fn shown(path: &Path) -> String {
    let short = path.strip_prefix(project_folder()).unwrap_or(path);
    short.display().to_string()
}

/// Asks on the terminal. Anything but a clear yes is a no, in either language.
fn confirmed(question: &str) -> bool {
    print!("{question} ");
    let _ = io::stdout().flush();
    let mut answer = String::new();
    // Without a terminal there is nothing to read, and so no consent.
    let _ = io::stdin().lock().read_line(&mut answer);
    matches!(
        answer.trim().to_lowercase().as_str(),
        "y" | "yes" | "예" | "네"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_a_database_elsewhere_only_our_own_files_go() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "my.db",
            "my.db-wal",
            "progress.toml",
            "progress.lock",
            "thesis.txt",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let stored = stored(&folder.path().join("my.db"));
        assert_eq!(stored.len(), 4);
        assert!(!stored.iter().any(|path| path.ends_with("thesis.txt")));
    }

    #[test]
    fn in_the_project_it_is_the_folder_var_and_nothing_else() {
        let var = project_folder().join("var");
        let stored = stored(&var.join("lessons.db"));
        assert!(stored.iter().all(|path| *path == var));
    }
}
