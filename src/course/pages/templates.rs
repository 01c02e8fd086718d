//! The folder of templates: tried at start, then handed to Rocket. A student may have moved or
//! edited it; without the trial that shows as a 500 on some page, minutes later.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rocket::fairing::Fairing;
use rocket::figment::value::magic::RelativePathBuf;
use rocket::figment::{self, Figment};
use rocket_dyn_templates::Template;
use rocket_dyn_templates::minijinja::{
    self, AutoEscape, Environment, Output, State, Value, escape_formatter,
};

use crate::course::language::languages::Language;
use crate::course::language::texts;
use crate::course::lessons::folder::read_plain;

/// The templates that pages are made of. A test keeps the list equal to the folder.
const NEEDED: [&str; 34] = [
    "account",
    "beside",
    "board",
    "cart",
    "checklist",
    "cookie",
    "cover",
    "elsewhere",
    "exercise",
    "grid",
    "hints",
    "layout",
    "lifetime",
    "login",
    "main",
    "password",
    "prediction",
    "profile",
    "reading",
    "rows",
    "signup",
    "signup_done",
    "status",
    "task",
    "utc",
    "visit",
    "where",
    "who",
    "xray/chain",
    "xray/news",
    "xray/page",
    "xray/panel",
    "xray/row",
    "xray/time",
];

/// The reason why the templates can't be used.
#[derive(Debug)]
pub enum TemplateError {
    /// The setting `template_dir` is no folder's name.
    Setting(Box<figment::Error>),
    /// The folder is missing or empty.
    Folder {
        /// The folder in which they were looked for.
        folder: PathBuf,
        /// The system's reason.
        reason: String,
    },
    /// A template is missing that some page needs.
    Missing(PathBuf),
    /// A template can't be read.
    Unreadable {
        /// The template.
        file: PathBuf,
        /// The fault, and its line.
        reason: String,
    },
}

impl TemplateError {
    /// The fault and its remedy, in one line, in the terminal's language.
    pub fn line(&self, language: Language) -> String {
        let (key, name, path, reason) = match self {
            TemplateError::Setting(error) => {
                return language
                    .text_with("start-configuration", &[("reason", &error.to_string())]);
            }
            TemplateError::Folder { folder, reason } => {
                ("start-template-folder", "folder", folder, reason.as_str())
            }
            TemplateError::Missing(file) => ("start-template-missing", "file", file, ""),
            TemplateError::Unreadable { file, reason } => {
                ("start-template", "file", file, reason.as_str())
            }
        };
        let path = path.display().to_string();
        language.text_with(key, &[(name, &path), ("reason", reason)])
    }
}

/// Rocket's templates, taught the texts of both languages.
pub fn stage() -> impl Fairing {
    Template::custom(|engines| teach(&mut engines.minijinja))
}

/// Gives templates the texts of both languages, and slashes that can be read in a page's source.
pub fn teach(templates: &mut Environment<'_>) {
    texts::teach(templates);
    templates.set_formatter(keep_slashes);
}

/// Writes a value with its slashes unescaped.
///
/// MiniJinja escapes `/` as `&#x2f;`, which protects from nothing in a page; a student who looks at
/// a page's source should find `/main` there. Everything between the slashes is escaped as always.
fn keep_slashes(
    out: &mut Output<'_>,
    state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let text = value.as_str().filter(|_| !value.is_safe());
    let Some(text) = text.filter(|_| state.auto_escape() == AutoEscape::Html) else {
        return escape_formatter(out, state, value);
    };
    for (place, part) in text.split('/').enumerate() {
        if place > 0 {
            out.write_str("/")?;
        }
        escape_formatter(out, state, &Value::from(part))?;
    }
    Ok(())
}

