//! Lesson 14a: Theft, and the cookie's flags.
//!
//! HttpOnly keeps a script from reading the cookie, not from using it; Secure and `__Host-` say
//! where it travels, and who may set it.
//! `HttpOnly`는 스크립트가 쿠키를 읽지 못하게 할 뿐 사용까지 막지는 못합니다. `Secure`와
//! `__Host-`는 쿠키를 어디로 보내고 누가 설정할 수 있는지 정합니다.
//!
//! Run: `cargo run --bin lesson14a`, then open `http://shop.localhost:8000`
//!
//! Changed since lesson 08: the page of the board from lesson 07 is back, and prints posts as HTML;
//! the cookie has no HttpOnly; all views of earlier lessons are there.

use rocket::http::Header;
use rocket::{Responder, State, get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::answer::Page;
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{ViewError, app, render};

/// The board, without the policy that all other pages of the course have: that one lets no script
/// run that stands in a page. It is a wall of its own, and would hide those of this lesson.
#[derive(Responder)]
struct BoardPage {
    page: Page,
    policy: Header<'static>,
}

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Result<BoardPage, ViewError> {
    // Find the session. Decide who it is. The browser adds the cookie to whatever this page sends,
    // also to what a script sends that somebody has typed into a post.
    let username: &str = visitor.username();
    let posts: Vec<Post> = board.posts()?;
    // The template puts the texts into the page as they are: a script among them runs.
    let page: Page = render("board", context! { posts, username, unescaped: true })?;
    let policy: Header = Header::new("Content-Security-Policy", "frame-ancestors 'none'");
    Ok(BoardPage { page, policy })
}

#[launch]
fn rocket() -> _ {
    app("14a")
        // Tell the browser: what stands behind the cookie's value says who may read it, and who may
        // set it. The server sees none of that again: a browser sends name and value alone.
        .attach(
            Session::fairing()
                // Every script of the page may read it.
                .by_default("http_only", false),
        )
        .register("/", strangers_go_to("/login"))
        // Change the session: login and logout, as in the lessons before.
        .mount("/", views::taught_views())
        .mount("/", routes![board_page])
}
