//! A copied cookie: in no list of sessions, and shut out all the same.

use rocket::tokio::join;
use serde_json::json;
use session_lessons::session::Capabilities;

use super::{ALICE, CHROMIUM, FIREFOX, House, NEW, Seat};
use crate::common::probe::Call;
use crate::common::time::MINUTE;

const END_OTHERS: &str = "/account/sessions/end-others";

fn copy<'a>(house: &'a House, of: &Seat<'_>) -> Seat<'a> {
    let thief = house.seat(FIREFOX);
    thief.cookie.replace(of.cookie.borrow().clone());
    thief
}

#[rocket::async_test]
async fn ending_all_others_shuts_out_who_has_a_copy() {
    let house = House::new().await;
    let mut here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let thief = copy(&house, &here);
    let seen = thief.account().await;
    assert!(seen.contains("You are logged in as alice."), "{seen}");
    // Nobody can see it: there is one line, for both.
    let page = here.account().await;
    assert_eq!(page.matches("\n- ").count(), 1, "{page}");
    assert!(page.contains("If somebody has copied its cookie"), "{page}");
    here.language = "ko";
    let page = here.account().await;
    assert!(page.contains("쿠키를 복사해 갔더라도"), "{page}");
    let before = here.cookie.borrow().clone();
    let answer = here.post(END_OTHERS, &[]).await;
    assert_eq!(answer.place.as_deref(), Some("/account"));
    assert_ne!(*here.cookie.borrow(), before);
    let page = here.account().await;
    assert!(
        page.contains("복사해 둔 이전 쿠키는 더 이상 쓸 수 없습니다"),
        "{page}"
    );
    // There is no grace, neither now nor at the end of the minute in which the layer knows the ID.
    for seconds in [0, MINUTE - 1, 1] {
        house.clock.advance(seconds);
        for path in ["/account", "/account/password"] {
            let place = thief.get(path).await.place;
            assert!(place.is_some_and(|place| place.starts_with("/login")));
        }
        assert_eq!(thief.post(END_OTHERS, &[]).await.status, 303);
        assert!(here.is_logged_in().await, "after {seconds} seconds");
    }
    assert_eq!(*thief.cookie.borrow(), None, "then it is told to forget it");
}

#[rocket::async_test]
async fn a_page_that_is_under_way_is_shown_and_the_next_one_too() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let tab = copy(&house, &here);
    let old = tab.cookie.borrow().clone();
    let mut held = house.store.holds(Call::OfUser);
    let end = async {
        held.reached().await;
        assert_eq!(here.post(END_OTHERS, &[]).await.status, 303);
        held.release();
    };
    let (page, ()) = join!(tab.account(), end);
    assert!(page.contains("You are logged in as alice."), "{page}");
    // It brought no cookie, which in one browser would replace the new one.
    assert_eq!(*tab.cookie.borrow(), old);
    tab.cookie.replace(here.cookie.borrow().clone());
    assert!(tab.is_logged_in().await && here.is_logged_in().await);
}

/// It reaches the server before the browser has the new cookie. It changes nothing, and the cookie
/// that is on its way is not taken back.
#[rocket::async_test]
async fn a_page_that_was_asked_for_with_the_old_cookie_leaves_the_new_one_alone() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let tab = copy(&house, &here);
    let old = tab.cookie.borrow().clone();
    here.post(END_OTHERS, &[]).await;
    let answer = tab.get("/account").await;
    assert_eq!(answer.place.as_deref(), Some("/login?next=/account"));
    assert_eq!(*tab.cookie.borrow(), old, "no cookie came");
    assert!(here.is_logged_in().await);
}

#[rocket::async_test]
async fn where_a_copy_was_faster_the_page_does_not_pretend_and_a_login_helps() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let thief = copy(&house, &here);
    let mut held = house.store.holds(Call::OfUser);
    let faster = async {
        held.reached().await;
        thief.post(END_OTHERS, &[]).await;
        held.release();
    };
    let (answer, ()) = join!(here.post(END_OTHERS, &[]), faster);
    assert_eq!(answer.status, 409, "{:?}", answer.place);
    assert!(thief.is_logged_in().await && !here.is_logged_in().await);
    here.log_in("alice", ALICE).await;
    assert_eq!(here.post(END_OTHERS, &[]).await.status, 303);
    assert!(here.is_logged_in().await && !thief.is_logged_in().await);
}

#[rocket::async_test]
async fn a_new_password_shuts_out_a_copy_that_was_faster_too() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let thief = copy(&house, &here);
    let mut held = house.store.holds_the_answer(Call::Load);
    let faster = async {
        held.reached().await;
        thief.post(END_OTHERS, &[]).await;
        assert!(thief.is_logged_in().await);
        held.release();
    };
    let (answer, ()) = join!(here.change_password(ALICE, NEW), faster);
    assert_eq!(answer.place.as_deref(), Some("/account"), "{}", answer.page);
    assert!(here.is_logged_in().await && !thief.is_logged_in().await);
}

#[rocket::async_test]
async fn where_the_layer_knows_no_users_a_new_password_shuts_a_copy_out_all_the_same() {
    let house = House::configured(json!({ "identity_key": "" })).await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let thief = copy(&house, &here);
    // The others can't be found there. This one's row can.
    assert!(!here.account().await.contains("can’t take back"));
    assert_eq!(here.change_password(ALICE, NEW).await.status, 303);
    assert!(here.is_logged_in().await && !thief.is_logged_in().await);
}

#[rocket::async_test]
async fn where_a_copied_cookie_cannot_be_taken_back_the_pages_say_so() {
    let house = House::new().await;
    let mut here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    house.store.claims(Capabilities::CARRIED);
    for (language, said) in [
        ("en", "can’t take back a copied cookie"),
        ("ko", "복사한 쿠키를 무효화할 수 없습니다"),
    ] {
        here.language = language;
        let page = here.account().await;
        assert!(page.contains(said), "{page}");
        assert!(!page.contains("POST"), "{page}");
        let page = here.get("/account/password").await.page;
        assert!(page.contains(said), "{page}");
        let page = here.change_password("", "").await.page;
        assert!(page.contains(said), "{page}");
    }
}
