//! 레슨 04: 회원가입 뷰에서 완료 뷰로 데이터 넘기기
//!
//! 한 뷰에서 세션에 저장한 값을, 리다이렉트한 뒤 다음 뷰에서 읽습니다.
//!
//! `cargo run --bin lesson04` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 03에 `signup_page`, `signup`, `signup_done` 뷰를 추가했습니다.

use rocket::form::Form;
use rocket::{FromForm, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Accounts, SignupForm, User};
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

// 로그아웃은 폼(POST)으로만 할 수 있습니다. 링크(GET)로 할 수 있으면,
// 다른 사이트에 걸어 둔 링크를 클릭하기만 해도 로그아웃됩니다. 다른
// 사이트의 폼에서 보낸 요청(CSRF)은 이 뷰가 실행되기 전에 거부됩니다.
#[post("/logout")]
fn logout(session: &Session) -> Answer {
    // 세션 변경. `user` 키만 삭제합니다(pop). 다른 키와 저장된 세션, 쿠키는 그대로 남습니다.
    session.pop("user");
    redirect(uri!(login_page))
}

#[get("/signup")]
fn signup_page() -> Answer {
    render("signup", context! {})
}

#[post("/signup", data = "<form>")]
async fn signup(form: Form<SignupForm>, accounts: &Accounts, session: &Session) -> Answer {
    let user: User = match accounts.sign_up(&form).await? {
        Ok(user) => user,
        Err(errors) => return show_again("signup", context! { typed: form.typed(), errors }),
    };

    // 세션 변경. 다음 뷰에서 쓸 값 세 개를 저장합니다. URL에 담으면 방문 기록에 남고, 링크의 값을
    // 조작해 거짓 내용을 보여 줄 수도 있습니다.
    session.set("success_id", &user.userid)?;
    session.set("success_name", &user.real_name)?;
    session.set("success_email", &user.email)?;
    redirect(uri!(signup_done))
}

#[get("/signup/done")]
fn signup_done(session: &Session) -> Answer {
    // 이 키가 없으면 이 브라우저에서 가입한 사용자가 없으므로 회원가입 페이지로 리다이렉트합니다.
    let success_id: Option<String> = session.get("success_id")?;
    let Some(success_id) = success_id else {
        return redirect(uri!(signup_page));
    };
    let success_name: String = session.get_or_default("success_name")?;
    let success_email: String = session.get_or_default("success_email")?;
    render(
        "signup_done",
        context! { success_id, success_name, success_email },
    )
}

#[launch]
fn rocket() -> _ {
    app("04")
        // 쿠키 전송. 세션이 새로 만들어지거나 세션 ID가 재발급되면 이 페어링이 쿠키를 보냅니다.
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![signup_page, signup, signup_done])
}
