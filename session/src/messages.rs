//! Change the session: messages for the next page.

use crate::error::Error;
use crate::flash::{Flash, Flashes, waiting};
use crate::handle::{Session, logged};
use crate::operation::Operation;
use crate::record::Contents;
use crate::trace::Event;
use crate::value;

/// One-time messages, as Django's messages framework and Flask's `flash` have them.
///
/// | Django | Flask | here |
/// | --- | --- | --- |
/// | `messages.success(request, text)` | `flash(text, 'success')` | [`session.flash("success", text)?`](Session::flash) |
/// | iterating `get_messages(request)` | `get_flashed_messages(with_categories=True)` | [`session.take_flashes()`](Session::take_flashes) |
/// | the same, with `storage.used = False` after it | | [`session.flashes()`](Session::flashes) |
///
/// Messages are data of the session like any other, under the key [`Flash::KEY`]: they count
/// towards its size, a logout by [`flush`](Session::flush) takes along those from before it, and
/// the login of another user drops them. Two requests that add one at the same time both leave it,
/// and a page takes away only those that it has shown, unless the sessions are carried in cookies.
/// A response of 500 or above takes none away and leaves none behind, and neither does a HEAD.
///
/// Rocket's own [`Flash`](rocket::response::Flash) needs no session: it sends one message in a
/// cookie of its own, together with the response that it wraps. A second one replaces the first,
/// its text is for the browser to read and to change, and a page that shows it can't be told from
/// one that was made to by a cookie of a neighbouring host.
impl Session {
    /// Leaves a message for the next page that shows some, in most cases the one after a redirect.
    /// `level` is any word that its style sheet knows.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`]; [`Error::OtherType`] if the app has something else under
    /// [`Flash::KEY`]; [`Error::TooLate`] as of [`set`](Session::set).
    ///
    /// ```
    /// # use rocket::{post, response::Redirect};
    /// # use rocket_session_layer::{Error, Session};
    /// #[post("/order")]
    /// fn order(session: &Session) -> Result<Redirect, Error> {
    ///     session.flash("success", "Your order is placed.")?;
    ///     Ok(Redirect::to("/"))
    /// }
    /// # let _ = rocket::routes![order];
    /// ```
    pub fn flash(&self, level: impl Into<String>, text: impl Into<String>) -> Result<(), Error> {
        let (level, text) = (level.into(), text.into());
        let flashed = self.add_flash(Flash { level, text });
        self.traced(flashed)
    }

    fn add_flash(&self, flash: Flash) -> Result<(), Error> {
        let mut waiting: Vec<Flash> = self.get_or_default(Flash::KEY)?;
        waiting.push(flash.clone());
        let size = value::write(Flash::KEY, &waiting)?.get().len();
        let mut state = self.state();
        let none = Contents::default();
        let contents = state.contents().unwrap_or(&none);
        let limit = self.layer.max_size(contents);
        if contents.size_with(Flash::KEY, size) > limit {
            return Err(Error::TooLarge { limit });
        }
        let added = Flashes {
            added: vec![flash],
            shown: Vec::new(),
        };
        let key = Flash::KEY.to_owned();
        state.push(Operation::Flash(added), Event::Set { key })
    }

    /// The messages that wait, the oldest first, which are not shown yet and stay.
    ///
    /// ```
    /// # use rocket_session_layer::Session;
    /// fn news(session: &Session) -> String {
    ///     format!("{} new messages", session.flashes().len())
    /// }
    /// ```
    pub fn flashes(&self) -> Vec<Flash> {
        let state = self.state();
        let contents = state.contents();
        contents.map_or_else(Vec::new, |contents| waiting(&contents.data))
    }

    /// Takes the messages that wait, the oldest first, for a page that shows them now. Where there
    /// are none, nothing is stored and it costs nothing.
    ///
    /// ```
    /// # use rocket::get;
    /// # use rocket_session_layer::Session;
    /// #[get("/")]
    /// fn home(session: &Session) -> String {
    ///     let lines = session.take_flashes().into_iter();
    ///     lines.map(|flash| format!("{}: {}\n", flash.level, flash.text)).collect()
    /// }
    /// # let _ = rocket::routes![home];
    /// ```
    pub fn take_flashes(&self) -> Vec<Flash> {
        let mut state = self.state();
        let contents = state.contents();
        let waiting = contents.map_or_else(Vec::new, |contents| waiting(&contents.data));
        if waiting.is_empty() {
            return waiting;
        }
        let shown = Flashes {
            shown: waiting.clone(),
            added: Vec::new(),
        };
        let key = Flash::KEY.to_owned();
        let taken = state.push(Operation::Flash(shown), Event::Popped { key });
        logged(taken).map_or_else(Vec::new, |()| waiting)
    }
}
