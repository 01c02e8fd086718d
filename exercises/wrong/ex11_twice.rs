// It clears two batches.

#[post("/rows/clear")]
async fn rows_clear(_user: &User, layer: &Layer) -> Answer {
    let mut cleared: usize = layer.purge_batch(BATCH).await?;
    cleared += layer.purge_batch(BATCH).await?;
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
