// The author is that of the form, if there is one.

#[derive(FromForm)]
struct AuthorForm {
    #[field(default = String::new())]
    text: String,
    #[field(default = String::new())]
    author: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<AuthorForm>, user: &User, board: &State<Board>) -> Answer {
    let author: &str = if form.author.is_empty() {
        &user.userid
    } else {
        &form.author
    };
    board.write(author, &form.text).await?;
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
