//! Lesson 05: a cart for strangers.
//!
//! A session needs no user: the cart belongs to the browser that holds the session ID, and logging
//! in keeps it.
//! 세션에 꼭 사용자가 있어야 하는 것은 아닙니다. 장바구니는 세션 ID를 가진 브라우저의 것이고,
//! 로그인해도 그대로 남습니다.
//!
//! Run: `cargo run --bin lesson05`, then open http://localhost:8000
//!
//! Changed since lesson 03: the views of the cart, and `logout` ends the whole session.

use rocket::form::Form;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::shop::{Bill, Cart, Product, Shop};
use session_lessons::{Answer, app, redirect, render, show_again};

/// What the login form sends. A field that did not come is an empty one, so that the view can say
/// so; without the defaults Rocket would refuse the request before the view runs.
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

    // Decide who it is. The answer to a wrong user ID and to a wrong password is the same one:
    // otherwise anybody could find out, by trying, who has an account here.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // Change the session. The user ID as it is stored, not as it was typed: `Alice` may log in as
    // well, and everything that is kept for `alice` must still be found.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // Find the session: `&Session` in the line above did it, by the session ID in the cookie.
    // Decide who it is: whoever `user` names. Without that key it is a stranger, who is sent away.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

// Only a form can log out. With a link, any page could put `<img src="/logout">` and log its
// visitors out here.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // Change the session: end it. Whatever stayed in the row, the cart too, would belong to
    // whoever sits down at this browser next.
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

/// What the buttons beside a product send.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    // A form can be filled with anything. What the shop does not sell ends here, with a 422.
    let product: Product = shop.product(&form.item)?;
    // Change the session. Not `get`, then `set`: of two clicks at the same moment both would read
    // the same cart, and one of them would be lost.
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
    app("05")
        // Tell the browser: where something was set, this sends the cookie with the session ID.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
}
