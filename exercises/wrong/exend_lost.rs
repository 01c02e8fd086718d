// Read, change, write: three steps, and other clicks come between.

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let mut cart: Cart = session.get_or_default("cart")?;
    cart.add(&product.item);
    session.set("cart", &cart)?;
    redirect(uri!(cart_page))
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
