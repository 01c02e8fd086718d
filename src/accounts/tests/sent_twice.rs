//! The same sign-up form sent twice.

use rocket::futures::FutureExt;
use rocket::futures::future::join_all;
use rocket::tokio;

use super::super::*;
use super::{accounts, at, busy, form};

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
    assert!(matches!(guessed, Err(AccountError::Throttled { .. })));
}
