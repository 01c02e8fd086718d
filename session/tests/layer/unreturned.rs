//! Sessions whose IDs have not come back yet, and their first return.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use super::Fixture;
use super::expiry::{max_age, read};
use crate::common::app::{DAY, HOUR, START};
use crate::common::{App, Call, Setup};

pub async fn until_its_id_has_come_back_a_session_lives_a_day_and_a_strangers_an_hour(
    place: &dyn Fixture,
) {
    for (key, short) in [("a", HOUR), ("user", DAY)] {
        let app = App::on(place.open()).await;
        let (robot, late) = (app.browser(), app.browser());
        robot.set(key, "x").await;
        late.set(key, "x").await;
        assert_eq!(app.row(&robot).await.unwrap().expires, START + short);
        app.clock.advance(short - 1);
        assert_eq!(late.get(key).await, "x");
        assert_eq!(
            app.row(&late).await.unwrap().expires,
            START + short - 1 + 14 * DAY
        );
        app.clock.advance(1);
        assert_eq!(robot.get(key).await, Value::Null);
    }
}

pub async fn of_unreturned_strangers_the_oldest_makes_room(place: &dyn Fixture) {
    let settings = json!({"max_unreturned": 3});
    let app = Setup::configured(settings).on(place.open()).await;
    let [returned, robot, alice] = [app.browser(), app.browser(), app.browser()];
    returned.set("a", 1).await;
    returned.get("a").await;
    robot.set("a", 1).await;
    alice.set("user", "alice").await;
    let crowd: Vec<_> = (0..4).map(|_| app.browser()).collect();
    for (before, stranger) in crowd.iter().enumerate() {
        assert_eq!(app.row(&robot).await.is_some(), before < 3);
        stranger.set("a", 1).await;
    }
    assert_eq!(crowd[0].get("a").await, Value::Null);
    for kept in [&returned, &crowd[1], &crowd[2], &crowd[3]] {
        assert_eq!(kept.get("a").await, 1);
    }
    assert_eq!(alice.get("user").await, "alice");
}

pub async fn who_logs_in_after_an_update_of_the_same_request_is_no_stranger(place: &dyn Fixture) {
    let settings = json!({"max_unreturned": 1});
    let app = Setup::configured(settings).on(place.open()).await;
    let alice = app.browser();
    let answer = alice.view(Status::Ok, |session| {
        Box::pin(async {
            session.update("n", |n: &mut u64| *n += 1).await?;
            session.set("user", "alice")?;
            Ok(Value::Null)
        })
    });
    assert!(answer.await.cookie().is_some());
    assert_eq!(app.row(&alice).await.unwrap().expires, START + DAY);
    app.browser().set("a", 1).await;
    app.clock.advance(2 * HOUR);
    assert_eq!(alice.get("user").await, "alice");
}

pub async fn the_first_return_is_recorded_and_tells_the_browser_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    assert_eq!(max_age(&visitor.set("a", 1).await), Some(14 * DAY));
    app.calls();
    let answer = read(&visitor).await;
    assert_eq!(
        (answer.cookie(), answer.did(&Event::Touched)),
        (None, false)
    );
    assert_eq!(app.calls(), [Call::Load, Call::Touch]);
    assert_eq!(app.row(&visitor).await.unwrap().expires, START + 14 * DAY);
    app.calls();
    read(&visitor).await;
    assert_eq!(app.calls(), [Call::Load]);
}

pub async fn a_first_return_that_writes_needs_no_second_write(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.calls();
    visitor.set("a", 2).await;
    assert_eq!(app.calls(), app.needed([Call::Load, Call::Update]));
    assert_eq!(app.row(&visitor).await.unwrap().expires, START + 14 * DAY);
}
