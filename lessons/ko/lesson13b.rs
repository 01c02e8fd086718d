//! 레슨 13b: 다른 페이지의 폼(CSRF)
//!
//! 브라우저는 누가 만든 폼이든 쿠키를 함께 보내고, 같은 사이트라도 출처는 다를 수 있습니다. 그래서
//! 폼의 출처는 서버가 확인해야 합니다.
//!
//! `cargo run --bin lesson13b` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 13a와 달리 `is_ours` 함수에서 폼의 출처를 확인합니다.

use rocket::form::Form;
use rocket::{FromForm, Request, State, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, show_again};

#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

/// 뷰를 실행하기 전에 모든 폼을 확인합니다. 이 서버의 페이지에 있는 폼이면 참입니다.
fn is_ours(request: &Request<'_>) -> bool {
    let origin: Option<&str> = request.headers().get_one("Origin");
    let here: Option<String> = request.host().map(|host| format!("http://{host}"));
    match request.headers().get_one("Sec-Fetch-Site") {
        Some(site) => site == "same-origin" || site == "none",
        // 오래된 브라우저입니다. 두 헤더가 모두 없으면 브라우저가 아니므로 도용할 쿠키도 없습니다.
        None => origin.is_none() || origin == here.as_deref(),
    }
}

// 세션 조회. 사용자 확인. `&User` 가드는 쿠키로 사용자를 확인합니다. 쿠키는 누구의 브라우저가 폼을
// 보냈는지 알려 줄 뿐, 그 폼이 어느 페이지에 있었는지는 알려 주지 않습니다.
#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    // 세션 변경. 글은 별도의 테이블에 저장하므로 세션은 바꾸지 않습니다.
    board.write(&user.userid, &form.text).await?;
    redirect(uri!("/board"))
}

#[launch]
fn rocket() -> _ {
    app("13b")
        .attach(
            Session::fairing()
                // 세션 미들웨어의 출처 확인은 13a와 13b에서 모두 꺼 둡니다.
                .by_default("same_origin", false)
                // 쿠키 전송. 다른 사이트의 페이지에서 보낸 요청에는 쿠키를 보내지 말라고 알립니다.
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_write])
}
