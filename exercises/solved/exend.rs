// Closing exercise: Build it yourself.
// 마무리 연습: 직접 만들기
//
// Task: `cargo run -- start end`. Check: `cargo run -- check end`.

use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, Request, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, Visitor, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::shop::{Bill, Cart, Product, Shop};
use session_lessons::views::{self, go_on};
use session_lessons::{Answer, app, redirect, render, show_again};

fn is_ours(request: &Request<'_>) -> bool {
    let site: Option<&str> = request.headers().get_one("Sec-Fetch-Site");
    let origin: Option<&str> = request.headers().get_one("Origin");
    let here: Option<String> = request.host().map(|host| format!("http://{host}"));
    match site {
        Some(site) => site == "same-origin" || site == "none",
        None => origin.is_none() || origin == here.as_deref(),
    }
}

#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
}

#[get("/login?<next>")]
fn login_page(next: Option<String>) -> Answer {
    render("login", context! { next })
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    let (userid, next) = (&form.userid, &form.next);
    if userid.is_empty() || form.password.is_empty() {
        let error = "login-missing-field";
        return show_again("login", context! { userid, next, error });
    }
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, next, error: "login-wrong" });
    };
    session.set("user", &user.userid)?;
    session.rotate();
    go_on(next)
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!("/login"));
    };
    render("main", context! { user })
}

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    session.flush();
    redirect(uri!("/login"))
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

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    board.write(&user.userid, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    if post.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.delete(&post).await?;
    redirect(uri!(board_page))
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
