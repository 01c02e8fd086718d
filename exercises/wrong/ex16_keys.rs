// A key for each product.

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let count: u32 = session.get_or_default(&product.item)?;
    if count < MOST {
        session.set(&product.item, count + 1)?;
    }
    redirect(uri!("/cart"))
}

#[launch]
fn rocket() -> _ {
    app("ex16")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![cart_add])
}
