//! Requests of one session that queue up behind one another: each is answered after its own change
//! is stored, in the order in which they came.

use std::collections::HashMap;

use rocket::tokio::select;
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::yield_now;
use rocket_session_layer::{Error, Expiry, Session};
use serde_json::{Value, json};

use super::queue_up::{of, queue_up, view};
use super::{Fixture, two_handles};
use crate::common::app::{HOUR, START};
use crate::common::errand::View;
use crate::common::{Answer, App, Browser, Call, Fault, Setup};

fn add_one(key: &'static str) -> View {
    view(move |session| {
        Box::pin(async move {
            let added = session.update(key, |n: &mut u64| {
                *n += 1;
                *n
            });
            Ok(added.await?.into())
        })
    })
}

fn at_its_end(change: impl FnOnce(&Session) -> Result<(), Error> + Send + 'static) -> View {
    view(|session| Box::pin(async { change(session).map(Value::from) }))
}

async fn nothing() {}

async fn visitor(app: &App) -> Browser<'_> {
    let visitor = app.browser();
    visitor.set("n", 0).await;
    visitor
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    answers.iter().map(|answer| answer.status.code).collect()
}

pub async fn each_is_answered_in_its_turn_and_all_count(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let views = (0..10).map(|_| add_one("n")).collect();
    let answers = queue_up(&app, of(&visitor, views), nothing()).await;
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!(counted, (1..=10).collect::<Vec<_>>());
    assert_eq!(app.row(&visitor).await.unwrap().version, 11);
    assert_eq!(app.data(&visitor).await, json!({"n": 10}));
}

pub async fn a_failure_of_the_store_is_told_to_all(place: &dyn Fixture) {
    for (fault, stored) in [(Fault::Fails, 0), (Fault::FailsAfter, 5)] {
        let app = App::on(place.open()).await;
        let visitor = visitor(&app).await;
        let views = (0..5).map(|_| add_one("n")).collect();
        let breaks = async { app.store().breaks(Call::Update, fault) };
        let answers = queue_up(&app, of(&visitor, views), breaks).await;
        assert_eq!(statuses(&answers), [503; 5]);
        app.store().heals();
        assert_eq!(app.data(&visitor).await, json!({ "n": stored }));
    }
}

pub async fn after_a_conflict_each_is_applied_anew(place: &dyn Fixture) {
    let (store, other) = two_handles(place);
    let app = App::on(store).await;
    let other = Setup::configured(json!({}))
        .at_the_time_of(&app)
        .on(other)
        .await;
    let visitor = visitor(&app).await;
    let elsewhere = visitor.at(&other.browser());
    let first = async {
        let mut stored = app.store().holds(Call::Update);
        let meddle = async {
            stored.reached().await;
            assert_eq!(elsewhere.add_one("n").await.value(), 2);
            stored.release();
        };
        meddle.await;
    };
    let views = (0..4).map(|_| add_one("n")).collect();
    let answers = queue_up(&app, of(&visitor, views), first).await;
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!(counted, [1, 3, 4, 5]);
    assert_eq!(app.data(&visitor).await, json!({"n": 5}));
}

pub async fn an_error_is_told_when_what_it_rests_on_is_stored(place: &dyn Fixture) {
    let write = || {
        view(|session| {
            Box::pin(async move {
                let written = session.update("text", |text: &mut String| text.push('a'));
                Ok(written.await?.into())
            })
        })
    };
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let views = || vec![add_one("n"), write(), add_one("text"), add_one("n")];
    let breaks = async { app.store().breaks(Call::Update, Fault::Fails) };
    let answers = queue_up(&app, of(&visitor, views()), breaks).await;
    assert_eq!(statuses(&answers), [503; 4]);
    app.store().heals();
    let answers = queue_up(&app, of(&visitor, views()), nothing()).await;
    assert_eq!(statuses(&answers), [200, 200, 500, 200]);
    assert_eq!(app.data(&visitor).await, json!({"n": 2, "text": "a"}));
}

