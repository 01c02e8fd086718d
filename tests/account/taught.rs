//! All views that lessons have taught, in one app, behind the views of a lesson's own.

use rocket::http::Status;
use rocket::{Route, get, post, routes};
use serde_json::json;
use session_lessons::views::taught_views;

use super::{ALICE, BOB, CHROMIUM, FIREFOX, House, NEW};

async fn house(own: Vec<Route>) -> House {
    House::mounting(json!({}), [taught_views(), own].concat()).await
}

#[get("/main")]
fn main_page() -> &'static str {
    "a main page of the lesson's own"
}

#[post("/board/<id>/delete")]
fn board_delete(id: &str) -> (Status, String) {
    (Status::ImATeapot, id.to_owned())
}

#[rocket::async_test]
async fn every_taught_page_answers() {
    let house = house(Vec::new()).await;
    let alice = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let pages = [
        ("/login", "Log in"),
        ("/main", "Welcome back, alice!"),
        ("/profile", "alice"),
        ("/who", "is_authenticated"),
        ("/account", "Chromium"),
        ("/account/password", "password"),
        ("/cart", "alice"),
        ("/board", "alice"),
    ];
    for (path, words) in pages {
        let answer = alice.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.page.contains(words), "{path}: {}", answer.page);
    }
    let gets = taught_views();
    let gets = gets
        .iter()
        .filter(|route| route.method.to_string() == "GET");
    assert_eq!(gets.count(), pages.len());
}

#[rocket::async_test]
async fn every_taught_button_does_its_work() {
    let house = house(Vec::new()).await;
    let alice = house.seat(CHROMIUM);
    let pencil = [("item", "pencil")];
    for (path, count) in [("add", "1"), ("add", "2"), ("remove", "1")] {
        alice.post(&format!("/cart/{path}"), &pencil).await;
        let cart = alice.get("/cart").await.page;
        assert!(cart.contains(&format!("Pencil │ {count} │")), "{cart}");
    }
    assert_eq!(
        alice.post("/cart/add", &[("item", "moon")]).await.status,
        422
    );
    // The cart is still there after the login, and a stranger can't write.
    let stranger = alice.post("/board", &[("text", "hello")]).await;
    assert_eq!(stranger.place.as_deref(), Some("/login?next=/board"));
    alice.log_in("alice", ALICE).await;
    assert!(alice.get("/cart").await.page.contains("Pencil"));
    alice.post("/cart/empty", &[]).await;
    assert!(!alice.get("/cart").await.page.contains("Pencil │"));

    assert_eq!(alice.post("/board", &[("text", " ")]).await.status, 422);
    alice.post("/board", &[("text", "hello")]).await;
    let bob = house.logged_in(FIREFOX, "bob", BOB).await;
    assert!(bob.get("/board").await.page.contains("hello"));
    assert_eq!(bob.post("/board/1/delete", &[]).await.status, 403);
    assert_eq!(alice.post("/board/1/delete", &[]).await.status, 303);
    assert!(!bob.get("/board").await.page.contains("hello"));

    let phone = house.logged_in(FIREFOX, "alice", ALICE).await;
    alice.post("/account/sessions/end-others", &[]).await;
    assert!(alice.is_logged_in().await && !phone.is_logged_in().await);
    assert_eq!(alice.change_password(ALICE, NEW).await.status, 303);
    // Lesson 05's logout: the session ends, and the cookie goes.
    assert_eq!(alice.post("/logout", &[]).await.status, 303);
    assert_eq!(*alice.cookie.borrow(), None);
    assert_eq!(house.layer().sessions_of("alice").await.unwrap().len(), 0);
}

#[rocket::async_test]
async fn a_view_of_the_lessons_own_wins() {
    let house = house(routes![main_page, board_delete]).await;
    let alice = house.seat(CHROMIUM);
    let main = alice.get("/main").await;
    assert_eq!(main.html, "a main page of the lesson's own");
    for id in ["7", "seven"] {
        let deleted = alice.post(&format!("/board/{id}/delete"), &[]).await;
        assert_eq!((deleted.status, deleted.html.as_str()), (418, id));
    }
    // Its neighbours are the taught ones.
    assert_eq!(alice.get("/profile").await.status, 303);
}

#[rocket::async_test]
async fn no_page_stands_twice_in_a_list() {
    let house = house(routes![main_page, board_delete]).await;
    let alice = house.seat(CHROMIUM);
    let page = alice.get("/login").await.html;
    let (_, nav) = page.split_once("<nav").unwrap();
    let (nav, _) = nav.split_once("</nav>").unwrap();
    for path in ["main", "cart", "board", "profile", "who", "account"] {
        let link = format!("href=\"/{path}\"");
        assert_eq!(nav.matches(&link).count(), 1, "{path}: {nav}");
    }
    let missing = alice.get("/nowhere").await;
    assert_eq!(missing.status, 404);
    for path in ["/main", "/board/&lt;id&gt;/delete"] {
        let line = format!(">{path}<");
        assert_eq!(missing.html.matches(&line).count(), 1, "{}", missing.html);
    }
}
