//! 레슨 07: 게시판과 권한
//!
//! 게시글의 작성자는 폼이 아니라 세션에서 가져오고, 삭제 권한은 삭제하는 뷰에서 확인합니다.
//!
//! `cargo run --bin lesson07` 명령을 실행하고 http://localhost:8000 주소에 접속하세요.
//!
//! 레슨 06에 게시판 뷰를 추가했습니다. 레슨 06의 뷰는 공용 뷰로 옮겼습니다.

use rocket::form::Form;
use rocket::http::Status;
use rocket::{FromForm, State, get, launch, post, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::{User, Visitor, strangers_go_to};
use session_lessons::board::{Board, Post};
use session_lessons::session::Session;
use session_lessons::views;
use session_lessons::{Answer, app, redirect, render, show_again};

// 세션 조회. 사용자 확인. `&Visitor` 가드가 둘 다
// 처리합니다. 글은 로그인하지 않아도 읽을 수 있습니다.
#[get("/board")]
fn board_page(visitor: &Visitor, board: &State<Board>) -> Answer {
    let posts: Vec<Post> = board.posts()?;
    let username: &str = visitor.username();
    render("board", context! { posts, username })
}

/// 새 글을 쓰는 폼입니다. 폼 값은 누구나 바꿔 보낼 수 있으므로 작성자 필드를 두지 않습니다.
/// `author=alice` 값을 함께 보내도, 여기에 없는 필드는 무시됩니다.
#[derive(FromForm)]
struct PostForm {
    #[field(default = String::new())]
    text: String,
}

#[post("/board", data = "<form>")]
async fn board_write(form: Form<PostForm>, user: &User, board: &State<Board>) -> Answer {
    let fault: Option<&str> = Post::fault(&form.text);
    if let Some(error) = fault {
        let posts: Vec<Post> = board.posts()?;
        let (username, typed): (&str, &str) = (&user.userid, &form.text);
        return show_again("board", context! { posts, username, typed, error });
    }
    // 작성자는 지금 요청한 사용자이며, 세션으로 확인했습니다.
    board.write(&user.userid, &form.text).await?;
    redirect(uri!(board_page))
}

#[post("/board/<id>/delete")]
async fn board_delete(id: i64, user: &User, board: &State<Board>) -> Answer {
    let post: Post = board.post(id)?;
    // 다른 사용자에게 버튼을 숨기는 것은 권한 검사가 아닙니다. 브라우저는 어떤 요청이든 보낼 수
    // 있으므로, 글을 삭제하는 이 뷰에서 권한을 확인합니다.
    if post.author != user.userid {
        return Err(Status::Forbidden.into());
    }
    board.delete(&post).await?;
    redirect(uri!(board_page))
}

#[launch]
fn rocket() -> _ {
    app("07")
        // 쿠키 전송. 레슨 02와 같습니다.
        .attach(Session::fairing())
        // `&User` 가드가 사용자를 찾지 못하면 `/login?next=…` 주소로
        // 리다이렉트하고, 로그인하면 원래 페이지로 돌아옵니다.
        .register("/", strangers_go_to("/login"))
        // 세션 변경. 로그인 뷰와 로그아웃 뷰에서만 합니다. 게시글은 세션에 저장하지 않습니다.
        // 작성자의 세션이 삭제된 뒤에도 남아, 다른 사용자에게 보여야 하기 때문입니다.
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![board_page, board_write, board_delete])
}