pub async fn who_gives_up_takes_no_change_of_others_along(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let (give_up, given_up) = oneshot::channel::<()>();
    let impatient = view(|session| {
        Box::pin(async move {
            let add = session.update("n", |n: &mut u64| *n += 1);
            select! {
                biased;
                added = add => added.map(Value::from),
                _ = given_up => Ok("gave up".into()),
            }
        })
    });
    let views = vec![add_one("n"), impatient, add_one("n"), add_one("n")];
    let gives_up = async {
        let mut stored = app.store().holds(Call::Update);
        // Its change is being stored now.
        stored.reached().await;
        give_up.send(()).unwrap();
        yield_now().await;
        // Its call may be gone already, and needs no release.
        drop(stored);
    };
    let answers = queue_up(&app, of(&visitor, views), gives_up).await;
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!((&counted[0], &counted[1]), (&json!(1), &json!("gave up")));
    // A change that was given up may have been made or not; those that were answered were.
    let last = app.data(&visitor).await["n"].as_u64().unwrap();
    assert!((3..=4).contains(&last), "{last}");
    assert_eq!(counted[2..], [json!(last - 1), json!(last)]);
}

pub async fn a_view_that_panics_in_its_turn_takes_nobody_along(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let panics = view(|session| {
        Box::pin(async move {
            let fails = |_: &mut u64| panic!("this is part of the test");
            session.update("n", fails).await
        })
    });
    let views = vec![add_one("n"), add_one("n"), panics, add_one("n")];
    let answers = queue_up(&app, of(&visitor, views), nothing()).await;
    assert_eq!(statuses(&answers), [200, 200, 500, 200]);
    assert_eq!(app.data(&visitor).await, json!({"n": 3}));
}

pub async fn what_queued_up_before_an_end_is_stored_and_then_ended(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let flush = at_its_end(|session| {
        session.flush();
        Ok(())
    });
    let views = vec![
        add_one("n"),
        add_one("n"),
        add_one("n"),
        flush,
        add_one("n"),
    ];
    let answers = queue_up(&app, of(&visitor, views), nothing()).await;
    assert_eq!(statuses(&answers), [200, 200, 200, 200, 409]);
    assert!(answers[3].removes_the_cookie());
    assert!(app.row(&visitor).await.is_none());
}

pub async fn a_login_changes_the_lock_for_those_behind(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let lengthen = at_its_end(|session| {
        session.set_expiry(Expiry::At(START + HOUR))?;
        Ok(())
    });
    let views = vec![
        add_one("n"),
        lengthen,
        at_its_end(|session| session.set("user", "alice")),
        at_its_end(|session| session.set("b", 1)),
        add_one("n"),
    ];
    let answers = queue_up(&app, of(&visitor, views), nothing()).await;
    assert_eq!(statuses(&answers), [200, 200, 200, 409, 409]);
    let cookies: Vec<_> = answers[2..].iter().map(|a| a.cookie().is_some()).collect();
    assert_eq!(cookies, [true, false, false]);
    let row = app.row(&visitor).await.unwrap();
    assert_eq!(row.contents.expiry, Some(Expiry::At(START + HOUR)));
    assert_eq!(app.data(&visitor).await, json!({"n": 1, "user": "alice"}));
}

pub async fn two_sessions_in_one_queue_stay_apart(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let mut first_in = HashMap::new();
    let (one, other) = loop {
        let visitor = visitor(&app).await;
        let queue = visitor.locker().unwrap().number() % 1024;
        if let Some(first) = first_in.remove(&queue) {
            break (first, visitor);
        }
        first_in.insert(queue, visitor);
    };
    let turns = [&one, &one, &other, &other, &one, &other];
    let views = turns.map(|browser| (browser, add_one("n"))).into();
    let answers = queue_up(&app, views, nothing()).await;
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!(counted, [1, 2, 1, 2, 3, 3]);
    for browser in [&one, &other] {
        assert_eq!(app.data(browser).await, json!({"n": 3}));
    }
}
