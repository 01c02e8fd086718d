//! One-time messages, as a session keeps them until a page has shown them.

use serde::{Deserialize, Serialize};

use crate::record::Data;
use crate::value;

/// A message that the next page shows once: [`Session::flash`](crate::Session::flash).
///
/// As JSON, and so for templates, it is `{"level": "success", "text": "Your order is placed."}`.
///
/// ```
/// use rocket_session_layer::Flash;
///
/// fn html(Flash { level, .. }: &Flash) -> String {
///     format!("<p class=\"{level}\">…</p>") // its text must be escaped, as a template does
/// }
/// # let _ = html;
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// The kind of message, as a word for a style sheet: Django's tag, Flask's category.
    pub level: String,
    /// The message itself.
    pub text: String,
}

impl Flash {
    /// The session's key under which messages wait.
    ///
    /// ```
    /// # use rocket_session_layer::{Flash, Session};
    /// fn forget_them(session: &Session) {
    ///     session.pop(Flash::KEY);
    /// }
    /// ```
    pub const KEY: &str = "_flashes";
}

/// Messages that one request has shown, and those that it leaves behind.
///
/// A commit takes the shown ones out of the list that is stored by then, and does not replace that
/// list: one that another request has added meanwhile still waits, though nobody saw it here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flashes {
    pub(crate) shown: Vec<Flash>,
    pub(crate) added: Vec<Flash>,
}

impl Flashes {
    /// Does what `next` does, too, after this.
    pub(crate) fn then(&mut self, next: Flashes) {
        for shown in next.shown {
            if !remove(&mut self.added, &shown) {
                self.shown.push(shown);
            }
        }
        self.added.extend(next.added);
    }

    pub(crate) fn apply(&self, data: &mut Data) {
        let mut waiting = waiting(data);
        for shown in &self.shown {
            remove(&mut waiting, shown);
        }
        waiting.extend_from_slice(&self.added);
        if waiting.is_empty() {
            data.remove(Flash::KEY);
        } else if let Ok(json) = value::write(Flash::KEY, &waiting) {
            // Texts can always be written.
            data.insert(Flash::KEY.to_owned(), json);
        }
    }
}

/// The messages in this data. None if something else is under their key.
pub(crate) fn waiting(data: &Data) -> Vec<Flash> {
    data.get(Flash::KEY).ok().flatten().unwrap_or_default()
}

/// Takes the first one like this out of a list. Returns whether there was one.
fn remove(list: &mut Vec<Flash>, flash: &Flash) -> bool {
    let found = list.iter().position(|waiting| waiting == flash);
    found.map(|at| list.remove(at)).is_some()
}
