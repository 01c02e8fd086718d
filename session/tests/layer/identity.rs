//! Identity: what a login, a logout and a change of user do to the session.

use rocket::http::Status;
use rocket_session_layer::{Error, Event, Expiry, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Browser, Setup};

async fn logged_in<'a>(app: &'a App, user: &'static str) -> Browser<'a> {
    let browser = app.browser();
    browser.set("user", user).await;
    browser
}

async fn log_out(browser: &Browser<'_>) {
    let answer = browser.does(|session| session.pop("user")).await;
    assert_ne!(answer.value(), Value::Null);
}

/// The row's `user` and `last_user`.
async fn named(app: &App, browser: &Browser<'_>) -> [Option<String>; 2] {
    let contents = app.row(browser).await.unwrap().contents;
    [contents.user, contents.last_user]
}

fn alice() -> Option<String> {
    Some("alice".to_owned())
}

pub async fn a_login_gives_the_session_a_new_id_and_keeps_its_row(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("cart", 1).await;
    let before = visitor.twin();
    let answer = visitor.set("user", "alice").await;
    assert_ne!(visitor.cookie(), before.cookie());
    assert_eq!(visitor.locker(), before.locker());
    assert!(answer.did(&Event::Rotated {
        locker: visitor.locker().unwrap()
    }));
    assert_eq!(named(&app, &visitor).await, [alice(), alice()]);
}

pub async fn a_planted_session_id_opens_nothing_after_the_login(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let mallory = app.browser();
    mallory.set("a", 1).await;
    let victim = mallory.twin();
    victim.set("user", "alice").await;
    assert_eq!(mallory.get("user").await, Value::Null);
    app.clock.advance(60);
    assert_eq!(mallory.get("user").await, Value::Null);
    assert_eq!(victim.get("user").await, "alice");
}

pub async fn the_same_user_logging_in_again_rotates_too(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    visitor.set("cart", 1).await;
    let before = visitor.cookie();
    visitor.set("user", "alice").await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(
        app.data(&visitor).await,
        json!({"cart": 1, "user": "alice"})
    );
}

pub async fn a_logout_by_pop_keeps_row_and_id_and_the_next_login_rotates(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    let before = visitor.cookie();
    log_out(&visitor).await;
    assert_eq!(visitor.cookie(), before);
    assert_eq!(named(&app, &visitor).await, [None, alice()]);
    visitor.set("user", "alice").await;
    assert_ne!(visitor.cookie(), before);
}

pub async fn a_login_that_is_not_to_rotate_keeps_its_id_and_begins_its_life_anew(
    place: &dyn Fixture,
) {
    let settings = json!({"rotate_at_login": false});
    let app = Setup::configured(settings).on(place.open()).await;
    let mallory = app.browser();
    mallory.set("a", 1).await;
    mallory.get("a").await;
    let victim = mallory.twin();
    app.clock.advance(60);
    let answer = victim.set("user", "alice").await;
    assert_eq!(victim.cookie(), mallory.cookie());
    let sent = answer.cookie().unwrap();
    assert!(sent.ends_with("; Max-Age=1209600"), "{sent}");
    let locker = victim.locker().unwrap();
    assert!(!answer.did(&Event::Rotated { locker }));
    assert_eq!(mallory.get("user").await, "alice");
    let row = app.row(&victim).await.unwrap();
    assert_eq!(
        (row.created, row.touched),
        (app.clock.now(), app.clock.now())
    );
    victim.set("user", "bob").await;
    assert_eq!(app.data(&victim).await, json!({"user": "bob"}));
}

pub async fn where_logins_do_not_rotate_the_app_can(place: &dyn Fixture) {
    let settings = json!({"rotate_at_login": false});
    let app = Setup::configured(settings).on(place.open()).await;
    let mallory = app.browser();
    mallory.set("cart", 1).await;
    let victim = mallory.twin();
    let log_in = |session: &Session| {
        session.set("user", "alice")?;
        session.rotate();
        Ok::<_, Error>(())
    };
    victim.visit(log_in).await;
    assert_ne!(victim.cookie(), mallory.cookie());
    assert_eq!(mallory.get("user").await, Value::Null);
    let kept = json!({"cart": 1, "user": "alice"});
    assert_eq!(app.data(&victim).await, kept);
}

pub async fn what_a_stranger_put_there_is_kept_at_the_login(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("cart", 1).await;
    visitor.set("user", "alice").await;
    assert_eq!(
        app.data(&visitor).await,
        json!({"cart": 1, "user": "alice"})
    );
}

pub async fn the_lifetime_that_another_user_chose_is_dropped_too(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    let until_closing = |session: &Session| session.set_expiry(Expiry::BrowserClose);
    visitor.visit(until_closing).await;
    visitor.set("user", "alice").await;
    let expiry = app.row(&visitor).await.unwrap().contents.expiry;
    assert_eq!(expiry, Some(Expiry::BrowserClose));
    visitor.set("user", "bob").await;
    assert_eq!(app.row(&visitor).await.unwrap().contents.expiry, None);
}

