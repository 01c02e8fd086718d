//! Error pages, and the changes that they commit or drop.

use rocket::http::Status;
use rocket_session_layer::{Event, Session};
use serde_json::{Value, json};

use super::Fixture;
use super::failures::alice;
use crate::common::App;

pub async fn an_error_of_the_server_commits_nothing_that_is_pending(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    for status in [
        Status::InternalServerError,
        Status::BadGateway,
        Status::ServiceUnavailable,
    ] {
        let answers = [
            alice
                .visit_ending(status, |session| session.set("a", 1))
                .await,
            alice
                .visit_ending(status, |session| session.set("user", "bob"))
                .await,
            alice
                .visit_ending(status, |session| {
                    session.rotate();
                    Ok(())
                })
                .await,
            alice
                .visit_ending(status, |session| {
                    session.flush();
                    Ok(())
                })
                .await,
        ];
        for answer in answers {
            assert_eq!((answer.status, answer.cookie()), (status, None));
            assert!(answer.did(&Event::Dropped));
        }
        let stranger = app
            .browser()
            .visit_ending(status, |session| session.set("a", 1))
            .await;
        assert_eq!(stranger.cookie(), None);
        let made_up = format!("{}.{}", "0".repeat(13), "A".repeat(43));
        let unknown = app.browser().with_cookie(Some(made_up));
        let answer = unknown
            .visit_ending(status, |session| session.get::<Value>("a"))
            .await;
        assert!(matches!(answer.trace[0], Event::Unknown { .. }));
        assert_eq!(answer.cookie(), None, "no removal either");
    }
    assert_eq!(alice.get("user").await, "alice");
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
}

pub async fn an_error_of_the_visitor_commits_everything(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for status in [
        Status::SeeOther,
        Status::NotFound,
        Status::UnprocessableEntity,
        Status::new(499),
    ] {
        let visitor = app.browser();
        visitor
            .visit_ending(status, |session| session.set("a", 1))
            .await;
        assert_eq!(visitor.get("a").await, 1, "{status}");
    }
}

pub async fn a_view_that_its_session_has_refused_leaves_nothing_half_done(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let half = |session: &Session| {
        session.set("half", 1)?;
        session.set("large", "x".repeat(100_000))
    };
    let answer = visitor.visit(half).await;
    assert_eq!(answer.status, Status::PayloadTooLarge);
    assert!(answer.did(&Event::Dropped));
    for status in [
        Status::BadRequest,
        Status::UnprocessableEntity,
        Status::Conflict,
    ] {
        let ignored = move |session: &Session| {
            let _ = half(session);
            Ok(())
        };
        visitor.visit_ending(status, ignored).await;
        let misread = |session: &Session| {
            session.set("half", 1)?;
            let _ = session.get::<Vec<u8>>("a");
            Ok(())
        };
        visitor.visit_ending(status, misread).await;
    }
    assert_eq!(app.data(&visitor).await, json!({"a": 1}));
    // A view that has dealt with it and answers as if nothing was wrong means what it has set.
    let answer = visitor
        .visit(move |session| Ok(half(session).is_err()))
        .await;
    assert_eq!(answer.value(), true);
    assert_eq!(app.data(&visitor).await, json!({"a": 1, "half": 1}));
}

pub async fn behind_the_layers_fairing_nothing_can_be_set(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    // The first view has asked for its session, the second has not.
    for path in ["/moved?late", "/plain?late"] {
        let answer = visitor.open(path).await;
        let late = answer.headers("Late");
        assert_eq!(
            late,
            ["Err(TooLate) None Err(TooLate) Err(TooLate)"],
            "{path}"
        );
        assert_eq!(app.data(&visitor).await, json!({"a": 1}), "{path}");
        let stranger = app.browser();
        assert_eq!(stranger.open(path).await.headers("Late"), late, "{path}");
    }
}
