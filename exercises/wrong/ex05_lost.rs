// Two clicks read the same cart, and one is lost. Two of the pencils always meet, so that it
// happens in every test.

use std::sync::LazyLock;

use rocket::tokio::sync::Barrier;

static BOTH: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(2));

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let mut cart: Cart = session.get_or_default("cart")?;
    cart.add(&product.item);
    if product.item == "pencil" {
        BOTH.wait().await;
    }
    session.set("cart", &cart)?;
    redirect(uri!(cart_page))
}

#[launch]
fn rocket() -> _ {
    app("ex05")
        .attach(Session::fairing())
        .mount("/", routes![cart_page, cart_add])
}
