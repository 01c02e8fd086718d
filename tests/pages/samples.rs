//! A lesson for this folder's tests: every page of `templates/`, filled with samples.

use rocket::figment::Figment;
use rocket::form::Form;
use rocket::http::Status;
use rocket::local::blocking::Client;
use rocket::{Build, FromForm, Rocket, get, post, routes};
use rocket_dyn_templates::context;
use serde::Serialize;
use serde_json::{Value, json};

use session_lessons::app::try_app;
use session_lessons::{Answer, redirect, render, show_again};

/// A client of that lesson. Its database is gone when the client is.
pub(super) fn client() -> Client {
    client_with(("password_cost", 4))
}

/// The same, with this setting.
pub(super) fn client_with(setting: (&str, impl Serialize)) -> Client {
    let folder = tempfile::tempdir().unwrap();
    Client::tracked(app_in(&folder, setting).manage(folder)).unwrap()
}

fn app_in(folder: &tempfile::TempDir, setting: (&str, impl Serialize)) -> Rocket<Build> {
    let figment = Figment::from(rocket::Config::debug_default())
        .merge(("password_cost", 4))
        .merge(setting)
        .merge(("port", 0))
        .merge(("log_level", "off"))
        .merge(("session.database", folder.path().join("trial.db")));
    let views = routes![
        main_page,
        greeting,
        login,
        again,
        logout,
        signup,
        wrong_signup,
        done,
        cart,
        empty_cart,
        profile,
        who,
        who_nobody,
        where_page,
        grid,
        cookie_page,
        cookie_secret,
        board,
        wrong_post,
        account,
        account_bare,
        password,
        wrong_password,
        lifetime,
        lifetime_none,
        visit,
        rows,
        rows_cleared,
        remember,
        echo,
        status
    ];
    try_app("03", figment).unwrap().mount("/", views)
}

#[get("/main")]
fn main_page() -> Answer {
    render("main", context! {})
}

#[get("/greeting")]
fn greeting() -> Answer {
    render("main", context! { user: "<b>alice" })
}

#[get("/login")]
fn login() -> Answer {
    render("login", context! {})
}

#[post("/login")]
fn again() -> Answer {
    show_again("login", context! { userid: "\"><b>", error: "login-wrong" })
}

#[post("/logout")]
fn logout() -> Answer {
    redirect(rocket::uri!(login))
}

#[get("/signup")]
fn signup() -> Answer {
    render("signup", context! {})
}

#[post("/signup")]
fn wrong_signup() -> Answer {
    show_again(
        "signup",
        json!({
            "typed": { "userid": "al ice", "real_name": "<b>Alice", "email": "nowhere" },
            "errors": {
                "userid": [{ "key": "signup-userid-characters" }],
                "email": [{ "key": "signup-email-implausible" }],
                "password1": [
                    { "key": "signup-password-too-short", "limit": 8 },
                    { "key": "signup-password-too-similar", "field": "userid" },
                ],
                "password2": [{ "key": "signup-passwords-differ" }],
            },
        }),
    )
}

#[get("/signup/done")]
fn done() -> Answer {
    render(
        "signup_done",
        context! { success_id: "<b>", success_name: "Carol", success_email: "carol@example.com" },
    )
}

#[get("/cart")]
fn cart() -> Answer {
    render("cart", full_cart())
}

#[get("/cart/none")]
fn empty_cart() -> Answer {
    let mut context = full_cart();
    context["bill"] = json!({ "lines": [], "gone": [], "total": 0, "count": 0 });
    context["user"] = Value::Null;
    render("cart", context)
}

fn full_cart() -> Value {
    let pencil = json!({ "item": "pencil", "name_en": "Pencil", "name_ko": "연필", "price": 500 });
    let bag = json!({ "item": "bag", "name_en": "Bag", "name_ko": "가방", "price": 32000 });
    json!({
        "products": [pencil, bag],
        "bill": {
            "lines": [
                { "product": pencil, "count": 2, "sum": 1000 },
                { "product": bag, "count": 1, "sum": 32000 },
            ],
            "gone": ["<b>"],
            "total": 33000,
            "count": 3,
        },
        "user": "alice",
    })
}

