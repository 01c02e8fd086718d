//! Mallory's own site, from which the lessons from 12 on are attacked.
//!
//! It attacks nothing but the lesson on this machine.
//! 이 컴퓨터에서 실행 중인 레슨만 공격합니다.
//!
//! Run: `cargo run --bin mallory`, then open http://localhost:9000. A lesson on another port than
//! 8000: `cargo run --bin mallory -- 8001`

use rocket::launch;
use session_lessons::course::mallory;

#[launch]
fn rocket() -> _ {
    mallory::program()
}
