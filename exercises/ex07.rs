// Exercise 07: Close both holes.
// 연습 07: 두 가지 허점 막기
//
// Task: `cargo run -- start 07`. Check: `cargo run -- check 07`.

use rocket::form::Form;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render, show_again};

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
    #[field(default = String::new())]
    author: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    let author: &str = if form.author.is_empty() {
        &user.userid
    } else {
        &form.author
    };
    board.write(author, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, _user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    board.delete(&post).await?;
    redirect(uri!(board_page))
}

#[launch]
fn rocket() -> _ {
    app("ex07")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![board_page, board_write, board_delete])
}
