use rocket::futures::FutureExt;
use rocket::futures::future::join_all;
use rocket::tokio::{self, sync::SemaphorePermit};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

mod refused;
mod sent_twice;

use super::*;
use crate::answer::Fault;
use crate::db::Synchronous;
use crate::schema::migrate;

/// Accounts in a database of their own; the folder goes when the first of the two is dropped.
fn accounts() -> (TempDir, Accounts) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let database = Database::open(path, Synchronous::Normal).unwrap();
    migrate(&database).unwrap();
    let accounts = Accounts::new(database, Passwords::new(4).unwrap());
    (folder, accounts)
}

/// Takes every core, so that whatever hashes waits until the answer is dropped.
async fn busy(accounts: &Accounts) -> SemaphorePermit<'_> {
    let cores = &accounts.passwords.queue.cores;
    let all = u32::try_from(cores.available_permits()).unwrap();
    cores.acquire_many(all).await.unwrap()
}

fn form(userid: &str) -> SignupForm {
    SignupForm {
        userid: userid.to_owned(),
        real_name: "Carol Park".to_owned(),
        email: "c.park@example.com".to_owned(),
        password1: "three-tulips".to_owned(),
        password2: "three-tulips".to_owned(),
    }
}

#[tokio::test]
async fn who_signs_up_can_log_in() {
    let (_folder, accounts) = accounts();
    let mut form = form(" Carol ");
    form.real_name = " Carol Park ".to_owned();
    let user = accounts.sign_up(&form).await.unwrap().unwrap();
    assert_eq!(user.userid, "Carol");
    assert_eq!(user.real_name, "Carol Park");
    assert!(user.created > 1_700_000_000);
    for userid in ["Carol", "carol", "ＣＡＲＯＬ", " carol "] {
        let found = accounts.authenticate(userid, "three-tulips").await.unwrap();
        assert_eq!(found.as_ref(), Some(&user), "{userid}");
    }
}

#[tokio::test]
async fn a_wrong_userid_and_a_wrong_password_cannot_be_told_apart() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    for (userid, password) in [
        ("carol", "three-tulip"),
        ("carol", "Three-Tulips"),
        ("carol", " three-tulips"),
        ("dave", "three-tulips"),
        ("carol\0", "three-tulips"),
    ] {
        let before = accounts.passwords.runs();
        let answer = accounts.authenticate(userid, password).await.unwrap();
        assert_eq!(answer, None, "{userid:?} {password:?}");
        assert_eq!(accounts.passwords.runs() - before, 1);
    }
}

