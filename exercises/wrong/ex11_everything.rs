// It ends the live sessions too.

#[post("/rows/clear")]
async fn rows_clear(_user: &User, layer: &Layer) -> Answer {
    let cleared: usize = layer.end_all_sessions().await?;
    redirect(uri!(rows_page(u32::try_from(cleared).ok())))
}

#[launch]
fn rocket() -> _ {
    app("ex11")
        .attach(Session::fairing().without_purge())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page, rows_page, rows_clear])
}
