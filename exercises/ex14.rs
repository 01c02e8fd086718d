// Exercise 14: What stops what.
// 연습 14: 공격과 방어 수단
//
// Task: `cargo run -- start 14`. Check: `cargo run -- check 14`.

use rocket::http::Header;
use rocket::{Responder, State, get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::answer::Page;
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, ViewError, app, render};

const GRID: [(&str, bool, bool, bool, bool); 6] = [
    ("reads", true, true, true, true),
    ("acts", true, true, true, true),
    ("far", true, true, true, true),
    ("near", true, true, true, true),
    ("tossed", true, true, true, true),
    ("planted", true, true, true, true),
];

#[get("/grid/<attack>/<measure>")]
fn grid_page(attack: &str, measure: &str) -> Answer {
    let mut rows = GRID.iter().filter(|(name, ..)| *name == attack);
    let stops: bool = rows.any(|(_, http_only, same_site, host, rotation)| match measure {
        "HttpOnly" => *http_only,
        "SameSite" => *same_site,
        "Host" => *host,
        _ => *rotation,
    });
    render("grid", context! { stops })
}

#[derive(Responder)]
struct BoardPage {
    page: Page,
    policy: Header<'static>,
}

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Result<BoardPage, ViewError> {
    let username: &str = visitor.username();
    let posts: Vec<Post> = board.posts()?;
    let page: Page = render("board", context! { posts, username, unescaped: true })?;
    let policy: Header = Header::new("Content-Security-Policy", "frame-ancestors 'none'");
    Ok(BoardPage { page, policy })
}

#[launch]
fn rocket() -> _ {
    app("ex14")
        .attach(
            Session::fairing()
                .by_default("http_only", false)
                .by_default("same_site", "none")
                .by_default("secure", true)
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_page, grid_page])
}
