//! A deleted user's sessions end, and the next user with that userid is not logged in anywhere.

use rocket::tokio::join;
use session_lessons::accounts::{Field, FieldError, SignupForm};
use session_lessons::session::Capabilities;

use super::{ALICE, BOB, CHROMIUM, FIREFOX, House, NEW};
use crate::common::probe::{Call, Fault};

fn next_alice() -> SignupForm {
    SignupForm {
        userid: "alice".to_owned(),
        real_name: "Somebody Else".to_owned(),
        email: "else@example.com".to_owned(),
        password1: NEW.to_owned(),
        password2: NEW.to_owned(),
    }
}

/// True if another visitor can get the userid now.
async fn is_free(house: &House) -> bool {
    match house.accounts().sign_up(&next_alice()).await.unwrap() {
        Ok(_) => true,
        Err(errors) => {
            assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
            false
        }
    }
}

#[rocket::async_test]
async fn the_next_user_of_a_userid_is_not_logged_in_where_the_last_one_was() {
    let house = House::new().await;
    let old = house.logged_in(FIREFOX, "alice", ALICE).await;
    let bob = house.logged_in(FIREFOX, "bob", BOB).await;
    let deleted = house.accounts().delete(house.layer(), "ALICE").await;
    assert!(deleted.unwrap());
    assert!(
        !house
            .accounts()
            .delete(house.layer(), "alice")
            .await
            .unwrap()
    );
    assert!(is_free(&house).await);
    assert!(!old.is_logged_in().await);
    assert!(bob.is_logged_in().await);
    house.logged_in(CHROMIUM, "alice", NEW).await;
}

#[rocket::async_test]
async fn cut_short_the_userid_stays_taken_and_nobody_is_let_in() {
    let house = House::new().await;
    let old = house.logged_in(FIREFOX, "alice", ALICE).await;
    for call in [Call::OfUser, Call::Delete] {
        house.store.breaks(call, Fault::Fails);
        let deleted = house.accounts().delete(house.layer(), "alice").await;
        assert!(deleted.is_err(), "{call:?}");
        house.store.heals();
        assert!(!is_free(&house).await);
        assert!(!old.is_logged_in().await);
        assert_eq!(
            house.seat(CHROMIUM).log_in("alice", ALICE).await.status,
            422
        );
        assert_eq!(house.seat(CHROMIUM).log_in("alice", "!").await.status, 422);
    }
    // Once more, and it is complete.
    assert!(
        house
            .accounts()
            .delete(house.layer(), "alice")
            .await
            .unwrap()
    );
    assert!(is_free(&house).await);
    assert!(!old.is_logged_in().await);
}

#[rocket::async_test]
async fn a_login_that_is_under_way_does_not_outlive_the_account() {
    let house = House::new().await;
    let late = house.seat(FIREFOX);
    let mut held = house.store.holds(Call::Create);
    let delete = async {
        held.reached().await;
        house
            .accounts()
            .delete(house.layer(), "alice")
            .await
            .unwrap();
        assert!(is_free(&house).await);
        held.release();
    };
    let (answer, ()) = join!(late.log_in("alice", ALICE), delete);
    assert_eq!(answer.status, 422);
    assert!(!late.is_logged_in().await);
    assert!(house.layer().sessions_of("alice").await.unwrap().is_empty());
}

/// Two delete the same account, and the slower one is overtaken by the next user of its userid.
#[rocket::async_test]
async fn a_deletion_that_comes_late_spares_the_next_user() {
    let house = House::new().await;
    let delete = || house.accounts().delete(house.layer(), "alice");
    let mut held = house.store.holds(Call::OfUser);
    let overtake = async {
        held.reached().await;
        delete().await.unwrap();
        assert!(is_free(&house).await);
        held.release();
    };
    let (late, ()) = join!(delete(), overtake);
    assert!(late.unwrap());
    house.logged_in(CHROMIUM, "alice", NEW).await;
}

#[rocket::async_test]
async fn where_sessions_cannot_be_ended_the_userid_is_never_given_again() {
    let house = House::new().await;
    let old = house.logged_in(FIREFOX, "alice", ALICE).await;
    house.store.claims(Capabilities {
        revocable: false,
        listable: false,
        ..Capabilities::ALL
    });
    assert!(
        house
            .accounts()
            .delete(house.layer(), "alice")
            .await
            .unwrap()
    );
    assert!(!is_free(&house).await);
    assert!(!old.is_logged_in().await);
    assert_eq!(house.accounts().find("alice").unwrap(), None);
}
