//! Wrong passwords: the wait that they bring, and the time that a refusal takes.

use rocket::futures::future::join_all;
use rocket::tokio;

use super::super::*;
use super::{accounts, at, form};
use crate::db::Synchronous;

/// The wait that the next password brings, in seconds.
async fn wait(accounts: &Accounts, userid: &str) -> Option<u64> {
    match accounts.authenticate(userid, "wrong").await {
        Ok(found) => {
            assert_eq!(found, None);
            None
        }
        Err(AccountError::Throttled { seconds }) => Some(seconds),
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
    // No user is called dave, and that does not show.
    for userid in ["carol", "dave"] {
        for _ in 0..6 {
            assert_eq!(wait(&here, userid).await, None, "{userid}");
        }
        let before = accounts.passwords.runs();
        for _ in 0..144 {
            assert_eq!(wait(&here, userid).await, Some(5), "{userid}");
        }
        let right = here.authenticate(userid, "three-tulips").await;
        assert!(matches!(right, Err(AccountError::Throttled { seconds: 5 })));
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
    let throttled = |answer: &&Result<_, _>| matches!(answer, Err(AccountError::Throttled { .. }));
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