/// Tries the folder: it is there, no template is missing, and every one in it can be read. Rocket
/// itself would notice the last two only when the page is asked for.
///
/// # Errors
///
/// The first fault, see [`TemplateError`].
pub fn check(figment: &Figment) -> Result<(), TemplateError> {
    // As rocket_dyn_templates reads it: relative to the file that has the setting.
    let folder = match figment.extract_inner::<RelativePathBuf>("template_dir") {
        Ok(folder) => folder.relative(),
        Err(error) if error.missing() => PathBuf::from("templates"),
        Err(error) => return Err(TemplateError::Setting(Box::new(error))),
    };
    let mut files = Vec::new();
    collect(&folder, &mut files).map_err(|error| TemplateError::Folder {
        folder: folder.clone(),
        reason: error.to_string(),
    })?;
    if files.is_empty() {
        let reason = "no *.html.j2 files".to_owned();
        return Err(TemplateError::Folder { folder, reason });
    }
    // Faults before lacks: they carry a line number.
    files.iter().try_for_each(|file| check_file(file))?;
    let needed = NEEDED.map(|name| folder.join(format!("{name}.html.j2")));
    let missing = needed.into_iter().find(|file| !files.contains(file));
    missing.map_or(Ok(()), |file| Err(TemplateError::Missing(file)))
}

/// All templates of a folder and of the folders in it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "j2") {
            files.push(path);
        }
    }
    Ok(())
}

/// Parses one template, without running it: its variables are known only when its page is shown.
fn check_file(file: &Path) -> Result<(), TemplateError> {
    let wrong = |reason: String| TemplateError::Unreadable {
        file: file.to_owned(),
        reason,
    };
    let source = read_plain(file).map_err(|error| wrong(error.to_string()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let parsed = Environment::new()
        .template_from_named_str(&name, &source)
        .map(drop);
    parsed.map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use rocket::figment::providers::Serialized;

    use super::*;
    use crate::course::Language;

    fn checked(folder: &Path) -> Result<(), TemplateError> {
        let setting = Serialized::default("template_dir", folder);
        check(&Figment::from(setting))
    }

    #[test]
    fn the_list_of_templates_is_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut files = Vec::new();
        collect(&folder, &mut files).unwrap();
        files.sort();
        let listed = NEEDED.map(|name| folder.join(format!("{name}.html.j2")));
        assert_eq!(files, listed);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_among_the_templates_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.html.j2");
        let made = std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap();
        assert!(made.success());
        assert!(check_file(&pipe).is_err());
    }

    #[test]
    fn everything_but_slashes_is_escaped() {
        let mut templates = Environment::new();
        templates.set_formatter(keep_slashes);
        let shown = |name: &str| {
            let context = minijinja::context! { text => "</a/\"'&>", number => 7 };
            templates.render_named_str(name, "{{ text }} {{ number }}", context)
        };
        assert_eq!(
            shown("page.html").unwrap(),
            "&lt;/a/&quot;&#x27;&amp;&gt; 7"
        );
        assert_eq!(shown("page.txt").unwrap(), "</a/\"'&> 7");
    }

    #[test]
    fn what_is_wrong_with_the_templates_is_found_at_start() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        assert!(matches!(
            checked(&missing),
            Err(TemplateError::Folder { .. })
        ));
        assert!(matches!(
            checked(folder.path()),
            Err(TemplateError::Folder { .. })
        ));
        fs::create_dir(folder.path().join("xray")).unwrap();
        for name in NEEDED {
            let file = folder.path().join(format!("{name}.html.j2"));
            let tried = checked(folder.path());
            assert!(tried.is_err(), "{name}");
            fs::write(file, "{{ name }}").unwrap();
        }
        assert!(checked(folder.path()).is_ok());
        for name in NEEDED {
            let file = folder.path().join(format!("{name}.html.j2"));
            fs::remove_file(&file).unwrap();
            let Err(TemplateError::Missing(missing)) = checked(folder.path()) else {
                panic!("{name} should be missed");
            };
            assert_eq!(missing, file);
            let line = TemplateError::Missing(missing).line(Language::English);
            assert!(line.contains(name) && line.lines().count() == 1, "{line}");
            fs::write(file, "{{ name }}").unwrap();
        }
        fs::write(folder.path().join("bad.html.j2"), "{% if %}").unwrap();
        assert!(matches!(
            checked(folder.path()),
            Err(TemplateError::Unreadable { file, .. }) if file.ends_with("bad.html.j2")
        ));
    }
}
