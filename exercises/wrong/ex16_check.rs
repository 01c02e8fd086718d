// It asks before it changes. All the mugs meet in between, so that it happens in every test.

use std::sync::LazyLock;

use rocket::tokio::sync::Barrier;

static ALL: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(100));

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let cart: Cart = session.get_or_default("cart")?;
    if product.item == "mug" {
        ALL.wait().await;
    }
    if cart.count_of(&product.item) < MOST {
        session
            .update("cart", |cart: &mut Cart| cart.add(&product.item))
            .await?;
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
