// Exercise 13: Only our own forms.
// 연습 13: 내 페이지의 폼만 받기
//
// Task: `cargo run -- start 13`. Check: `cargo run -- check 13`.

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

fn is_ours(request: &Request<'_>) -> bool {
    let origin: Option<&str> = request.headers().get_one("Origin");
    let here: Option<String> = request.host().map(|host| format!("http://{host}"));
    match request.headers().get_one("Sec-Fetch-Site") {
        Some(site) => site == "same-origin" || site == "none",
        None => origin.is_none() || origin == here.as_deref(),
    }
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    board.write(&user.userid, &form.text).await?;
    redirect(uri!("/board"))
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
        .mount("/", routes![board_write])
}
