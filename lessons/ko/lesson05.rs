//! 레슨 05: 비로그인 장바구니
//!
//! 로그인하지 않아도 세션을 쓸 수 있습니다. 장바구니는 세션 ID를
//! 가진 브라우저마다 하나씩 생기고, 로그인해도 그대로 남습니다.
//!
//! `cargo run --bin lesson05` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 03에 장바구니 뷰를 추가했고, `logout` 뷰는 이제 세션 전체를 삭제합니다.

use rocket::form::Form;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
use session_lessons::shop::{Bill, Cart, Product, Shop};
use session_lessons::{Answer, app, redirect, render, show_again};

/// 로그인 폼의 필드입니다. 전송되지 않은 필드는 빈 값으로 처리하므로, 뷰에서 무엇이 빠졌는지 안내할
/// 수 있습니다. 기본값이 없으면 뷰가 실행되기 전에 Rocket이 422로 응답합니다.
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

    // 사용자 확인. 아이디가 틀려도, 비밀번호가 틀려도 똑같이 응답합니다. 응답이 다르면 공격자가
    // 어떤 아이디가 가입되어 있는지 알아낼 수 있습니다.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // 세션 변경. 입력한 값이 아니라 데이터베이스에 저장된 아이디를 저장합니다. `Alice`라고 입력해도
    // 로그인되는데, 입력한 대로 저장하면 `alice` 이름으로 저장한 데이터를 찾지 못합니다.
    session.set("user", &user.userid)?;
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    // 세션 조회. 바로 위 줄의 `&Session` 가드가 쿠키에 담긴 세션 ID로 세션을 조회했습니다.
    // 사용자 확인. `user` 키가 없으면 로그인하지 않은 상태이므로 로그인 페이지로 리다이렉트합니다.
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    render("main", context! { user })
}

// 로그아웃은 폼(POST)으로만 할 수 있습니다. 링크(GET)로 할 수 있으면,
// 다른 사이트에 걸어 둔 링크를 클릭하기만 해도 로그아웃됩니다. 다른
// 사이트의 폼에서 보낸 요청(CSRF)은 이 뷰가 실행되기 전에 거부됩니다.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // 세션 변경. 세션 전체를 삭제합니다(flush). `user` 키만 삭제하면
    // 같은 브라우저를 쓰는 다음 사람에게 장바구니가 그대로 보입니다.
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

/// 상품 옆 버튼의 폼입니다. 추가하거나 삭제할 상품을 `item` 필드로 보냅니다.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    // 폼 값은 누구나 바꿔 보낼 수 있습니다. 판매하지 않는
    // 상품이면 `?` 연산자에서 뷰가 끝나고 422로 응답합니다.
    let product: Product = shop.product(&form.item)?;
    // 세션 변경. `update`는 읽기, 수정, 저장을 원자적으로 처리합니다. `get`으로 읽고 `set`으로
    // 저장하면, 동시에 클릭했을 때 둘 다 같은 장바구니를 읽어 한쪽 변경이 사라집니다(갱신 손실).
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
        // 쿠키 전송. 세션이 새로 만들어지거나 세션 ID가 재발급되면 이 페어링이 쿠키를 보냅니다.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
}
