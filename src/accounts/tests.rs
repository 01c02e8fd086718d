use rocket::futures::FutureExt;
use rocket::futures::future::join_all;
use rocket::tokio::{self, sync::SemaphorePermit};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::db::Synchronous;
use crate::schema::COURSE_MIGRATIONS;

/// Accounts in a database of their own; the folder goes when the first of the two is dropped.
fn accounts() -> (TempDir, Accounts) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let database = Database::open(path, Synchronous::Normal).unwrap();
    database.migrate(COURSE_MIGRATIONS).unwrap();
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
    // Now all of them have seen that nobody has the userid, and wait to hash.
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

/// The wait that the next password brings, in seconds.
async fn wait(accounts: &Accounts, userid: &str) -> Option<u64> {
    match accounts.authenticate(userid, "wrong").await {
        Ok(found) => {
            assert_eq!(found, None);
            None
        }
        Err(Error::Throttled { seconds }) => Some(seconds),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn after_some_wrong_passwords_the_next_ones_wait_and_cost_nothing() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    let clock = Clock::manual(1_800_000_000);
    let here = at(&accounts, "192.0.2.1", &clock);
    let elsewhere = at(&accounts, "192.0.2.2", &clock);
    // Nobody is called dave, and that does not show.
    for userid in ["carol", "dave"] {
        for _ in 0..6 {
            assert_eq!(wait(&here, userid).await, None, "{userid}");
        }
        let before = accounts.passwords.runs();
        for _ in 0..144 {
            assert_eq!(wait(&here, userid).await, Some(5), "{userid}");
        }
        let right = here.authenticate(userid, "three-tulips").await;
        assert!(matches!(right, Err(Error::Throttled { seconds: 5 })));
        assert_eq!(accounts.passwords.runs(), before);
    }
    let found = elsewhere.authenticate("carol", "three-tulips").await;
    assert!(found.unwrap().is_some());

    clock.advance(5);
    assert_eq!(wait(&here, "carol").await, None);
    assert_eq!(wait(&here, "carol").await, Some(10));
    clock.advance(10);
    let found = here.authenticate("carol", "three-tulips").await;
    assert!(found.unwrap().is_some());
    assert_eq!(wait(&here, "carol").await, None);
    assert_eq!(wait(&here, "carol").await, None);
}

#[tokio::test]
async fn a_right_password_before_the_wait_clears_the_wrong_ones() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    for _ in 0..10 {
        for _ in 0..5 {
            assert_eq!(wait(&accounts, "carol").await, None);
        }
        let found = accounts.authenticate("Carol", "three-tulips").await;
        assert!(found.unwrap().is_some());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_at_once_are_no_more_than_a_few() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    let before = accounts.passwords.runs();
    let wrong = (0..70).map(|_| accounts.authenticate("carol", "wrong"));
    let answers = join_all(wrong).await;
    let throttled = |answer: &&Result<_, _>| matches!(answer, Err(Error::Throttled { .. }));
    let cores = accounts.passwords.queue.cores.available_permits();
    let runs = accounts.passwords.runs() - before;
    assert!(runs < 6 + cores as u64, "{runs}");
    assert_eq!(answers.iter().filter(throttled).count() as u64, 70 - runs);
}

#[tokio::test]
async fn a_login_after_the_cost_was_changed_renews_the_hash() {
    let (_folder, old) = accounts();
    old.sign_up(&form("carol")).await.unwrap().unwrap();
    for cost in [5, 4] {
        let database = Database::open(old.database.path(), Synchronous::Normal).unwrap();
        let accounts = Accounts::new(database, Passwords::new(cost).unwrap());
        let stored = || user::find(&accounts.database, "carol").unwrap().unwrap().1;
        let before = stored();
        accounts.authenticate("carol", "wrong").await.unwrap();
        assert_eq!(stored(), before);

        let both = join_all([(); 2].map(|()| accounts.authenticate("carol", "three-tulips"))).await;
        assert!(both.into_iter().all(|found| found.unwrap().is_some()));
        let renewed = stored();
        assert!(renewed.starts_with(&format!("$2b$0{cost}$")), "{renewed}");
        let again = accounts.authenticate("carol", "three-tulips").await;
        assert!(again.unwrap().is_some());
        assert_eq!(stored(), renewed);
    }
}

#[tokio::test]
async fn a_refusal_takes_as_long_as_the_costliest_stored_hash() {
    let (_folder, cheap) = accounts();
    cheap.sign_up(&form("carol")).await.unwrap().unwrap();
    let open = |cost| {
        let database = Database::open(cheap.database.path(), Synchronous::Normal).unwrap();
        Accounts::new(database, Passwords::new(cost).unwrap())
    };
    open(7).sign_up(&form("dora")).await.unwrap().unwrap();
    for cost in [4, 6, 8] {
        let accounts = open(cost);
        accounts.expect_stored_costs().unwrap();
        for userid in ["nobody-else", "carol", "dora"] {
            let before = accounts.passwords.rounds();
            assert_eq!(wait(&accounts, userid).await, None);
            let rounds = accounts.passwords.rounds() - before;
            assert_eq!(rounds, 1 << cost.max(7), "{userid}");
        }
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_account_and_gives_it_twice() {
    let (_folder, accounts) = accounts();
    let clock = Clock::manual(1_800_000_000);
    let accounts = at(&accounts, "192.0.2.1", &clock);
    let first = accounts.sign_up(&form(" Carol")).await.unwrap().unwrap();
    clock.advance(60);
    let second = accounts.sign_up(&form("Carol ")).await.unwrap().unwrap();
    assert_eq!(second, first);
    clock.advance(1);
    let late = accounts.sign_up(&form("Carol")).await.unwrap().unwrap_err();
    assert_eq!(late.of(Field::Userid), [FieldError::UseridTaken]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_twice_at_once_does_so_too() {
    let (_folder, accounts) = accounts();
    let form = form("carol");
    let busy = busy(&accounts).await;
    let mut both = join_all([accounts.sign_up(&form), accounts.sign_up(&form)]);
    assert!((&mut both).now_or_never().is_none());
    drop(busy);
    for user in both.await {
        assert_eq!(user.unwrap().unwrap().userid, "carol");
    }
}

#[tokio::test]
async fn a_form_with_any_other_entry_is_somebody_elses() {
    let (_folder, accounts) = accounts();
    accounts.sign_up(&form("carol")).await.unwrap().unwrap();
    let other = |change: fn(&mut SignupForm)| {
        let mut form = form("carol");
        change(&mut form);
        form
    };
    let before = accounts.passwords.runs();
    for form in [
        other(|form| form.userid = "CAROL".to_owned()),
        other(|form| form.real_name = "Carol Kim".to_owned()),
        other(|form| form.email = "carol@example.com".to_owned()),
    ] {
        let errors = accounts.sign_up(&form).await.unwrap().unwrap_err();
        assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
    }
    assert_eq!(accounts.passwords.runs(), before);

    let guess = other(|form| {
        form.password1 = "three-roses".to_owned();
        form.password2 = "three-roses".to_owned();
    });
    for _ in 0..6 {
        let errors = accounts.sign_up(&guess).await.unwrap().unwrap_err();
        assert_eq!(errors.of(Field::Userid), [FieldError::UseridTaken]);
    }
    let guessed = accounts.sign_up(&guess).await;
    assert!(matches!(guessed, Err(Error::Throttled { .. })));
}
