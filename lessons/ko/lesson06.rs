//! 레슨 06: 요청한 사용자 확인하기
//!
//! `user` 키는 이름일 뿐입니다. 요청마다 가드가 데이터베이스에서 사용자를 조회하고, 뷰는 로그인한
//! 사용자가 있는지 없는지를 전달받습니다.
//!
//! `cargo run --bin lesson06` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 03에서 직접 읽던 `user` 키를 `&User`와 `&Visitor` 가드가 대신 읽습니다. `profile_page` 뷰와
//! `who_page` 뷰를 추가했고, 로그인과 로그아웃은 이제부터 공용 뷰를 씁니다.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, render};

#[get("/main")]
fn main_page(user: &User) -> Answer {
    // 세션 조회. 사용자 확인. 바로 위 줄의 `&User` 가드가 둘 다 처리했습니다. 세션에서 `user` 키를
    // 읽고 데이터베이스에서 사용자를 조회합니다. 사용자가 없으면 이 뷰는 실행되지 않습니다.
    render("main", context! { user: &user.userid })
}

#[get("/profile")]
fn profile_page(user: &User) -> Answer {
    // 데이터베이스에서 지금 조회한 사용자입니다. 세션에는 아이디만 저장합니다. 이메일까지 복사해
    // 두면, 나중에 이메일을 바꿔도 세션에는 옛 주소가 남습니다.
    render("profile", context! { user })
}

// 로그인하지 않아도 볼 수 있는 페이지입니다. `&Visitor`는
// 로그인한 사용자일 수도 있고 익명 사용자일 수도 있습니다.
#[get("/who")]
fn who_page(visitor: &Visitor, session: &Session) -> Answer {
    // 비교해 보려고 키 값만 읽습니다. 로그인한 동안 계정이
    // 삭제되면, 사용자는 없는데 키는 남아 있습니다.
    let key: Option<String> = session.get("user")?;
    let is_anonymous: bool = visitor.is_anonymous();
    let is_authenticated: bool = visitor.is_authenticated();
    let username: &str = visitor.username();
    render(
        "who",
        context! { key, is_anonymous, is_authenticated, username },
    )
}

#[launch]
fn rocket() -> _ {
    app("06")
        // 쿠키 전송. 레슨 02와 같습니다.
        .attach(Session::fairing())
        // `&User` 가드가 사용자를 찾지 못하면 `/login?next=…` 주소로
        // 리다이렉트하고, 로그인하면 원래 페이지로 돌아옵니다.
        .register("/", strangers_go_to("/login"))
        // 세션 변경. 공용 로그인 뷰(`accounts.log_in`)는 비밀번호를 확인한 뒤 `user` 키와
        // 브라우저 종류를 저장합니다. 공용 로그아웃 뷰는 세션 전체를 삭제합니다(`flush`).
        .mount("/", views::login_views())
        // `/who` 페이지의 버튼. 요청한 사용자를 데이터베이스에서만 삭제하고 세션은 그대로 둡니다.
        .mount("/", views::deletion_views())
        .mount("/", routes![main_page, profile_page, who_page])
}
