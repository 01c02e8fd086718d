//! 레슨 02: 세션에 `user` 저장하기
//!
//! 로그인하면 서버는 세션의 `user` 키에 아이디를 저장하고,
//! 브라우저는 요청할 때마다 쿠키에 담긴 세션 ID를 함께 보냅니다.
//!
//! `cargo run --bin lesson02` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 01에 세션 미들웨어를 추가했습니다. `login` 뷰는 `user`
//! 키를 저장하고, `main_page` 뷰는 그 값을 읽습니다.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
use session_lessons::session::Session;
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

#[launch]
fn rocket() -> _ {
    app("02")
        // 쿠키 전송. 세션이 새로 만들어지거나 세션 ID가 재발급되면 이 페어링이 쿠키를 보냅니다.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}
