//! Another password, and what becomes of the sessions that were begun with the old one.

use rocket::tokio::join;
use session_lessons::session::Capabilities;

use super::{ALICE, CHROMIUM, FIREFOX, House, NEW};
use crate::common::probe::{Call, Fault};

#[rocket::async_test]
async fn a_new_password_ends_the_other_sessions_and_keeps_this_one() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let locker = here.locker();
    let stolen = house.seat(FIREFOX);
    *stolen.cookie.borrow_mut() = here.cookie.borrow().clone();

    let answer = here.change_password(ALICE, NEW).await;
    assert_eq!(answer.place.as_deref(), Some("/account"), "{}", answer.page);
    let page = here.account().await;
    assert!(
        page.contains("The password is changed, and all other sessions are ended."),
        "{page}"
    );
    assert_eq!(here.locker(), locker);
    assert!(!there.is_logged_in().await);
    // A thief of this session's ID is out, too.
    assert!(!stolen.is_logged_in().await);
    assert!(here.is_logged_in().await);

    let other = house.seat(FIREFOX);
    assert_eq!(other.log_in("alice", ALICE).await.status, 422);
    assert_eq!(other.log_in("alice", NEW).await.status, 303);
}

#[rocket::async_test]
async fn what_is_wrong_is_told_and_changes_nothing() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    for (form, said) in [
        (["", "", ""], "Please fill in this field."),
        (["tree-house-42", NEW, NEW], "This is not your password."),
        ([ALICE, "short", "short"], "At least 8 characters"),
        ([ALICE, "alice-kim", "alice-kim"], "Too similar to your"),
        ([ALICE, NEW, "three-roses"], "The two passwords differ."),
        ([ALICE, "", NEW], "Please fill in this field."),
    ] {
        let [old, one, two] = form;
        let fields = [
            ("old_password", old),
            ("password1", one),
            ("password2", two),
        ];
        let answer = here.post("/account/password", &fields).await;
        assert_eq!(answer.status, 422, "{form:?}");
        assert!(answer.page.contains(said), "{form:?} {}", answer.page);
        assert!(!answer.html.contains("tulips") && !answer.html.contains("wonder-land"));
    }
    assert!(here.is_logged_in().await && there.is_logged_in().await);
    house.logged_in(FIREFOX, "alice", ALICE).await;
}

#[rocket::async_test]
async fn the_old_password_can_not_be_tried_out_either() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    for _ in 0..6 {
        assert_eq!(here.change_password("tree-house-42", NEW).await.status, 422);
    }
    let answer = here.change_password(ALICE, NEW).await;
    assert_eq!(answer.status, 429);
    assert!(answer.page.contains("Wait 5 seconds"), "{}", answer.page);
    // A login is the same password.
    assert_eq!(house.seat(FIREFOX).log_in("Alice", ALICE).await.status, 429);
    assert!(here.is_logged_in().await);
    house.clock.advance(5);
    assert_eq!(here.change_password(ALICE, NEW).await.status, 303);
}

/// A login that has found the old password right stands before the store while the password
/// changes. The change does not find that session, because it is not there yet.
#[rocket::async_test]
async fn a_login_with_the_old_password_that_is_under_way_ends_by_itself() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let late = house.seat(FIREFOX);
    let mut held = house.store.holds(Call::Create);
    let change = async {
        held.reached().await;
        let answer = here.change_password(ALICE, NEW).await;
        assert_eq!(answer.status, 303);
        held.release();
    };
    let (answer, ()) = join!(late.log_in("alice", ALICE), change);
    assert_eq!(answer.status, 422, "{:?}", answer.place);
    assert_eq!(*late.cookie.borrow(), None);
    let alive = house.layer().sessions_of("alice").await.unwrap();
    assert_eq!(alive.len(), 1);
    assert!(here.is_logged_in().await);
}

#[rocket::async_test]
async fn of_two_clicks_on_the_same_change_neither_is_told_that_it_is_wrong() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let again = house.seat(CHROMIUM);
    again.cookie.replace(here.cookie.borrow().clone());
    let (one, other) = join!(
        here.change_password(ALICE, NEW),
        again.change_password(ALICE, NEW)
    );
    for answer in [one, other] {
        assert_eq!(answer.place.as_deref(), Some("/account"), "{}", answer.page);
    }
    // The browser keeps one of the two cookies, and it is chance which.
    assert!(here.is_logged_in().await && again.is_logged_in().await);
    assert_eq!(house.seat(FIREFOX).log_in("alice", NEW).await.status, 303);
}

/// It can't be found out whether the password is still the same, so the login does not count.
#[rocket::async_test]
async fn a_login_that_cannot_be_confirmed_leaves_no_session() {
    let house = House::new().await;
    let late = house.seat(FIREFOX);
    let mut held = house.store.holds(Call::Create);
    let lose = async {
        held.reached().await;
        house.lose_the_users();
        held.release();
    };
    let (answer, ()) = join!(late.log_in("alice", ALICE), lose);
    assert_eq!(answer.status, 503);
    assert!(house.layer().sessions_of("alice").await.unwrap().is_empty());
}

#[rocket::async_test]
async fn where_the_own_session_cannot_be_stored_the_password_stays() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    house.store.breaks(Call::Update, Fault::Fails);
    assert_eq!(here.change_password(ALICE, NEW).await.status, 503);
    house.store.heals();
    house.logged_in(FIREFOX, "alice", ALICE).await;
}

#[rocket::async_test]
async fn where_the_others_cannot_be_ended_now_the_page_does_not_pretend() {
    let house = House::new().await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    house.store.breaks(Call::OfUser, Fault::Fails);
    assert_eq!(here.change_password(ALICE, NEW).await.status, 303);
    house.store.heals();
    let page = here.account().await;
    assert!(page.contains("could not all be ended just now"), "{page}");
    assert!(there.is_logged_in().await);
    here.post("/account/sessions/end-others", &[]).await;
    assert!(!there.is_logged_in().await);
    house.logged_in(FIREFOX, "alice", NEW).await;
}

#[rocket::async_test]
async fn where_sessions_cannot_be_ended_the_page_says_so_before_and_after() {
    let house = House::new().await;
    let mut here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    house.store.claims(Capabilities {
        revocable: false,
        listable: false,
        ..Capabilities::ALL
    });
    let page = here.get("/account/password").await.page;
    assert!(page.contains("in your other browsers too"), "{page}");
    assert_eq!(here.change_password(ALICE, NEW).await.status, 303);
    let page = here.account().await;
    assert!(page.contains("Other browsers stay logged in"), "{page}");
    assert!(!page.contains("sessions are ended"), "{page}");
    assert!(there.is_logged_in().await);
    here.language = "ko";
    here.change_password(NEW, ALICE).await;
    let page = here.account().await;
    assert!(
        page.contains("로그아웃할 때까지 로그인이 유지됩니다"),
        "{page}"
    );
}
