use super::*;

use rocket::futures::FutureExt;
use rocket::tokio;

fn cheap() -> Passwords {
    Passwords::new(4).unwrap()
}

async fn turn(passwords: &Passwords) -> Run<'_> {
    passwords.turn(Network::default()).await.unwrap()
}

async fn hash(passwords: &Passwords, password: &str) -> String {
    turn(passwords).await.hash(password).await.unwrap()
}

async fn verify(passwords: &Passwords, password: &str, hash: Option<&str>) -> Verified {
    let turn = turn(passwords).await;
    turn.verify(password, hash.map(str::to_owned))
        .await
        .unwrap()
}

#[tokio::test]
async fn every_character_counts_behind_72_bytes_and_behind_nul() {
    let passwords = cheap();
    let long = "x".repeat(100);
    for (password, other) in [
        (format!("{long}a"), format!("{long}b")),
        ("secret\0a".to_owned(), "secret\0b".to_owned()),
        ("secret\0".to_owned(), "secret".to_owned()),
    ] {
        let hash = hash(&passwords, &password).await;
        let verify = |typed| verify(&passwords, typed, Some(&hash));
        assert_eq!(verify(&password).await, Verified::Right);
        assert_eq!(verify(&other).await, Verified::Wrong);
    }
}

#[tokio::test]
async fn two_hashes_of_one_password_differ() {
    let passwords = cheap();
    let one = hash(&passwords, "secret").await;
    let two = hash(&passwords, "secret").await;
    assert!(one.starts_with("$2b$04$"));
    assert_ne!(one, two);
}

#[tokio::test]
async fn a_password_may_be_typed_in_any_form_of_its_letters() {
    let passwords = cheap();
    let (composed, decomposed) = ("비밀 번호é", "비밀\u{3000}번호e\u{301}");
    let new = hash(&passwords, decomposed).await;
    // As it was stored before passwords were normalised.
    let old = bcrypt::hash(digest(decomposed), 4).unwrap();
    let older = bcrypt::hash(digest(composed), 4).unwrap();
    for (hash, typed, verdict) in [
        (&new, composed, Verified::Right),
        (&new, decomposed, Verified::Right),
        (&older, composed, Verified::Right),
        (&older, decomposed, Verified::Right),
        (&old, decomposed, Verified::Outdated),
        (&new, "비밀 번호e", Verified::Wrong),
    ] {
        let found = verify(&passwords, typed, Some(hash)).await;
        assert_eq!(found, verdict, "{typed}");
    }
}

#[tokio::test]
async fn every_refusal_takes_the_same_work_whatever_the_stored_cost() {
    let hashes: Vec<String> = [4, 6, 8]
        .map(|cost| bcrypt::hash(digest("secret"), cost).unwrap())
        .into();
    for setting in [4, 6, 8] {
        let passwords = Passwords::new(setting).unwrap();
        passwords.expect_cost(8);
        for typed in ["wrong", "fälsch", "fa\u{308}lsch"] {
            let mut work = Vec::new();
            for hash in [None]
                .into_iter()
                .chain(hashes.iter().map(|hash| Some(&**hash)))
            {
                let before = passwords.rounds();
                assert_eq!(verify(&passwords, typed, hash).await, Verified::Wrong);
                work.push(passwords.rounds() - before);
            }
            let times = if typed.contains('\u{308}') { 2 } else { 1 };
            assert_eq!(work, [times << 8; 4], "{typed}");
        }
    }
}

#[tokio::test]
async fn another_cost_makes_a_hash_outdated() {
    let old = hash(&cheap(), "secret").await;
    let passwords = Passwords::new(5).unwrap();
    assert_eq!(
        verify(&passwords, "secret", Some(&old)).await,
        Verified::Outdated
    );
    let new = hash(&passwords, "secret").await;
    assert_eq!(
        verify(&passwords, "secret", Some(&new)).await,
        Verified::Right
    );
    assert_eq!(
        verify(&cheap(), "secret", Some(&new)).await,
        Verified::Outdated
    );
}

#[tokio::test]
async fn a_password_waits_while_every_core_is_busy() {
    let passwords = cheap();
    let cores = &passwords.queue.cores;
    let all = cores.available_permits();
    let busy = cores.acquire_many(all as u32).await.unwrap();
    let mut hashing = Box::pin(hash(&passwords, "secret"));
    assert!((&mut hashing).now_or_never().is_none());
    assert_eq!(passwords.runs(), 0);
    drop(busy);
    hashing.await;
    assert_eq!(passwords.runs(), 1);
}

#[tokio::test]
async fn a_damaged_hash_is_an_error_and_no_wrong_password() {
    let passwords = cheap();
    let turn = turn(&passwords).await;
    let answer = turn.verify("secret", Some("damaged".to_owned())).await;
    assert!(matches!(answer, Err(AccountError::Hashing(_))));
}

#[test]
fn the_cost_comes_from_the_configuration() {
    let cost = |figment: Figment| Passwords::from_figment(&figment).map(|made| made.cost);
    assert!(matches!(cost(Figment::new()), Ok(DEFAULT_COST)));
    assert!(matches!(cost(Figment::from((SETTING, 5))), Ok(5)));
    for figment in [
        Figment::from((SETTING, 3)),
        Figment::from((SETTING, 32)),
        Figment::from((SETTING, "much")),
    ] {
        let error = cost(figment).unwrap_err().to_string();
        assert!(error.contains(SETTING), "{error}");
    }
}
