//! The cart of a browser, whether or not a user has logged in there.

use rocket::form::Form;
use rocket::{FromForm, Route, State, get, post, routes, uri};
use rocket_dyn_templates::context;

use crate::accounts::identity_key;
use crate::answer::{Answer, redirect, render};
use crate::session::Session;
use crate::shop::{Cart, Shop};

/// `/cart`, and its buttons, as lesson 05 taught them.
pub(super) fn cart_views() -> Vec<Route> {
    routes![cart_page, cart_add, cart_remove, cart_empty]
}

#[get("/cart")]
fn cart_page(session: &Session, shop: &State<Shop>) -> Answer {
    let user: Option<String> = session.get(identity_key(session.layer()))?;
    let cart: Cart = session.get_or_default("cart")?;
    let (products, bill) = (shop.products()?, shop.bill(&cart)?);
    render("cart", context! { user, products, bill })
}

/// The form of the buttons beside a product.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product = shop.product(&form.item)?;
    session
        .update("cart", |cart: &mut Cart| cart.add(&product.item))
        .await?;
    redirect(uri!(cart_page))
}

#[post("/cart/remove", data = "<form>")]
async fn cart_remove(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product = shop.product(&form.item)?;
    session
        .update("cart", |cart: &mut Cart| cart.remove(&product.item))
        .await?;
    redirect(uri!(cart_page))
}

#[post("/cart/empty")]
fn cart_empty(session: &Session) -> Answer {
    session.pop("cart");
    redirect(uri!(cart_page))
}
