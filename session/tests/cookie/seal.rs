//! The sealed record: nothing else opens, keys are changed in turn, and both limits hold.

use data_encoding::BASE64URL_NOPAD;
use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use crate::common::app::{DAY, HOUR};
use crate::common::fixtures::{SEALS, sealed};
use crate::common::log::warnings;
use crate::common::{Answer, App, Browser, Setup};

/// A browser in which alice is logged in, and its cookie's value.
async fn alice(app: &App) -> (Browser<'_>, String) {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    let value = alice.cookie().unwrap();
    (alice, value)
}

/// Asks for the user, with this value of the cookie.
async fn user(app: &App, value: &str) -> Answer {
    let browser = app.browser().with_cookie(Some(value.to_owned()));
    browser.visit(|session| session.get::<Value>("user")).await
}

async fn opens(app: &App, value: &str) -> bool {
    let browser = app.browser().with_cookie(Some(value.to_owned()));
    app.row(&browser).await.is_some()
}

#[rocket::async_test]
async fn a_flipped_bit_anywhere_opens_nothing() {
    for seal in SEALS {
        let app = App::on(sealed(seal, &[7])).await;
        let (_, value) = alice(&app).await;
        assert!(opens(&app, &value).await);
        for place in 0..value.len() {
            for bit in 0..7 {
                let mut bytes = value.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(!opens(&app, &changed).await, "{seal}: bit {bit} of {place}");
            }
        }
    }
}

#[rocket::async_test]
async fn what_was_changed_is_anonymous_and_removed() {
    for seal in SEALS {
        let app = App::on(sealed(seal, &[7])).await;
        let (_, value) = alice(&app).await;
        let mark = &value[..3];
        let middle = value.len() / 2;
        let letter = if value[middle..].starts_with('A') {
            "B"
        } else {
            "A"
        };
        for changed in [
            format!("{}{letter}{}", &value[..middle], &value[middle + 1..]),
            value[..middle].to_owned(),
            value[..value.len() - 1].to_owned(),
            format!("{value}A"),
            format!("{value}{value}"),
            format!("{mark}{}", "A".repeat(100_000)),
            mark.to_owned(),
            format!("{mark}."),
            format!("{mark}..."),
            value.replacen(mark, if mark == "s2." { "e2." } else { "s2." }, 1),
        ] {
            let answer = user(&app, &changed).await;
            assert_eq!(answer.value(), Value::Null, "{changed}");
            assert!(answer.removes_the_cookie(), "{changed}");
            let told = [Event::Unopened, Event::Anonymous, Event::CookieRemoved];
            assert_eq!(answer.trace, told, "{changed}");
        }
    }
}

#[rocket::async_test]
async fn a_cookie_of_an_earlier_form_is_unopened_and_removed() {
    for seal in SEALS {
        let app = App::on(sealed(seal, &[7])).await;
        let (_, value) = alice(&app).await;
        warnings();
        let json = BASE64URL_NOPAD.encode(br#"{"locker":"0000000000002","version":1}"#);
        for earlier in [
            format!("e1.{}", "A".repeat(200)),
            format!("s1.{json}.{}", "A".repeat(43)),
            format!("e1.{}", &value[3..]),
            format!("s1.{}", &value[3..]),
        ] {
            let answer = user(&app, &earlier).await;
            assert_eq!(answer.value(), Value::Null, "{earlier}");
            assert!(answer.removes_the_cookie(), "{earlier}");
            let told = [Event::Unopened, Event::Anonymous, Event::CookieRemoved];
            assert_eq!(answer.trace, told, "{earlier}");
            let visitor = app.browser().with_cookie(Some(earlier));
            assert_eq!(visitor.set("a", 1).await.status, Status::Ok);
            assert_eq!(visitor.get("a").await, 1);
        }
        assert_eq!(warnings(), [""; 0]);
    }
}

#[rocket::async_test]
async fn what_another_program_may_have_set_is_left_alone() {
    let app = App::on(sealed("signed", &[7])).await;
    let (_, value) = alice(&app).await;
    for other in [
        "",
        "x",
        "s1",
        "e1",
        "s9.AAAA.AAAA",
        "eyJhIjoxfQ.ZaBc.AAAA",
        &format!("\"{value}\""),
        &format!("{value}="),
        &format!("{value}%2E"),
        &value.to_uppercase(),
    ] {
        let answer = user(&app, other).await;
        assert_eq!(answer.trace, [Event::Foreign, Event::Anonymous], "{other}");
        assert_eq!(answer.cookie(), None, "{other}");
    }
}

#[rocket::async_test]
async fn a_session_id_is_unknown_and_removed() {
    let app = App::on(sealed("encrypted", &[7])).await;
    let answer = user(&app, &format!("{}.{}", "0".repeat(13), "A".repeat(43))).await;
    assert!(matches!(answer.trace[0], Event::Unknown { .. }));
    assert_eq!(answer.value(), Value::Null);
    assert!(answer.removes_the_cookie());
}

#[rocket::async_test]
async fn it_opens_under_its_own_name_and_in_its_own_way_only() {
    for seal in SEALS {
        let app = App::on(sealed(seal, &[7])).await;
        let (_, value) = alice(&app).await;
        let named = Setup::configured(json!({"cookie": "session"}));
        let named = named.on(sealed(seal, &[7])).await;
        let line = format!("session={value}");
        let answer = named.browser().open_with(&[line]).await;
        assert_eq!(answer.trace[0], Event::Unopened);
        let other = SEALS.into_iter().find(|other| *other != seal).unwrap();
        let other = App::on(sealed(other, &[7])).await;
        assert_eq!(user(&other, &value).await.trace[0], Event::Unopened);
    }
}

#[rocket::async_test]
async fn an_older_key_opens_and_the_newest_seals() {
    for seal in SEALS {
        let before = App::on(sealed(seal, &[1])).await;
        let (_, old) = alice(&before).await;
        let both = App::on(sealed(seal, &[2, 3, 1])).await;
        let visitor = both.browser().with_cookie(Some(old.clone()));
        assert_eq!(visitor.set("a", 1).await.status, Status::Ok);
        let new = visitor.cookie().unwrap();
        let after = App::on(sealed(seal, &[2])).await;
        assert_eq!(user(&after, &new).await.value(), "alice");
        let gone = user(&after, &old).await;
        assert_eq!(gone.trace[0], Event::Unopened, "its key was taken away");
        assert_eq!(user(&before, &new).await.trace[0], Event::Unopened);
    }
}

#[rocket::async_test]
async fn signed_is_readable_and_encrypted_is_not() {
    let app = App::on(sealed("signed", &[7])).await;
    let (alice_there, value) = alice(&app).await;
    let parts: Vec<&str> = value.split('.').collect();
    assert_eq!((parts.len(), parts[0], parts[2].len()), (3, "s2", 43));
    let json = BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["data"], json!({"user": "alice"}));
    let record = app.row(&alice_there).await.unwrap();
    for (name, expected) in [
        ("created", record.created),
        ("touched", record.touched),
        ("expires", record.expires),
    ] {
        assert_eq!(json[name], expected, "{name}");
    }
    let app = App::on(sealed("encrypted", &[7])).await;
    let (_, value) = alice(&app).await;
    let bytes = BASE64URL_NOPAD.decode(&value.as_bytes()[3..]).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("alice"));
    let (_, again) = alice(&app).await;
    assert_ne!(value[..35], again[..35], "each has a nonce of its own");
}