#[get("/profile")]
fn profile() -> Answer {
    let user = json!({ "userid": "<b>", "real_name": "<b>Alice", "email": "<b>@example.com" });
    render("profile", json!({ "user": user }))
}

#[get("/who")]
fn who() -> Answer {
    let context =
        context! { key: "<b>", is_anonymous: false, is_authenticated: true, username: "<b>" };
    render("who", context)
}

#[get("/who/nobody")]
fn who_nobody() -> Answer {
    let context =
        context! { key: "<b>", is_anonymous: true, is_authenticated: false, username: "" };
    render("who", context)
}

#[get("/where")]
fn where_page() -> Answer {
    let can = json!({ "atomic": true, "shared": false });
    render(
        "where",
        context! { username: "<b>", engine: "database", can },
    )
}

#[get("/grid")]
fn grid() -> Answer {
    render("grid", context! { stops: true })
}

#[get("/cookie")]
fn cookie_page() -> Answer {
    render(
        "cookie",
        context! { username: "<b>", text: "{\"<b>\":1}", size: 99 },
    )
}

#[get("/cookie/secret")]
fn cookie_secret() -> Answer {
    render("cookie", context! { username: "", text: (), size: 99 })
}

#[get("/board")]
fn board() -> Answer {
    let post = json!({ "id": 1, "author": "<b>", "text": "<b>Hello" });
    render("board", context! { posts: [post], username: "" })
}

#[post("/board")]
fn wrong_post() -> Answer {
    let context = context! { posts: (), username: "<b>", typed: "\"><b>", error: "board-empty" };
    show_again("board", context)
}

#[get("/account")]
fn account() -> Answer {
    let lines = [
        json!({ "locker": "0123456789abg", "browser": { "name": "<b>", "system": "<b>" }, "here": true, "seconds": 0 }),
        json!({ "locker": "1123456789abg", "browser": { "name": "Firefox" }, "here": false, "seconds": 180 }),
        json!({ "locker": "2123456789abg", "browser": {}, "here": false, "seconds": 432000 }),
    ];
    let list = json!({ "lines": lines, "others": 2, "more": 1 });
    let notice = "account-others-ended";
    render(
        "account",
        json!({ "userid": "<b>", "notice": notice, "ends_sessions": true, "list": list }),
    )
}

#[get("/account/bare")]
fn account_bare() -> Answer {
    let page = context! { userid: "<b>", ends_sessions: false, copies_go_on: true };
    render("account", page)
}

#[get("/account/password")]
fn password() -> Answer {
    render("password", context! { userid: "<b>", ends_sessions: true })
}

#[post("/account/password")]
fn wrong_password() -> Answer {
    let errors = json!({ "old_password": [{ "key": "password-wrong" }] });
    show_again("password", json!({ "userid": "<b>", "errors": errors }))
}

#[get("/lifetime")]
fn lifetime() -> Answer {
    let lifetime = json!({
        "now": 2_000_000, "begun": 1, "touched": 2_000_000, "ends": 2_100_000,
        "latest": i64::MAX, "cookie": null,
    });
    render("lifetime", json!({ "lifetime": lifetime }))
}

#[get("/lifetime/none")]
fn lifetime_none() -> Answer {
    render("lifetime", json!({ "lifetime": null }))
}

#[get("/visit")]
fn visit() -> Answer {
    render("visit", context! { visits: 2 })
}

#[get("/rows")]
fn rows() -> Answer {
    render(
        "rows",
        json!({ "live": 1, "over": 0, "cleared": null, "batch": 40 }),
    )
}

#[get("/rows/cleared")]
fn rows_cleared() -> Answer {
    render(
        "rows",
        json!({ "live": 1, "over": 2, "cleared": 1, "batch": 40 }),
    )
}

#[get("/login/remember")]
fn remember() -> Answer {
    render("login", context! { remember: true })
}

#[derive(FromForm)]
struct Echo<'r> {
    text: &'r str,
}

#[post("/echo", data = "<echo>")]
fn echo(echo: Form<Echo<'_>>) -> String {
    echo.text.to_owned()
}

#[get("/status/<code>")]
fn status(code: u16) -> Answer {
    Err(Status::new(code).into())
}
