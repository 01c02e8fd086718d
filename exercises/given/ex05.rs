// Exercise 05: Lose no click.
// 연습 05: 클릭이 사라지지 않는 장바구니
//
// Task: `cargo run -- start 05`. Check: `cargo run -- check 05`.

use rocket::form::Form;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::shop::{Bill, Cart, Product, Shop};
use session_lessons::{Answer, app, redirect, render, show_again};

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

    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

#[post("/logout")]
fn logout(session: &Session) -> Answer {
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

#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    let mut cart: Cart = session.get_or_default("cart")?;
    cart.add(&product.item);
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
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
}
