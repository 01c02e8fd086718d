//! Lesson 15b: Replay, and log out everywhere.
//!
//! A list of sessions shows sessions, not people: a copied cookie is the same
//! session, and only a new session ID shuts the copy out.
//! 세션 목록에는 사람이 아니라 세션이 나옵니다. 복사한 쿠키는 같은
//! 세션이므로, 세션 ID를 재발급해야만 복사본을 쓸 수 없게 됩니다.
//!
//! Run: `cargo run --bin lesson15b`, then open http://localhost:8000
//!
//! Changed since lesson 15a: `end_others` gives this session a new ID first.

use rocket::{launch, post, routes, uri};
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::session::{Layer, Locker, Record, Session};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

// The button "End all others" on `/account`, for a user who has lost a phone, or fears that
// somebody has copied the cookie of this browser.
#[post("/account/sessions/end-others")]
async fn end_others(user: &User, session: &Session) -> Answer {
    // Find the session. Decide who it is. `&Session` and `&User` did both, by the ID in the
    // cookie. A copy of that cookie finds the same session and the same user.
    let layer: &Layer = session.layer();
    let own: Option<Locker> = session.locker();
    let sessions: Vec<Record> = layer.sessions_of(&user.userid).await?;

    // Change the session: a new ID for this one, which goes to this browser alone. A copy of its
    // cookie has no line in the list, so ending lines would leave the copy.
    session.rotate();

    // Change the session: not this one, but all others of this user. The locker is the part of a
    // session ID that is no secret, and stays the same when the ID is rotated.
    for other in &sessions {
        if Some(other.locker) != own {
            layer.end_session(&user.userid, other.locker).await?;
        }
    }
    redirect(uri!("/account"))
}

#[launch]
fn rocket() -> _ {
    app("15b")
        // Tell the browser: this sends the cookie when the session ID is a new one.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        // The views of lessons 02 to 11; a view of this file comes before one for the same path.
        .mount("/", views::taught_views())
        .mount("/", routes![end_others])
}