#[rocket::async_test]
async fn a_replayed_cookie_ends_by_both_limits() {
    let app = App::on(sealed("encrypted", &[7])).await;
    let (visitor, value) = alice(&app).await;
    app.clock.advance(14 * DAY - 1);
    assert_eq!(visitor.get("user").await, "alice");
    app.clock.advance(1);
    let answer = user(&app, &value).await;
    assert!(matches!(answer.trace[0], Event::Expired { .. }));
    assert!(answer.removes_the_cookie());
    app.clock.advance(13 * DAY);
    assert_eq!(visitor.get("user").await, "alice", "it was used in between");
    let value = visitor.cookie().unwrap();
    app.clock.advance(3 * DAY);
    let answer = user(&app, &value).await;
    assert!(matches!(answer.trace[0], Event::Expired { .. }));
}

#[rocket::async_test]
async fn a_later_limit_does_not_lengthen_what_was_sealed() {
    let strict = Setup::configured(json!({"idle": 60 * DAY, "absolute": 30 * DAY}));
    let strict = strict.on(sealed("signed", &[7])).await;
    let (_, value) = alice(&strict).await;
    let mild = Setup::configured(json!({"idle": 60 * DAY, "absolute": 90 * DAY}));
    let mild = mild.at_the_time_of(&strict);
    let mild = mild.on(sealed("signed", &[7])).await;
    strict.clock.advance(30 * DAY - 1);
    assert_eq!(user(&mild, &value).await.value(), "alice");
    strict.clock.advance(1);
    assert_eq!(user(&mild, &value).await.value(), Value::Null);
}

#[rocket::async_test]
async fn a_clock_that_goes_back_gives_back_no_more_than_it_took() {
    let app = App::on(sealed("encrypted", &[7])).await;
    let (_, value) = alice(&app).await;
    app.clock.advance(14 * DAY + HOUR);
    assert_eq!(user(&app, &value).await.value(), Value::Null);
    app.clock.advance(-HOUR);
    assert_eq!(user(&app, &value).await.value(), Value::Null);
    app.clock.advance(-1);
    assert_eq!(user(&app, &value).await.value(), "alice");
}

#[rocket::async_test]
async fn a_cookie_that_another_app_has_sealed_opens_nothing() {
    for seal in SEALS {
        let on = async |audience: &str| {
            let setup = Setup::configured(json!({ "audience": audience }));
            setup.on(sealed(seal, &[7])).await
        };
        let shop = on("shop").await;
        let (_, value) = alice(&shop).await;
        assert!(
            opens(&on("shop").await, &value).await,
            "one app's servers share it"
        );
        for other in ["board", "shop=", "=shop", "sho", "SHOP", ""] {
            let other = on(other).await;
            let answer = user(&other, &value).await;
            assert_eq!(answer.value(), Value::Null);
            assert!(answer.removes_the_cookie());
        }
        // Without the setting it is the program, which is no app of that name.
        assert!(!opens(&App::on(sealed(seal, &[7])).await, &value).await);
    }
}
