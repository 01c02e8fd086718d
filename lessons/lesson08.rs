//! Lesson 08: Four homes for a session.
//!
//! One setting decides if sessions are kept in a database, in memory, in files or in the cookie; no
//! view knows it, and a restart shows the difference.
//! 세션을 데이터베이스, 메모리, 파일, 쿠키 중 어디에 저장할지는 설정 하나로 정합니다. 뷰 코드는
//! 그대로이고, 서버를 재시작하면 차이가 드러납니다.
//!
//! Run: `cargo run --bin lesson08`, then open http://localhost:8000
//!
//! Changed since lesson 06: the view `where_page` is new; the views of
//! lesson 06 are now shared ones.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::{Capabilities, Engine, Layer, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render};

// Open to all: visitors whose session a restart has ended must be able to see that here.
#[get("/where")]
fn where_page(visitor: &Visitor, layer: &Layer) -> Answer {
    // Find the session. Decide who it is. `&Visitor` did both, in the same way for every engine.
    let username: &str = visitor.username();
    // Ask the layer: the engine's name in this file would be a second setting to keep right.
    let engine: Engine = layer.config().engine;
    let can: Capabilities = layer.capabilities();
    render("where", context! { username, engine, can })
}

#[launch]
fn rocket() -> _ {
    app("08")
        // Set the engine in Rocket.toml or, for one run, like this:
        // `ROCKET_SESSION='{engine="cache"}' cargo run --bin lesson08`
        // Tell the browser: the cookie has the same name with every engine. An ID from another
        // engine is unknown here: its visitor is not logged in, and the cookie is removed.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        // Change the session: login and logout as in lesson 06; storing it is up to the engine.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![where_page])
}
