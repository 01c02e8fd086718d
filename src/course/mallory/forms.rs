//! The attacks as a reader sees them: lines of HTML, and the headers that her server answers with.

/// The header of `POST /plant`: this session ID becomes the browser's own.
pub(super) fn planted(value: &str) -> String {
    format!("session_id={value}; Path=/; HttpOnly; SameSite=Lax")
}

/// The headers of `POST /toss`. A browser that takes the first one has two cookies of that name for
/// the shop. It has to refuse the second one, since a name that begins so allows no `Domain`
/// (RFC 6265bis, section 4.1.3.2).
pub(super) const TOSSED: [&str; 2] = [
    "session_id=x; Domain=shop.localhost; Path=/",
    "__Host-session_id=x; Domain=shop.localhost; Path=/; Secure",
];

/// The text of the post that the form of lesson 13 sends. Its scenario says the same.
pub const POST: &str = "Mallory was here";

/// A form with one button, sent to this site, as it stands in the page.
pub(super) fn to_her(path: &str, button: &str) -> String {
    format!("<form method=\"post\" action=\"{path}\">\n  <button>{button}</button>\n</form>")
}

/// A form with one button, sent to the lesson's board.
pub(super) fn to_the_board(lesson_port: u16, button: &str) -> String {
    let action = format!("http://localhost:{lesson_port}/board");
    format!(
        "<form method=\"post\" action=\"{action}\">\n  \
         <input type=\"hidden\" name=\"text\" value=\"{POST}\">\n  \
         <button>{button}</button>\n</form>"
    )
}