pub async fn what_another_user_left_is_dropped_at_the_login(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for pops in [false, true] {
        let visitor = logged_in(&app, "alice").await;
        visitor.set("cart", 1).await;
        if pops {
            log_out(&visitor).await;
        }
        visitor.set("user", "bob").await;
        assert_eq!(app.data(&visitor).await, json!({"user": "bob"}));
        assert_eq!(
            named(&app, &visitor).await,
            [Some("bob".to_owned()), Some("bob".to_owned())]
        );
    }
}

pub async fn what_was_added_after_the_logout_is_still_the_first_users(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    log_out(&visitor).await;
    visitor.set("cart", 1).await;
    visitor.set("user", "alice").await;
    assert_eq!(
        app.data(&visitor).await,
        json!({"cart": 1, "user": "alice"})
    );
    visitor.set("user", "bob").await;
    assert_eq!(app.data(&visitor).await, json!({"user": "bob"}));
}

pub async fn the_view_of_a_login_no_longer_sees_what_it_dropped(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    visitor.set("cart", 1).await;
    let answer = visitor
        .visit(|session| {
            session.set("early", 1)?;
            session.set("user", "bob")?;
            session.set("late", 1)?;
            Ok(["cart", "early", "late"].map(|key| session.has(key)))
        })
        .await;
    assert_eq!(answer.value(), json!([false, false, true]));
    assert_eq!(app.data(&visitor).await, json!({"late": 1, "user": "bob"}));
}

pub async fn of_two_logins_in_one_request_the_last_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor
        .visit(|session| {
            session.set("user", "alice")?;
            session.set("a", 1)?;
            session.set("user", "bob")
        })
        .await;
    assert_eq!(app.data(&visitor).await, json!({"user": "bob"}));
}

pub async fn a_login_and_a_logout_in_one_request_leave_nobody_logged_in(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let before = visitor.cookie();
    visitor
        .visit(|session| {
            session.set("user", "alice")?;
            Ok(session.pop("user"))
        })
        .await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(named(&app, &visitor).await, [None, alice()]);
}

pub async fn clear_forgets_whose_data_it_was(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    visitor.does(|session| session.clear()).await;
    assert_eq!(named(&app, &visitor).await, [None, None]);
    visitor.set("cart", 1).await;
    visitor.set("user", "bob").await;
    assert_eq!(app.data(&visitor).await, json!({"cart": 1, "user": "bob"}));
}

pub async fn a_user_is_named_by_a_text_or_a_whole_number(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for (value, name) in [
        (json!("앨리스"), "앨리스"),
        (json!(7), "7"),
        (json!(-7), "-7"),
        (json!(u64::MAX), "18446744073709551615"),
    ] {
        let visitor = app.browser();
        visitor.set("user", value.clone()).await;
        assert_eq!(visitor.get("user").await, value);
        assert_eq!(named(&app, &visitor).await[0].as_deref(), Some(name));
    }
}

pub async fn a_number_and_its_text_name_the_same_user(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", 7).await;
    visitor.set("cart", 1).await;
    visitor.set("user", "7").await;
    assert_eq!(app.data(&visitor).await, json!({"cart": 1, "user": "7"}));
    visitor.set("user", 8).await;
    assert_eq!(app.data(&visitor).await, json!({"user": 8}));
}

pub async fn a_user_of_another_type_is_an_error_and_changes_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = logged_in(&app, "alice").await;
    let before = visitor.cookie();
    for value in [
        json!(null),
        json!(""),
        json!("ali\u{0}ce"),
        json!(true),
        json!(1.0),
        json!(["alice"]),
        json!({"id": 7}),
    ] {
        // Judged out here: a panic in the view would be a 500 as well.
        let again = value.clone();
        let failed = visitor.visit(move |session: &Session| {
            let failed = session.set("user", again);
            Ok(matches!(failed, Err(Error::NotAnIdentity { .. })))
        });
        assert_eq!(failed.await.value(), true, "{value}");
        let answer = visitor.visit(|session| session.set("user", value)).await;
        assert_eq!(answer.status, Status::InternalServerError);
    }
    assert_eq!(visitor.cookie(), before);
    assert_eq!(app.data(&visitor).await, json!({"user": "alice"}));
}

pub async fn another_key_can_say_who_it_is(place: &dyn Fixture) {
    let settings = json!({"identity_key": "member"});
    let app = Setup::configured(settings).on(place.open()).await;
    let visitor = app.browser();
    visitor.set("user", json!(["anything"])).await;
    let before = visitor.id();
    visitor.add_one("n").await;
    assert_eq!(visitor.id(), before);
    let before = visitor.cookie();
    visitor.set("member", "alice").await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(named(&app, &visitor).await[0], alice());
}

pub async fn without_an_identity_key_no_key_is_special(place: &dyn Fixture) {
    let settings = json!({"identity_key": ""});
    let app = Setup::configured(settings).on(place.open()).await;
    let visitor = app.browser();
    visitor.set("", json!([1])).await;
    let before = visitor.id();
    visitor.set("user", "alice").await;
    visitor.set("user", "bob").await;
    assert_eq!(visitor.id(), before);
    assert_eq!(named(&app, &visitor).await, [None, None]);
    assert_eq!(app.data(&visitor).await, json!({"": [1], "user": "bob"}));
}
