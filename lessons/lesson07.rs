//! Lesson 07: The board.
//!
//! The author of a post comes from the session, never from the form; the right to delete it is
//! checked in the view that deletes it.
//! 게시글의 작성자는 폼이 아니라 세션에서 가져오고, 삭제 권한은 삭제하는 뷰에서 확인합니다.
//!
//! Run: `cargo run --bin lesson07`, then open http://localhost:8000
//!
//! Changed since lesson 06: the views of the board are
//! new; those of lesson 06 are now shared views.

use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render, show_again};

// Find the session. Decide who it is. `&Visitor` does both; reading takes no login.
#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

/// The form of a new post. It has no author on purpose, because a form can claim any author. Fields
/// that are not listed here, such as `author=alice`, are ignored.
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
    // The author is the user of this request, whom the session names.
    board.write(&user.userid, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    // Hiding the button from others is no check: a browser can send any request. The permission is
    // checked here, where the post is deleted.
    if post.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.delete(&post).await?;
    redirect(uri!(board_page))
}

#[launch]
fn rocket() -> _ {
    app("07")
        // Tell the browser: this sends the cookie, as in lesson 02.
        .attach(Session::fairing())
        // If `&User` finds no user, go to `/login?next=…`, and after the login come back.
        .register("/", strangers_go_to("/login"))
        // Change the session: only login and logout do. A post is not kept in it: it has to outlive
        // its author's session, and others have to see it.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![board_page, board_write, board_delete])
}
