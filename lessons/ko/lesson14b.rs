//! 레슨 14b: 쿠키 탈취와 쿠키 속성
//!
//! `HttpOnly`는 스크립트가 쿠키를 읽지 못하게 할 뿐 사용까지 막지는 못합니다. `Secure`와
//! `__Host-`는 쿠키를 어디로 보내고 누가 설정할 수 있는지 정합니다.
//!
//! `cargo run --bin lesson14b` 명령을 실행하고 `http://shop.localhost:8000` 주소에 접속하세요.
//!
//! 레슨 14a에서 글을 이스케이프하도록 고쳤습니다. 쿠키에는 `HttpOnly`와 `Secure`가 있고, 이름은
//! 다른 호스트에서 설정할 수 없는 이름입니다.

use rocket::http::Header;
use rocket::{Responder, State, get, launch, routes};
use rocket_dyn_templates::context;
use session_lessons::accounts::{Visitor, strangers_go_to};
use session_lessons::answer::Page;
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{ViewError, app, render};

/// 게시판 페이지입니다. 강좌의 다른 페이지는 페이지 안에 적힌 스크립트를 막는 정책을 보내지만,
/// 이 페이지에서는 뺐습니다. 그 정책은 별도의 방어 수단이어서, 그대로 두면 이 레슨에서 다루는
/// 방어 수단이 보이지 않습니다.
#[derive(Responder)]
struct BoardPage {
    page: Page,
    policy: Header<'static>,
}

#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Result<BoardPage, ViewError> {
    // 세션 조회. 사용자 확인. 이 페이지에서 보내는 요청에는 브라우저가 쿠키를 함께 보냅니다.
    // 누군가 글에 적어 둔 스크립트가 보내는 요청도 마찬가지입니다.
    let username: &str = visitor.username();
    let posts: Vec<Post> = board.posts()?;
    // 템플릿이 글을 이스케이프하므로, 글에 스크립트가 있으면 글자 그대로 보입니다.
    let page: Page = render("board", context! { posts, username })?;
    let policy: Header = Header::new("Content-Security-Policy", "frame-ancestors 'none'");
    Ok(BoardPage { page, policy })
}

#[launch]
fn rocket() -> _ {
    app("14b")
        // 쿠키 전송. 쿠키 값 뒤에 붙은 속성은 누가 쿠키를 읽고 설정할 수 있는지 정합니다. 브라우저는
        // 이름과 값만 다시 보내므로 서버에서는 이 속성을 볼 수 없습니다.
        .attach(
            Session::fairing()
                // 이렇게 시작하는 이름은 이 호스트에서만, `Secure`와 함께 설정할 수 있습니다.
                .by_default("cookie", "__Host-session_id")
                .by_default("secure", true),
        )
        .register("/", strangers_go_to("/login"))
        // 세션 변경. 앞 레슨과 같은 로그인 뷰와 로그아웃 뷰에서 합니다.
        .mount("/", views::taught_views())
        .mount("/", routes![board_page])
}
