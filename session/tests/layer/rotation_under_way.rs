//! Requests that are under way while another one rotates.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::{Value, json};

use super::Fixture;
use super::rotation::{is_told_to_reload, two_tabs};
use crate::common::App;
use crate::common::app::MINUTE;

pub async fn with_the_same_identity_a_write_under_way_is_applied_without_a_cookie(
    place: &dyn Fixture,
) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    app.clock.advance(5 * MINUTE);
    let rotate = fast.visit(|session| {
        session.rotate();
        session.set("fast", 1)
    });
    let (answer, _) = slow
        .visit_while(|_| Ok(()), rotate, |session| session.set("slow", 1))
        .await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
    assert_eq!(
        app.data(&fast).await,
        json!({"fast": 1, "slow": 1, "user": "alice"})
    );
    assert_eq!(fast.get("slow").await, 1);
}

pub async fn a_new_login_of_the_same_user_does_not_disturb_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let login = fast.set("user", "alice");
    let (answer, _) = slow
        .visit_while(|_| Ok(()), login, |session| session.set("slow", 1))
        .await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
    assert_eq!(fast.get("slow").await, 1);
}

pub async fn with_another_identity_it_is_dropped_and_told_to_reload(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let login = fast.set("user", "bob");
    let (answer, _) = slow
        .visit_while(|_| Ok(()), login, |session| session.set("slow", 1))
        .await;
    assert!(is_told_to_reload(&answer), "{answer:?}");
    assert_eq!(app.data(&fast).await, json!({"user": "bob"}));
    assert_eq!(fast.get("user").await, "bob");
}

pub async fn a_strangers_write_does_not_go_into_the_session_of_who_logs_in(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let slow = app.browser();
    slow.set("a", 1).await;
    let fast = slow.twin();
    let login = fast.set("user", "alice");
    let (answer, _) = slow
        .visit_while(|_| Ok(()), login, |session| session.set("a", 2))
        .await;
    assert!(is_told_to_reload(&answer), "{answer:?}");
    assert_eq!(app.data(&fast).await, json!({"a": 1, "user": "alice"}));
}

pub async fn a_request_under_way_never_sees_later_data(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let login = fast.visit(|session| {
        session.set("user", "bob")?;
        session.set("letter", "for bob")
    });
    let read = |session: &rocket_session_layer::Session| {
        Ok((
            session.get::<String>("user")?,
            session.get::<String>("letter")?,
        ))
    };
    let (answer, _) = slow.visit_while(|_| Ok(()), login, read).await;
    assert_eq!(
        (answer.value(), answer.cookie()),
        (json!(["alice", null]), None)
    );
}

pub async fn an_update_under_way_is_told_to_reload(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    fast.add_one("n").await;
    let (enter, entered) = rocket::tokio::sync::oneshot::channel();
    let (release, released) = rocket::tokio::sync::oneshot::channel();
    let visit = slow.view(Status::Ok, |session| {
        Box::pin(async move {
            enter.send(()).unwrap();
            released.await.unwrap();
            Ok(session.update("n", |n: &mut u64| *n + 1).await?.into())
        })
    });
    let rotate = async {
        entered.await.unwrap();
        fast.does(|session| session.rotate()).await;
        release.send(()).unwrap();
    };
    let (answer, ()) = rocket::tokio::join!(visit, rotate);
    assert!(is_told_to_reload(&answer), "{answer:?}");
    assert!(
        answer
            .trace
            .iter()
            .any(|event| matches!(event, Event::Failed { .. }))
    );
    assert_eq!(fast.get("n").await, 1);
}

pub async fn of_two_rotations_at_once_one_is_made(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let rotate = fast.does(|session| session.rotate());
    let again = |session: &rocket_session_layer::Session| {
        session.rotate();
        Ok(())
    };
    let (answer, _) = slow.visit_while(|_| Ok(()), rotate, again).await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
    assert_eq!(fast.get("user").await, "alice");
}

pub async fn a_flush_under_way_ends_the_session_without_a_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let flush = |session: &rocket_session_layer::Session| {
        session.flush();
        Ok(())
    };
    let rotate = fast.does(|session| session.rotate());
    let (answer, _) = slow.visit_while(|_| Ok(()), rotate, flush).await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
    assert!(app.row(&fast).await.is_none());
}

pub async fn a_new_session_under_way_is_not_begun_without_its_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let begin_anew = |session: &rocket_session_layer::Session| {
        session.flush();
        session.set("a", 1)
    };
    let rotate = fast.does(|session| session.rotate());
    let (answer, _) = slow.visit_while(|_| Ok(()), rotate, begin_anew).await;
    assert!(is_told_to_reload(&answer), "{answer:?}");
    assert_eq!(app.data(&fast).await, json!({"user": "alice"}));
}

pub async fn a_read_under_way_that_would_extend_sends_no_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    app.clock.advance(5 * MINUTE);
    let rotate = fast.does(|session| session.rotate());
    let read = |session: &rocket_session_layer::Session| session.get::<Value>("user");
    let (answer, _) = slow.visit_while(|_| Ok(()), rotate, read).await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
}

pub async fn a_cookie_that_was_due_before_is_not_sent_after(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for user in ["alice", "bob"] {
        let (slow, fast) = two_tabs(&app).await;
        app.clock.advance(5 * MINUTE);
        let (enter, entered) = rocket::tokio::sync::oneshot::channel();
        let (release, released) = rocket::tokio::sync::oneshot::channel();
        let visit = slow.view(Status::Ok, |session| {
            Box::pin(async move {
                session.update("n", |n: &mut u64| *n += 1).await?;
                enter.send(()).unwrap();
                released.await.unwrap();
                session.set("a", 1)?;
                Ok(Value::Null)
            })
        });
        let login = async {
            entered.await.unwrap();
            fast.set("user", user).await;
            release.send(()).unwrap();
        };
        let (answer, ()) = rocket::tokio::join!(visit, login);
        assert_eq!(
            answer.cookie(),
            None,
            "it would lock the browser out of {user}'s session"
        );
    }
}

pub async fn a_write_under_way_at_a_logout_stays_with_its_owner(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (slow, fast) = two_tabs(&app).await;
    let logout = fast.does(|session| session.pop("user"));
    let (answer, _) = slow
        .visit_while(|_| Ok(()), logout, |session| session.set("slow", 1))
        .await;
    assert_eq!(answer.status, Status::Ok);
    assert_eq!(app.data(&fast).await, json!({"slow": 1}));
    fast.set("user", "bob").await;
    assert_eq!(app.data(&fast).await, json!({"user": "bob"}));
}
