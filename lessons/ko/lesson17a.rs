//! 레슨 17a: 서버 여러 대, 세션 저장소 하나
//!
//! 한 서버의 메모리에 저장한 세션은 그 서버만 조회할 수 있습니다. 서버가
//! 여러 대이면 모든 서버가 함께 쓰는 세션 저장소가 필요합니다.
//!
//! `cargo run --bin lesson17a` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 08과 달리 `cache` 엔진을 쓰고, `where_page` 뷰가 포트 번호도
//! 보여 줍니다. 나머지 뷰는 모두 공용 뷰입니다.

use rocket::{Config, get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::{Capabilities, Engine, Layer, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render};

// 로그인하지 않아도 볼 수 있는 페이지입니다. 그래야 이 서버에서
// 로그인이 풀렸을 때 여기서 확인할 수 있습니다.
#[get("/where")]
fn where_page(visitor: &Visitor, layer: &Layer, config: &Config) -> Answer {
    // 세션 조회. 사용자 확인. 브라우저는 호스트가 같으면 모든 포트에 같은 쿠키를 보내므로 두
    // 서버가 받는 세션 ID는 같습니다. 그 ID로 세션을 찾을 수 있는지는 저장소에 달려 있습니다.
    let username: &str = visitor.username();
    let engine: Engine = layer.config().engine;
    let can: Capabilities = layer.capabilities();
    let port: u16 = config.port;
    render("where", context! { username, engine, can, port })
}

#[launch]
fn rocket() -> _ {
    app("17a")
        // 세션 변경. 쿠키 전송. 로그인하면 이 프로그램의 메모리에 세션을 저장합니다.
        // 메모리에 없는 세션 ID가 오면 쿠키를 삭제하라고 응답합니다.
        .attach(Session::fairing().by_default("engine", "cache"))
        .register("/", strangers_go_to("/login"))
        // 레슨 02~11에서 만든 뷰입니다. 경로가 같으면 이 파일의 뷰가 먼저 실행됩니다.
        .mount("/", views::taught_views())
        .mount("/", routes![where_page])
}
