//! 레슨 10: 세션 유지 기간
//!
//! 브라우저와 서버는 만료 시각을 따로 계산하며, 최종 판단은 서버가
//! 합니다. 쿠키를 더 오래 보관해도 만료된 세션은 쓸 수 없습니다.
//!
//! `cargo run --bin lesson10` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 06과 달리 `login` 뷰에서 세션 유지 기간도 정합니다.
//! `lifetime_page` 뷰를 추가했고, 레슨 06의 뷰는 공용 뷰로 옮겼습니다.

use std::time::Duration;

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, User, strangers_go_to};
use session_lessons::session::{Expiry, Lifetime, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render, show_again};

/// '로그인 상태 유지' 체크박스를 선택하면 적용되는 유휴 타임아웃(30일)입니다.
const REMEMBERED: Duration = Duration::from_secs(30 * 24 * 60 * 60);

#[derive(FromForm)]
struct LoginForm {
    #[field(default = String::new())]
    userid: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
    // 체크박스를 선택하지 않으면 브라우저는 이 필드를 보내지 않고, `bool` 값은 `false`가 됩니다.
    remember: bool,
}

#[get("/login?<next>")]
fn login_page(next: Option<String>) -> Answer {
    render("login", context! { next, remember: false })
}

#[post("/login", data = "<form>")]
async fn login(form: Form<LoginForm>, accounts: &Accounts, session: &Session) -> Answer {
    // 사용자 확인. 빈 필드는 틀린 값과 똑같이 처리합니다.
    let found: Option<User> = accounts.authenticate(&form.userid, &form.password).await?;
    let Some(user) = found else {
        let (userid, next): (&str, &str) = (&form.userid, &form.next);
        let remember: bool = form.remember;
        return show_again(
            "login",
            context! { userid, next, remember, error: "login-wrong" },
        );
    };
    // 세션 변경. 사용자를 먼저 저장하고 유지 기간은 그다음에 정합니다. 다른 사용자로 로그인하면
    // 전에 정한 유지 기간이 초기화되기 때문입니다. 체크박스를 선택하지 않은 경우도 정해야 합니다.
    // 그러지 않으면 지난번 로그인의 30일이 그대로 남습니다.
    session.set("user", &user.userid)?;
    let expiry: Expiry = if form.remember {
        Expiry::After(REMEMBERED)
    } else {
        Expiry::BrowserClose
    };
    session.set_expiry(expiry)?;
    // 쿠키 전송. 체크박스를 선택했으면 쿠키에 `Max-Age` 속성이 있고, 선택하지 않았으면 없습니다.
    views::go_on(&form.next)
}

#[get("/lifetime")]
fn lifetime_page(session: &Session) -> Answer {
    // 세션 조회. 시작, 마지막 사용, 만료 시각은 저장된 세션에서 읽습니다. 쿠키의 만료 시각은
    // 브라우저에 보낸 값일 뿐이며, 브라우저가 그대로 지키는지 서버에서는 확인할 수 없습니다.
    let lifetime: Option<Lifetime> = session.lifetime();
    render("lifetime", context! { lifetime })
}

#[launch]
fn rocket() -> _ {
    app("10")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount(
            "/",
            routes![login_page, login, views::logout, lifetime_page],
        )
        .mount("/", views::user_views())
}
