//! 레슨 08: 세션 저장소 네 가지
//!
//! 세션을 데이터베이스, 메모리, 파일, 쿠키 중 어디에 저장할지는 설정 하나로 정합니다. 뷰 코드는
//! 그대로이고, 서버를 재시작하면 차이가 드러납니다.
//!
//! `cargo run --bin lesson08` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 06에 `where_page` 뷰를 추가했습니다. 레슨 06의 뷰는 공용 뷰로 옮겼습니다.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::{Capabilities, Engine, Layer, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render};

// 로그인하지 않아도 볼 수 있는 페이지입니다. 그래야 재시작으로
// 세션이 사라졌을 때 여기서 확인할 수 있습니다.
#[get("/where")]
fn where_page(visitor: &Visitor, layer: &Layer) -> Answer {
    // 세션 조회. 사용자 확인. `&Visitor` 가드가 둘 다 처리했고, 방법은 모든 엔진에서 같습니다.
    let username: &str = visitor.username();
    // 사용 중인 엔진은 세션 미들웨어에서 읽어 옵니다. 이 파일에도
    // 이름을 적으면, 설정만 바꿨을 때 틀린 이름이 나옵니다.
    let engine: Engine = layer.config().engine;
    let can: Capabilities = layer.capabilities();
    render("where", context! { username, engine, can })
}

#[launch]
fn rocket() -> _ {
    app("08")
        // 엔진은 Rocket.toml 파일에서 정합니다. 한 번만 바꿔 실행하려면 이렇게 입력하세요.
        // `ROCKET_SESSION='{engine="cache"}' cargo run --bin lesson08`
        // 쿠키 전송. 쿠키 이름은 모든 엔진에서 같습니다. 다른 엔진에서 발급한 세션 ID는 조회되지
        // 않으므로 로그인하지 않은 것으로 처리하고, 쿠키를 삭제하라고 응답합니다.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        // 세션 변경. 로그인 뷰와 로그아웃 뷰는 레슨 06과 같습니다. 행, 파일, 쿠키 중 어디에
        // 저장할지는 엔진이 처리하므로 뷰는 바뀌지 않습니다.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![where_page])
}
