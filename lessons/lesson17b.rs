//! Lesson 17b: Many servers, one store.
//!
//! A session in the memory of one server exists for that server alone;
//! many servers need one store that all of them read and write.
//! 한 서버의 메모리에 저장한 세션은 그 서버만 조회할 수 있습니다. 서버가
//! 여러 대이면 모든 서버가 함께 쓰는 세션 저장소가 필요합니다.
//!
//! Run: `cargo run --bin lesson17b`, then open http://localhost:8000
//!
//! Changed since lesson 17a: the engine is one that all servers share.

use rocket::{Config, get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::{Capabilities, Engine, Layer, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render};

// Open to all: a visitor whom this server does not know must be able to see that here.
#[get("/where")]
fn where_page(visitor: &Visitor, layer: &Layer, config: &Config) -> Answer {
    // Find the session. Decide who it is. The cookie is the same at both servers, because browsers
    // send it to every port of a host. The store decides if its session ID opens anything.
    let username: &str = visitor.username();
    let engine: Engine = layer.config().engine;
    let can: Capabilities = layer.capabilities();
    let port: u16 = config.port;
    render("where", context! { username, engine, can, port })
}

#[launch]
fn rocket() -> _ {
    app("17b")
        // Change the session. Tell the browser. A login writes into one database, whichever server
        // it reaches. With servers on many machines the engine is `redis`:
        // `ROCKET_SESSION='{engine="redis"}' cargo run --features redis --bin lesson17b`
        .attach(Session::fairing().by_default("engine", "database"))
        .register("/", strangers_go_to("/login"))
        // The views of lessons 02 to 11; a view of this file comes before one for the same path.
        .mount("/", views::taught_views())
        .mount("/", routes![where_page])
}
