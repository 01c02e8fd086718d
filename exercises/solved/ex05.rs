// Exercise 05: Lose no click.
// 연습 05: 클릭을 잃지 않는 장바구니
//
// Task: `cargo run -- start 05`. Check: `cargo run -- check 05`.

use rocket::form::Form;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::shop::{Bill, Cart, Product, Shop};
use session_lessons::{Answer, app, redirect, render, show_again};

/// The fields of the login form. A field that was not sent counts as empty, so that the view can
/// ask for it: without the defaults Rocket would answer 422 before the view runs.
#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
}

#[get("/login")]
fn login_page() -> Answer {
    render("login", context! {})
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // Decide who it is. A wrong user ID and a wrong password get the same answer: two different
    // ones would tell an attacker which accounts exist.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Change the session. Store the user ID as the database has it, not as it was typed: `Alice`
    // may log in too, and must find everything that was kept for `alice`.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // Find the session. `&Session` in the line above did it, by the session ID in the cookie.
    // Decide who it is. Without the key `user`, the visitor is not logged in and goes to `/login`.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

// Logging out takes a form (POST): with a link (GET), any site could log its visitors out here.
// Forms on other sites (CSRF) are refused before this view runs.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // Change the session: end it. If the row stayed, the next person
    // at this browser would find the cart of the last one.
    session.flush();
    redirect(uri!(login_page))
}

#[get("/cart")]
fn cart_page(session: &Session, shop: &State<Shop>) -> Answer {
    let user: Option<String> = session.get("user")?;
    let cart: Cart = session.get_or_default("cart")?;
    let products: Vec<Product> = shop.products()?;
    let bill: Bill = shop.bill(&cart)?;
    render("cart", context! { user, products, bill })
}

/// The form of the buttons beside a product: the item to add or to remove.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    // A form can hold anything: `?` ends the view with a 422 if the shop has no such item.
    let product: Product = shop.product(&form.item)?;
    // Change the session. `update` is atomic. With `get` and then `set`, two clicks at the same
    // time would read the same cart, and one of them would be lost (a lost update).
    session
        .update("cart", |cart: &mut Cart| cart.add(&product.item))
        .await?;
    redirect(uri!(cart_page))
}

#[post("/cart/remove", data = "<form>")]
async fn cart_remove(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
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

#[launch]
fn rocket() -> _ {
    app("ex05")
        // Tell the browser: this sends the cookie when a session begins or its ID changes.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
}
