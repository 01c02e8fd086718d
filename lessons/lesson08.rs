//! Lesson 08: Four homes for a session.
//!
//! The same program can keep its sessions in a database, in memory, in files or in the cookie; one
//! setting decides it, no view knows, and a restart shows the difference.
//! 같은 프로그램이 세션을 데이터베이스, 메모리, 파일, 쿠키 어디에든 둘 수 있습니다. 설정 하나로 정하고,
//! 뷰는 그것을 모르며, 서버를 다시 시작하면 차이가 드러납니다.
//!
//! Run: `cargo run --bin lesson08`, then open http://localhost:8000
//!
//! Changed since lesson 06: there are the view `where_page` and the account pages; the views of
//! lesson 06 are mounted from the house.

use rocket::{get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::session::{Capabilities, Engine, Layer, Session};
use session_lessons::views;
use session_lessons::{Answer, app, render};

// Open to everybody: who is known before a restart may be nobody after it, and is to see that here.
#[get("/where")]
fn where_page(visitor: &Visitor, layer: &Layer) -> Answer {
    // Find the session. Decide who it is. `&Visitor` did both, in the same way in every home.
    let username: &str = visitor.username();
    // What is not about this one session but about all of them, the layer knows. To write the
    // engine's name into this file would be a second setting, and one day a wrong one.
    let engine: Engine = layer.config().engine;
    let can: Capabilities = layer.capabilities();
    render("where", context! { username, engine, can })
}

#[launch]
fn rocket() -> _ {
    app("08")
        // Which home it is does not stand here. It is the setting `engine`, in Rocket.toml or, for
        // one run: ROCKET_SESSION='{engine="cache"}' cargo run --bin lesson08
        // Tell the browser: the cookie has one name in every home. One that was sent for another
        // home is unknown in this one: whoever brings it is a stranger, and is told to forget it.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        // Change the session: login and logout, unchanged. They set a key and flush; what becomes
        // of that, a row, a file or a longer cookie, is not their business.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        // A list of one's own sessions, in each home that can find them.
        .mount("/", views::account_views())
        .mount("/", routes![where_page])
}
