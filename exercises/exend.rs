// Closing exercise: Build it yourself.
// 마무리 연습: 직접 만들기
//
// Task: `cargo run -- start end`. Check: `cargo run -- check end`.

use rocket::{launch, routes};
use session_lessons::app;

#[launch]
fn rocket() -> _ {
    app("exend").mount("/", routes![])
}
