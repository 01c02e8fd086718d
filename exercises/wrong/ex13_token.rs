// Its token is in a cookie, and the same for everybody.

use rocket::get;
use rocket::http::CookieJar;
use session_lessons::accounts::Visitor;
use session_lessons::render;

fn is_ours(request: &Request<'_>) -> bool {
    let token = request.cookies().get("token");
    request.uri().path() == "/login" || token.is_some_and(|token| token.value() == "4711")
}

#[get("/board")]
fn board_page(cookies: &CookieJar<'_>, visitor: &Visitor, board: &State<Board>) -> Answer {
    cookies.add(("token", "4711"));
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

#[launch]
fn rocket() -> _ {
    app("ex13")
        .attach(
            Session::fairing()
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_page, board_write])
}
