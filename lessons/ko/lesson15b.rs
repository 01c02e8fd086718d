//! 레슨 15b: 재전송 공격과 모든 기기에서 로그아웃
//!
//! 세션 목록에는 사람이 아니라 세션이 나옵니다. 복사한 쿠키는 같은
//! 세션이므로, 세션 ID를 재발급해야만 복사본을 쓸 수 없게 됩니다.
//!
//! `cargo run --bin lesson15b` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 15a와 달리 `end_others` 뷰에서 이 세션의 ID를 먼저 재발급합니다.

use rocket::{launch, post, routes, uri};
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::session::{Layer, Locker, Record, Session};
use session_lessons::views;
use session_lessons::{Answer, app, redirect};

// `/account` 페이지의 '다른 기기에서 모두 로그아웃' 버튼. 휴대폰을 잃어버렸거나
// 누군가 이 브라우저의 쿠키를 복사해 간 것 같을 때 누릅니다.
#[post("/account/sessions/end-others")]
async fn end_others(user: &User, session: &Session) -> Answer {
    // 세션 조회. 사용자 확인. `&Session`과 `&User` 가드가 쿠키에 담긴 세션 ID로 둘 다
    // 처리했습니다. 복사한 쿠키로 요청해도 같은 세션과 같은 사용자를 찾습니다.
    let layer: &Layer = session.layer();
    let own: Option<Locker> = session.locker();
    let sessions: Vec<Record> = layer.sessions_of(&user.userid).await?;

    // 세션 변경. 이 세션의 ID를 재발급하고, 새 ID는 이 브라우저에만 보냅니다. 복사한 쿠키는
    // 목록에 나오지 않으므로, 목록의 세션을 삭제하는 것만으로는 막을 수 없습니다.
    session.rotate();

    // 세션 변경. 이 세션은 두고 같은 사용자의 다른 세션을 모두 삭제합니다. 세션 번호(locker)는
    // 세션 ID에서 비밀이 아닌 부분이며, 세션 ID를 재발급해도 그대로입니다.
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
        // 쿠키 전송. 세션 ID가 재발급되면 이 페어링이 쿠키를 보냅니다.
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        // 레슨 02부터 11까지의 뷰. 경로가 같으면 이 파일의 뷰가 먼저 실행됩니다.
        .mount("/", views::taught_views())
        .mount("/", routes![end_others])
}
