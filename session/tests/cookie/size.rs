//! The 4,096 bytes that a browser takes as one cookie (RFC 6265 §6.1), met to the byte.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use crate::common::fixtures::{SEALS, sealed};
use crate::common::{App, Setup};

/// The length of the whole cookie after a first set of this many letters. `None`: it is refused.
async fn length(app: &App, letters: usize) -> Option<usize> {
    let answer = app.browser().set("a", "x".repeat(letters)).await;
    match answer.cookie() {
        Some(line) => Some(line.len()),
        None => {
            assert_eq!(answer.status, Status::PayloadTooLarge);
            assert_eq!(answer.body, "The app's own page for 413.");
            None
        }
    }
}

/// The largest number of letters that fits.
async fn most_letters(app: &App) -> usize {
    let (mut fits, mut exceeds) = (1_000, 4_000);
    while exceeds - fits > 1 {
        let middle = (fits + exceeds) / 2;
        match length(app, middle).await {
            Some(_) => fits = middle,
            None => exceeds = middle,
        }
    }
    fits
}

#[rocket::async_test]
async fn a_cookie_may_have_4096_bytes_and_not_one_more() {
    for seal in SEALS {
        let mut longest = 0;
        // Three bytes are four letters of base64: with one of these names it comes out even.
        for name in ["s", "ss", "sss"] {
            let app = Setup::configured(json!({"cookie": name}));
            let app = app.on(sealed(seal, &[7])).await;
            let most = most_letters(&app).await;
            longest = longest.max(length(&app, most).await.unwrap());
        }
        assert_eq!(longest, 4096, "{seal}");
    }
}

#[rocket::async_test]
async fn at_the_wall_nothing_grows_nothing_is_lost_and_a_logout_works() {
    for seal in SEALS {
        let app = App::on(sealed(seal, &[7])).await;
        let visitor = app.browser();
        visitor.set("user", "alice").await;
        // Version 9 is the last with one digit: what is taken out must outweigh the next one's.
        for count in 0..7 {
            visitor.set("n", count).await;
        }
        let mut letters = most_letters(&app).await;
        while visitor.twin().set("a", "x".repeat(letters)).await.status != Status::Ok {
            letters -= 1;
        }
        visitor.set("a", "x".repeat(letters)).await;
        let (before, stored) = (visitor.cookie(), app.data(&visitor).await);
        for answer in [
            visitor.set("more", "xxx").await,
            visitor.add_one("more").await,
            visitor
                .visit(|session| session.set("b", "x".repeat(5_000)))
                .await,
        ] {
            assert_eq!(answer.status, Status::PayloadTooLarge);
            assert_eq!(answer.cookie(), None);
            let reason = "the session would hold more than 4096 bytes".to_owned();
            assert!(answer.did(&Event::Failed { reason }), "{:?}", answer.trace);
        }
        assert_eq!(
            (visitor.cookie(), app.data(&visitor).await),
            (before, stored)
        );
        let stranger = app.browser();
        stranger
            .set("a", "x".repeat(most_letters(&app).await))
            .await;
        let login = stranger.set("user", "alice").await;
        assert_eq!(login.status, Status::PayloadTooLarge);
        assert_eq!(stranger.get("user").await, Value::Null);
        assert_eq!(visitor.get("user").await, "alice");
        let answer = visitor.does(|session| session.pop("user")).await;
        assert_eq!(answer.value(), "alice");
        assert!(answer.cookie().unwrap().len() <= 4096);
        assert_eq!(visitor.get("user").await, Value::Null);
    }
}

#[rocket::async_test]
async fn a_logout_works_even_where_the_cookie_has_more_attributes_now() {
    let app = Setup::configured(json!({"expire_at_browser_close": true}));
    let app = app.on(sealed("encrypted", &[7])).await;
    let visitor = app.browser();
    visitor.set("n", 1).await;
    let mut letters = most_letters(&app).await;
    while visitor.twin().set("a", "x".repeat(letters)).await.status != Status::Ok {
        letters -= 1;
    }
    visitor.set("a", "x".repeat(letters)).await;
    let secure = Setup::configured(json!({"secure": true})).at_the_time_of(&app);
    let secure = secure.on(sealed("encrypted", &[7])).await;
    let visitor = visitor.at(&secure.browser());
    assert_eq!(visitor.set("n", 2).await.status, Status::PayloadTooLarge);
    let answer = visitor.does(|session| session.pop("n")).await;
    assert_eq!(answer.value(), 1);
    // It is larger than a browser need take, and smaller than the one that this browser took.
    assert!(answer.cookie().unwrap().len() > 4096);
}

#[rocket::async_test]
async fn an_encrypted_cookie_is_shorter_than_a_signed_one() {
    for letters in [0, 1, 100, 2_000] {
        let [encrypted, signed] = SEALS.map(|seal| App::on(sealed(seal, &[7])));
        let (encrypted, signed) = (encrypted.await, signed.await);
        let lengths = [&encrypted, &signed].map(|app| length(app, letters));
        let [encrypted, signed] = lengths;
        let (encrypted, signed) = (encrypted.await.unwrap(), signed.await.unwrap());
        // It holds a list without the names, which outweighs nonce and tag.
        assert!(encrypted < signed, "{letters}: {encrypted}, {signed}");
    }
}
