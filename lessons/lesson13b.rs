//! Lesson 13b: Foreign forms (CSRF).
//!
//! The browser brings the cookie, whoever wrote the form, and the same site is not the same origin:
//! the server has to look where a form comes from.
//! 브라우저는 누가 만든 폼이든 쿠키를 함께 보내고, 같은 사이트라도 출처는 다를 수 있습니다. 그래서
//! 폼의 출처는 서버가 확인해야 합니다.
//!
//! Run: `cargo run --bin lesson13b`, then open http://localhost:8000
//!
//! Changed since lesson 13a: `is_ours` looks where a form comes from.

use rocket::form::Form;
use rocket::{FromForm, Request, State, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, show_again};

#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

/// Asked about every form before its view runs: does it stand on a page of this server?
fn is_ours(request: &Request<'_>) -> bool {
    let origin: Option<&str> = request.headers().get_one("Origin");
    let here: Option<String> = request.host().map(|host| format!("http://{host}"));
    match request.headers().get_one("Sec-Fetch-Site") {
        Some(site) => site == "same-origin" || site == "none",
        // An older browser. With neither header it is none, and nobody's cookie is at stake.
        None => origin.is_none() || origin == here.as_deref(),
    }
}

// Find the session. Decide who it is. `&User` goes by the cookie, and the cookie says whose browser
// has sent the form. It does not say whose page the form stood on.
#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    // Change the session: nothing to do, since posts have a table of their own.
    board.write(&user.userid, &form.text).await?;
    redirect(uri!("/board"))
}

#[launch]
fn rocket() -> _ {
    app("13b")
        .attach(
            Session::fairing()
                // The session layer's own check of forms is off, in both halves of this lesson.
                .by_default("same_origin", false)
                // Tell the browser: send this cookie with no request from another site's page.
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_write])
}
