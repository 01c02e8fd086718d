// Every user may delete every post.

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, _user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    board.delete(&post).await?;
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
