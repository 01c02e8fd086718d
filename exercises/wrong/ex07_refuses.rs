// A form with another author is refused.

#[derive(FromForm)]
struct AuthorForm {
    #[field(default = String::new())]
    text: String,
    #[field(default = String::new())]
    author: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<AuthorForm>, user: &User, board: &State<Board>) -> Answer {
    if !form.author.is_empty() && form.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.write(&user.userid, &form.text).await?;
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
