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
    app("exend")
        .attach(
            Session::fairing()
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
        .mount("/", routes![board_page, board_write, board_delete])
}
