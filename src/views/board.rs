//! The board: everybody reads, users write, and authors delete.

use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes, uri};
use rocket_dyn_templates::context;

use crate::accounts::{User, Visitor};
use crate::answer::{Answer, redirect, render, show_again};
use crate::board::{Board, Post};

/// `/board`, and its buttons, as lesson 07 taught them.
pub(super) fn board_views() -> Vec<Route> {
    routes![board_page, board_write, board_delete]
}

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let (posts, username) = (board.posts()?, visitor.username());
    render("board", context! { posts, username })
}

/// The form of a new post, without an author: that is the user of the request.
#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    if let Some(error) = Post::fault(&form.text) {
        let (posts, username, typed) = (board.posts()?, &user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    board.write(&user.userid, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, user: &User, board: &State<Board>) -> Answer {
    let post = board.post(id)?;
    if post.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.delete(&post).await?;
    redirect(uri!(board_page))
}
