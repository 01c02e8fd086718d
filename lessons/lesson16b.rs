//! Lesson 16b: Lost update.
//!
//! To read, to change and to write are three steps, and others come between:
//! the change that somebody else has stored meanwhile is overwritten.
//! 읽기, 수정, 저장이 따로 실행되면 그 사이에 다른 요청이
//! 끼어들고, 다른 요청이 저장한 변경을 덮어써 사라지게 합니다.
//!
//! Run: `cargo run --bin lesson16b`, then open http://localhost:8000
//!
//! Changed since lesson 16a: `cart_add` changes the cart with `update`.

use rocket::form::Form;
use rocket::{FromForm, State, launch, post, routes, uri};
use session_lessons::accounts::strangers_go_to;
use session_lessons::session::Session;
use session_lessons::shop::{Cart, Product, Shop};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

/// The form of the buttons beside a product: the item to add or to remove.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

// Find the session. Each request finds the row as it is at that moment. Decide who it is: here it
// does not matter, a cart belongs to a browser.
#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    // Change the session in one step: `update` is atomic, nothing comes between.
    session
        .update("cart", |cart: &mut Cart| cart.add(&product.item))
        .await?;
    redirect(uri!("/cart"))
}

#[launch]
fn rocket() -> _ {
    app("16b")
        // Tell the browser: its session ID stays the same, however often the cart changes.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![cart_add])
}
