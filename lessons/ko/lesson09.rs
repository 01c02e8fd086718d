//! 레슨 09: 쿠키에 저장하는 세션
//!
//! 세션 전체가 쿠키에 담겨 오가고 서버에는 아무것도 남지 않습니다.
//! 서명으로는 누가 만든 값인지만 확인할 수 있습니다.
//!
//! `cargo run --bin lesson09` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 08과 달리 엔진을 코드에서 정합니다. `where_page` 뷰 대신 `cookie_page` 뷰와
//! `cookie_fill` 뷰를 넣었습니다.

use data_encoding::BASE64URL_NOPAD;
use rocket::form::Form;
use rocket::http::CookieJar;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render};

/// 서명한 쿠키의 두 점 사이에 있는 내용(페이로드)을 디코딩합니다. 비밀 키가 없어도 읽을 수
/// 있으므로, 쿠키를 가진 사람은 누구나 세션 내용을 볼 수 있습니다.
fn read(cookie: &str) -> Option<String> {
    let middle: &str = cookie.split('.').nth(1)?;
    let bytes: Vec<u8> = BASE64URL_NOPAD.decode(middle.as_bytes()).ok()?;
    String::from_utf8(bytes).ok()
}

#[get("/cookie")]
fn cookie_page(visitor: &Visitor, cookies: &CookieJar) -> Answer {
    // 세션 조회. 사용자 확인. `&Visitor` 가드가 서명을 검증한 뒤 둘 다 처리했습니다. 아래의 내용은
    // 서명을 검증하지 않고 읽으므로 화면에만 보여 주고, 판단에는 쓰지 않습니다.
    let username: &str = visitor.username();
    let cookie: &str = cookies.get("session_id").map_or("", |found| found.value());
    let text: Option<String> = read(cookie);
    let size: usize = cookie.len();
    render("cookie", context! { username, text, size })
}

/// 세션에 추가할 글자 수를 받는 폼 필드입니다.
#[derive(FromForm)]
struct FillForm {
    #[field(default = 0)]
    letters: u16,
}

#[post("/cookie/fill", data = "<form>")]
async fn cookie_fill(form: Form<FillForm>, session: &Session) -> Answer {
    let letters: String = "x".repeat(form.letters.into());
    // 세션 변경. 브라우저는 4,096바이트가 넘는 쿠키를 경고 없이 버립니다. 그래서 세션 미들웨어는
    // 그런 쿠키를 만들지 않고, `?` 연산자에서 뷰가 끝나 413으로 응답합니다.
    session
        .update("letters", |kept: &mut String| kept.push_str(&letters))
        .await?;
    redirect(uri!(cookie_page))
}

#[launch]
fn rocket() -> _ {
    app("09")
        // 쿠키 전송. 쿠키에 세션 전체를 담아 보내고, 서버에는 저장하지 않습니다.
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                // Flask처럼 서명만 합니다. 기본값인 "encrypted"로
                // 두면 쿠키를 가진 사람도 내용을 볼 수 없습니다.
                .by_default("seal", "signed"),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page, cookie_fill])
}