#[tokio::test]
async fn a_userid_is_taken_in_any_case_and_width() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("Ünïcode")).await.unwrap().unwrap();
    let before = accounts.passwords.runs();
    for userid in ["Ünïcode", "ünïCODE", "U\u{308}nïcode", "ünïｃｏｄｅ"] {
        let mut form = form(userid);
        form.real_name = "Another Carol".to_owned();
        let errors = accounts.sign_up(&form).await.unwrap().unwrap_err();
        assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
    }
    assert_eq!(accounts.passwords.runs(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_sign_ups_at_once_for_one_userid_exactly_one_wins() {
    let (_folder, accounts) = accounts();
    let forms: Vec<SignupForm> = (0..20)
        .map(|number| SignupForm {
            real_name: format!("Carol the {number}th"),
            ..form(if number % 2 == 0 { "carol" } else { "CAROL" })
        })
        .collect();
    let mut sign_ups = join_all(forms.iter().map(|form| accounts.sign_up(form)));
    let busy = busy(&accounts).await;
    // Now all of them have seen that the userid is free, and wait to hash.
    assert!((&mut sign_ups).now_or_never().is_none());
    drop(busy);
    let answers = sign_ups.await;
    assert_eq!(accounts.passwords.runs(), 20);
    let mut winners = 0;
    for answer in answers {
        match answer.unwrap() {
            Ok(_) => winners += 1,
            Err(errors) => {
                assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
            }
        }
    }
    assert_eq!(winners, 1);
}

#[tokio::test]
async fn a_taken_userid_is_told_together_with_the_other_errors() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    let mut form = form("carol");
    form.email = "nowhere".to_owned();
    let errors = accounts.sign_up(&form).await.unwrap().unwrap_err();
    assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
    assert_eq!(errors.of(Field::Email), [FieldError::EmailImplausible]);
}

#[tokio::test]
async fn demo_users_are_made_once_and_never_reset() {
    let (_folder, accounts) = accounts();
    accounts.ensure_demo_users().await.unwrap();
    let alice = accounts.find("alice").unwrap();
    assert_eq!(accounts.passwords.runs(), 2);

    accounts.ensure_demo_users().await.unwrap();
    assert_eq!(accounts.passwords.runs(), 2);
    assert_eq!(accounts.find("alice").unwrap(), alice);
    for demo in DEMO_USERS {
        let user = accounts.authenticate(demo.userid, demo.password).await;
        assert_eq!(user.unwrap().unwrap().real_name, demo.real_name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_may_make_the_demo_users_at_once() {
    let (_folder, one) = accounts();
    let database = Database::open(one.database.path(), Synchronous::Normal).unwrap();
    let other = Accounts::new(database, Passwords::new(4).unwrap());
    let both = join_all([one.ensure_demo_users(), other.ensure_demo_users()]).await;
    assert!(both.into_iter().all(|answer| answer.is_ok()));
    assert!(one.find("bob").unwrap().is_some());
}

#[test]
fn demo_users_pass_the_rules_for_sign_up() {
    for demo in DEMO_USERS {
        let form = SignupForm {
            userid: demo.userid.to_owned(),
            real_name: demo.real_name.to_owned(),
            email: demo.email.to_owned(),
            password1: demo.password.to_owned(),
            password2: demo.password.to_owned(),
        };
        assert!(form.errors().is_empty(), "{:?}", form.errors());
    }
}

#[tokio::test]
async fn of_two_new_passwords_at_once_only_one_replaces_the_old_one() {
    let (_folder, accounts) = accounts();
    let user = accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    let (_, old) = user::find(&accounts.database, "carol").unwrap().unwrap();
    let change = |new: &str| {
        let (old, new) = (old.clone(), new.to_owned());
        user::set_password(&accounts.database, &user, old, new)
    };
    assert!(change("first").await.unwrap());
    assert!(!change("second").await.unwrap());
    let (_, now) = user::find(&accounts.database, "carol").unwrap().unwrap();
    assert_eq!(now, "first");
}

#[tokio::test]
async fn a_database_without_tables_is_no_unknown_user() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    let database = Database::open(path, Synchronous::Normal).unwrap();
    let accounts = Accounts::new(database, Passwords::new(4).unwrap());
    let error = accounts.authenticate("alice", "x").await.unwrap_err();
    assert_eq!(error.status(), rocket::http::Status::ServiceUnavailable);
}

#[tokio::test]
async fn what_is_too_long_is_nobodys_and_costs_nothing() {
    let (_folder, accounts) = accounts();
    let long = "three tulips ".repeat(1_000);
    for (userid, password) in [
        (&*long, "three-tulips"),
        ("carol", &*long),
        ("carol", ""),
        ("", ""),
    ] {
        let answer = accounts.authenticate(userid, password).await.unwrap();
        assert_eq!(answer, None);
    }
    assert_eq!(accounts.passwords.runs(), 0);
}

#[tokio::test]
async fn a_password_in_nfd_is_the_one_in_nfc() {
    let (_folder, accounts) = accounts();
    let composed = "한글비밀번호아홉자é";
    let decomposed: String = composed.nfd().collect();
    for (number, (signup, login)) in [(composed, &*decomposed), (&*decomposed, composed)]
        .into_iter()
        .enumerate()
    {
        let userid = format!("한글{number}");
        let form = SignupForm {
            password1: signup.to_owned(),
            password2: signup.to_owned(),
            ..form(&userid)
        };
        accounts.sign_up(&form).await.unwrap().unwrap();
        let userid: String = userid.nfd().collect();
        let found = accounts.authenticate(&userid, login).await.unwrap();
        assert!(found.is_some());
    }
}

#[tokio::test]
async fn names_and_addresses_are_kept_in_one_form() {
    let (_folder, accounts) = accounts();
    let mut form = form("carol");
    form.real_name = "Zoe\u{308}".to_owned();
    form.email = "zoe\u{308}@example.com".to_owned();
    let user = accounts.sign_up(&form).await.unwrap().unwrap();
    assert_eq!(user.real_name, "Zoë");
    assert_eq!(user.email, "zoë@example.com");
}

/// The accounts as a visitor at that address sees them.
fn at(accounts: &Accounts, address: &str, clock: &Clock) -> Accounts {
    let address = address.parse().unwrap();
    accounts.visited(Some(address), clock.clone())
}
