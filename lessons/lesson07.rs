//! Lesson 07: The board.
//!
//! The author of a post comes from the session, never from the form; and whether somebody may delete
//! it is decided where it is deleted.
//! 글쓴이는 폼이 아니라 세션에서 가져옵니다. 지워도 되는지는 지우는 곳에서 정합니다.
//!
//! Run: `cargo run --bin lesson07`, then open http://localhost:8000
//!
//! Changed since lesson 06: the views of the board; the other ones are mounted from the house.

use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render, show_again};

// Find the session. Decide who it is. `&Visitor` does both, and anybody may read.
#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

/// What the form sends. It has no author, and must not have one: whatever a form says can be made
/// up. What else is sent along, `author=alice` for example, is never looked at.
#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    // The author is who is asking, as the session says.
    board.write(&user.userid, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    // The page shows others no button, but that stops nobody: a browser can send any address. So
    // it is asked here, where the deed is done.
    if post.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.delete(&post).await?;
    redirect(uri!(board_page))
}

#[launch]
fn rocket() -> _ {
    app("07")
        .attach(Session::fairing())
        // Tell the browser: where `&User` finds nobody, go to `/login?next=…`, and come back.
        .register("/", strangers_go_to("/login"))
        // Change the session: login sets the key as in lesson 02, logout ends all as in lesson 05.
        // A post is no part of it: it has to outlive its author's session, and be seen by others.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![board_page, board_write, board_delete])
}
