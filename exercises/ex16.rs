// Exercise 16: Fifty at most.
// 연습 16: 상품마다 최대 50개
//
// Task: `cargo run -- start 16`. Check: `cargo run -- check 16`.

use rocket::form::Form;
use rocket::{FromForm, State, launch, post, routes, uri};
use session_lessons::accounts::strangers_go_to;
use session_lessons::session::Session;
use session_lessons::shop::{Cart, Product, Shop};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

const MOST: u32 = 50;

#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let mut cart: Cart = session.get_or_default("cart")?;
    if cart.count_of(&product.item) < MOST {
        cart.add(&product.item);
    }
    session.set("cart", &cart)?;
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
