// Closing exercise: Build it yourself.
// 마무리 연습: 직접 만들기
//
// Task: `cargo run -- start end`. Check: `cargo run -- check end`.

use rocket::{launch, routes};
use session_lessons::app;
use session_lessons::session::Session;

#[launch]
fn rocket() -> _ {
    app("exend")
        .attach(
            Session::fairing()
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .mount("/", routes![])
}
