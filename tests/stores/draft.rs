//! Requests that queue up behind one another share a commit: one for all, and what it comes to is
//! told to each of them.

use std::collections::HashMap;

use rocket::futures::future::{BoxFuture, join, join_all};
use rocket::http::Status;
use rocket::tokio::sync::oneshot;
use rocket::tokio::task::yield_now;
use rocket::tokio::{self, select};
use serde_json::{Value, json};
use session_lessons::session::{Error, Event, Expiry, Session};

use super::{Fixture, two_handles};
use crate::common::app::{HOUR, START, View};
use crate::common::{Answer, App, Browser, Call, Fault, Setup};

fn view(
    change: impl for<'s> FnOnce(&'s Session) -> BoxFuture<'s, Result<Value, Error>> + Send + 'static,
) -> View {
    Box::new(change)
}

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

/// Sends all of these at once. While the first is being stored, the others queue up behind it in
/// this order; then they go on, and so does `meanwhile`.
async fn queue_up<'a>(
    app: &'a App,
    views: Vec<(&Browser<'a>, View)>,
    meanwhile: impl Future<Output = ()>,
) -> Vec<Answer> {
    let (mut entered, mut go) = (Vec::new(), Vec::new());
    let request = |(browser, then): (&Browser<'a>, View)| {
        let (enter, was_entered) = oneshot::channel();
        let (let_go, may_go) = oneshot::channel::<()>();
        entered.push(was_entered);
        go.push(let_go);
        let held = view(|session| {
            Box::pin(async move {
                enter.send(()).unwrap();
                may_go.await.unwrap();
                then(session).await
            })
        });
        let tab = browser.twin();
        async move { tab.view(Status::Ok, held).await }
    };
    let requests: Vec<_> = views.into_iter().map(request).collect();
    let order = async {
        for entered in entered {
            entered.await.unwrap();
        }
        app.store.calls();
        let mut stored = app.store.holds(Call::Update);
        let mut go = go.into_iter();
        go.next().unwrap().send(()).unwrap();
        stored.reached().await;
        for go in go {
            go.send(()).unwrap();
            // All requests are part of this task, and before it: now they run until they wait.
            yield_now().await;
        }
        tokio::join!(meanwhile, async { stored.release() });
    };
    join(join_all(requests), order).await.0
}

fn of<'a, 'b>(browser: &'a Browser<'b>, views: Vec<View>) -> Vec<(&'a Browser<'b>, View)> {
    views.into_iter().map(|view| (browser, view)).collect()
}

async fn nothing() {}

async fn visitor(app: &App) -> Browser<'_> {
    let visitor = app.browser();
    visitor.set("n", 0).await;
    visitor
}

/// How each was answered, and how often it was tried.
fn told(answers: &[Answer]) -> Vec<(u16, Option<u32>)> {
    let tries = |event: &Event| match event {
        Event::Committed { tries, .. } => Some(*tries),
        _ => None,
    };
    let told = |answer: &Answer| {
        let tries = answer.account.iter().find_map(tries);
        (answer.status.code, tries)
    };
    answers.iter().map(told).collect()
}

pub async fn those_that_queue_up_share_one_commit(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let views = (0..10).map(|_| add_one("n")).collect();
    let answers = queue_up(&app, of(&visitor, views), nothing()).await;
    assert_eq!(app.store.calls(), [Call::Update, Call::Load, Call::Update]);
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!(counted, (1..=10).collect::<Vec<_>>());
    assert_eq!(app.row(&visitor).await.unwrap().version, 11);
    assert_eq!(app.data(&visitor).await, json!({"n": 10}));
}

pub async fn what_becomes_of_it_is_told_to_all(place: &dyn Fixture) {
    for (fault, stored) in [(Fault::Fails, 0), (Fault::FailsAfter, 2)] {
        let app = App::on(place.open()).await;
        let visitor = visitor(&app).await;
        let views = (0..5).map(|_| add_one("n")).collect();
        let breaks = async { app.store.breaks(Call::Update, fault) };
        let answers = queue_up(&app, of(&visitor, views), breaks).await;
        assert_eq!(told(&answers), [(503, None); 5]);
        let updates = app.store.calls();
        assert_eq!(updates, [Call::Update, Call::Load, Call::Update]);
        app.store.heals();
        // Of the first alone, and of the other four together.
        let n = app.data(&visitor).await["n"].as_u64();
        assert_eq!(n, Some([0, 5][stored / 2]));
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
        let mut stored = app.store.holds(Call::Update);
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
    assert_eq!(
        told(&answers),
        [
            (200, Some(1)),
            (200, Some(2)),
            (200, Some(2)),
            (200, Some(2))
        ]
    );
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
    let breaks = async { app.store.breaks(Call::Update, Fault::Fails) };
    let answers = queue_up(&app, of(&visitor, views()), breaks).await;
    assert_eq!(told(&answers), [(503, None); 4]);
    app.store.heals();
    let answers = queue_up(&app, of(&visitor, views()), nothing()).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.code).collect();
    assert_eq!(statuses, [200, 200, 500, 200]);
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
        let mut stored = app.store.holds(Call::Update);
        // The first in the draft that is being stored by now.
        stored.reached().await;
        give_up.send(()).unwrap();
        yield_now().await;
        stored.release();
    };
    let answers = queue_up(&app, of(&visitor, views), gives_up).await;
    let counted: Vec<_> = answers.iter().map(Answer::value).collect();
    assert_eq!(counted, [json!(1), json!("gave up"), json!(3), json!(4)]);
    assert_eq!(app.data(&visitor).await, json!({"n": 4}));
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
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.code).collect();
    assert_eq!(statuses, [200, 200, 500, 200]);
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
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.code).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 409]);
    assert!(answers[3].removes_the_cookie());
    let calls = app.store.calls();
    let is_change = |call: &Call| matches!(call, Call::Update | Call::Delete);
    let changes: Vec<_> = calls.into_iter().filter(is_change).collect();
    assert_eq!(changes, [Call::Update, Call::Update, Call::Delete]);
    assert!(app.row(&visitor).await.is_none());
}

pub async fn a_login_in_it_changes_the_lock_for_those_behind(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let lengthen = at_its_end(|session| {
        session.set_expiry(Expiry::At(START + HOUR));
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
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.code).collect();
    assert_eq!(statuses, [200, 200, 200, 409, 409]);
    // With its new lifetime the old session ID could reach the browser after the new one.
    let cookies: Vec<_> = answers[1..].iter().map(|a| a.cookie().is_some()).collect();
    assert_eq!(cookies, [false, true, false, false]);
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
