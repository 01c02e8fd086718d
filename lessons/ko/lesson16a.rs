//! 레슨 16a: 갱신 손실(lost update)
//!
//! 읽기, 수정, 저장이 따로 실행되면 그 사이에 다른 요청이
//! 끼어들고, 다른 요청이 저장한 변경을 덮어써 사라지게 합니다.
//!
//! `cargo run --bin lesson16a` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 05와 달리 `cart_add` 뷰에서 장바구니를 `get`으로 읽고
//! `set`으로 저장합니다. 나머지 뷰는 공용 뷰를 씁니다.

use rocket::form::Form;
use rocket::{FromForm, State, launch, post, routes, uri};
use session_lessons::accounts::strangers_go_to;
use session_lessons::session::Session;
use session_lessons::shop::{Cart, Product, Shop};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

/// 상품 옆에 있는 버튼의 폼입니다. 담거나 삭제할 상품이 들어 있습니다.
#[derive(FromForm)]
struct ItemForm {
    #[field(default = String::new())]
    item: String,
}

// 세션 조회. 요청마다 그 순간의 행을 조회합니다. 사용자 확인은 하지 않습니다. 장바구니는
// 브라우저마다 하나씩 있기 때문입니다.
#[post("/cart/add", data = "<form>")]
async fn cart_add(form: Form<ItemForm>, session: &Session, shop: &State<Shop>) -> Answer {
    let product: Product = shop.product(&form.item)?;
    // 세션 변경. 세 단계로 나누어 처리하므로, 그 사이에 다른 요청이 저장한 값은 사라집니다.
    let mut cart: Cart = session.get_or_default("cart")?;
    cart.add(&product.item);
    session.set("cart", &cart)?;
    redirect(uri!("/cart"))
}

#[launch]
fn rocket() -> _ {
    app("16a")
        // 쿠키 전송. 장바구니가 바뀌어도 세션 ID는 그대로입니다.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![cart_add])
}
