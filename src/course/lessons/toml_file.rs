//! Reading a lesson's toml. A fault in it has a line and a field.

use serde::de::DeserializeOwned;

/// A fault in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The file, and the line: `lessons/lesson03.toml:12`.
    pub place: String,
    /// The fault, and the field it is in: ``unknown field `minuets` ``.
    pub reason: String,
}

/// Reads the text of a file; `name` is for the error.
///
/// # Errors
///
/// The text is no such file.
pub fn parse<T: DeserializeOwned>(name: &str, source: &str) -> Result<T, Misfit> {
    toml::from_str(source).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(source.len()));
        let line = source[..start].matches('\n').count();
        // serde names the field only if the field itself is the mistake.
        let line_text = source.lines().nth(line).unwrap_or_default();
        let field = line_text
            .split_once('=')
            .map(|(field, _)| format!("`{}`", field.trim()));
        let mut reason = error.message().replace('\n', ", ");
        // The crate has no words for some of them, such as a line end of `\r` alone.
        if reason.is_empty() {
            reason.push_str("unexpected character");
        }
        if let Some(field) = field.filter(|field| !reason.contains(field)) {
            reason = format!("{field}: {reason}");
        }
        Misfit {
            place: format!("{name}:{}", line + 1),
            reason,
        }
    })
}
