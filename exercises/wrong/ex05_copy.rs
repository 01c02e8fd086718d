// It changes a copy of the cart.

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let mut cart: Cart = session.get_or_default("cart")?;
    cart.add(&product.item);
    redirect(uri!(cart_page))
}

#[launch]
fn rocket() -> _ {
    app("ex05")
        .attach(Session::fairing())
        .mount("/", routes![cart_page, cart_add])
}
