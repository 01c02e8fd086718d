//! An ordinary Rocket app on the session layer.
//!
//!     cargo run -p rocket-session-layer --example plain_app
//!     curl -c jar -b jar -d userid=alice http://localhost:8000/login
//!     curl -c jar -b jar http://localhost:8000/
//!     curl -c jar -b jar -d item=pencil http://localhost:8000/cart/add
//!     curl -c jar -b jar http://localhost:8000/cart

use std::collections::BTreeMap;

use rocket::form::Form;
use rocket::response::Redirect;
use rocket::serde::json::Json;
use rocket::{FromForm, Responder, get, launch, post, routes, uri};
use rocket_session_layer::{Error, SameOrigin, Session};

/// The number of each item.
type Cart = BTreeMap<String, u32>;

#[derive(FromForm)]
struct Login {
    // An empty text names no user: the layer would refuse it as well. Nor do spaces.
    #[field(validate = with(|userid| !userid.trim().is_empty(), "a userid is needed"))]
    userid: String,
}

#[derive(FromForm)]
struct Item {
    item: String,
}

#[derive(Responder)]
enum Home {
    Welcome(String),
    Stranger(Box<Redirect>),
}

/// Costs no look into the store, since it does not ask for the session.
#[get("/plain")]
fn plain() -> &'static str {
    "Hello!"
}

#[get("/login")]
fn login_page() -> &'static str {
    "POST your userid here."
}

#[post("/login", data = "<form>")]
fn login(form: Form<Login>, session: &Session) -> Result<Redirect, Error> {
    session.set("user", &form.userid)?;
    Ok(Redirect::to(uri!(home)))
}

#[get("/")]
fn home(session: &Session) -> Result<Home, Error> {
    let user: Option<String> = session.get("user")?;
    Ok(match user {
        Some(user) => Home::Welcome(format!("Welcome back, {user}!")),
        None => Home::Stranger(Box::new(Redirect::to(uri!(login_page)))),
    })
}

#[post("/cart/add", data = "<form>")]
async fn add(form: Form<Item>, session: &Session) -> Result<Redirect, Error> {
    let add_one = |cart: &mut Cart| *cart.entry(form.item.clone()).or_default() += 1;
    session.update("cart", add_one).await?;
    Ok(Redirect::to(uri!(cart)))
}

#[get("/cart")]
fn cart(session: &Session) -> Result<Json<Cart>, Error> {
    Ok(Json(session.get_or_default("cart")?))
}

// Public for the benches, which start this very file as a server of its own.
#[launch]
pub fn rocket() -> _ {
    rocket::build()
        .attach(SameOrigin::fairing())
        .attach(Session::fairing())
        .mount("/", routes![plain, login_page, login, home, add, cart])
}
