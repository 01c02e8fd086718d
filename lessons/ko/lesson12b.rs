//! 레슨 12b: 세션 고정 공격
//!
//! 로그인하면 세션 ID를 재발급해야 합니다. 그러지 않으면 로그인하기
//! 전의 ID를 아는 공격자가 로그인한 사용자의 세션을 함께 쓰게 됩니다.
//!
//! `cargo run --bin lesson12b` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 12a와 달리 `login` 뷰에서 세션 ID를 재발급합니다.

use rocket::form::Form;
use rocket::{FromForm, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, show_again};

/// 로그인 폼의 필드입니다. 전송되지 않은 필드는 빈 값으로 처리하므로, 뷰에서 무엇이 빠졌는지 안내할
/// 수 있습니다. 기본값이 없으면 뷰가 실행되기 전에 Rocket이 422로 응답합니다.
#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    // 세션 조회. `&Session` 가드가 쿠키에 담긴 ID로 세션을 조회했습니다. 그 쿠키를 누가
    // 이 브라우저에 저장했는지, 세션 ID를 또 누가 아는지는 서버에서 알 수 없습니다.
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

    // 세션 변경. 이미 있던 세션이 장바구니까지 그대로 이 사용자의 세션이 됩니다.
    session.set("user", &user.userid)?;
    // 비밀번호를 확인했으므로 세션 ID를 재발급합니다. 행은 그대로 있고,
    // 로그인하기 전의 ID로는 더 이상 이 세션을 열 수 없습니다.
    session.rotate();
    redirect(uri!("/main"))
}

#[launch]
fn rocket() -> _ {
    app("12b")
        // 쿠키 전송. 원래는 로그인할 때마다 세션 미들웨어가 세션 ID를 재발급합니다.
        // 이 레슨에서는 PHP나 Express처럼 로그인 뷰에서 직접 재발급하도록 설정을 껐습니다.
        .attach(Session::fairing().by_default("rotate_at_login", false))
        .register("/", strangers_go_to("/login"))
        // 레슨 02부터 11까지의 뷰. 경로가 같으면 이 파일의 뷰가 먼저 실행됩니다.
        .mount("/", views::taught_views())
        .mount("/", routes![login])
}
