//! 레슨 01: 세션 없는 로그인
//!
//! 서버는 로그인할 때 비밀번호를 확인하고도 바로 잊어버리므로,
//! 다음 요청을 누가 보냈는지 알 수 없습니다.
//!
//! `cargo run --bin lesson01` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 첫 레슨이므로 바뀐 코드가 없습니다.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User};
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
async fn login(form: Form<LoginForm>, accounts: &Accounts) -> Answer {
    let userid: &str = &form.userid;
    if userid.is_empty() || form.password.is_empty() {
        return show_again("login", context! { userid, error: "login-missing-field" });
    }

    // 사용자 확인. 아이디가 틀려도, 비밀번호가 틀려도 똑같이 응답합니다. 응답이 다르면 공격자가
    // 어떤 아이디가 가입되어 있는지 알아낼 수 있습니다.
    let found: Option<User> = accounts.authenticate(userid, &form.password).await?;
    let Some(_user) = found else {
        return show_again("login", context! { userid, error: "login-wrong" });
    };

    // 누가 로그인했는지는 이 뷰가 실행되는 동안에만 알 수 있습니다.
    // `_user` 값을 어디에도 저장하지 않기 때문입니다.
    redirect(uri!(main_page))
}

#[get("/main")]
fn main_page() -> Answer {
    // 이 뷰는 인자를 받지 않습니다. 요청에는 누가 보냈는지 확인할 수 있는 값이 없습니다.
    render("main", context! {})
}

#[launch]
fn rocket() -> _ {
    app("01").mount("/", routes![login_page, login, main_page])
}
