//! Sessions outside a request: begun for an app's tests, changed by its jobs.

use std::time::Duration;

use rocket_session_layer::{Error, Event, Expiry, Session};
use serde_json::{Value, json};

use super::Fixture;
use super::expiry::{max_age, read, visitor};
use crate::common::app::{DAY, HOUR, MINUTE, START};
use crate::common::samples::locker;
use crate::common::{App, Browser, Call, Fault};

async fn alice(app: &App) -> Browser<'_> {
    let alice = app.browser();
    alice.set("user", "alice").await;
    assert_eq!(alice.get("user").await, "alice");
    app.calls();
    alice
}

/// Changes this browser's session as a job does.
async fn change<T>(
    app: &App,
    browser: &Browser<'_>,
    change: impl FnOnce(&Session) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    app.layer().change(browser.locker().unwrap(), change).await
}

pub async fn a_job_changes_a_live_session_in_one_step(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let changed = change(&app, &alice, |session| {
        let user: Option<String> = session.get("user")?;
        session.set("notice", "on its way")?;
        session.set("n", 1)?;
        Ok(user)
    });
    let user = changed.await.unwrap().unwrap();
    assert_eq!(user.as_deref(), Some("alice"));
    assert_eq!(app.calls(), [Call::Load, Call::Update]);
    let data = json!({"n": 1, "notice": "on its way", "user": "alice"});
    assert_eq!(app.data(&alice).await, data);
    assert_eq!(alice.get("notice").await, "on its way");
}

pub async fn a_job_that_only_looks_writes_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    app.clock.advance(DAY);
    let seen = change(&app, &alice, |session| session.get::<String>("user")).await;
    assert_eq!(seen.unwrap().unwrap().as_deref(), Some("alice"));
    assert_eq!(app.calls(), [Call::Load]);
}

pub async fn a_job_can_log_out_and_end_a_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let popped = change(&app, &alice, |session| Ok(session.pop("user"))).await;
    assert_eq!(popped.unwrap().unwrap(), Some(json!("alice")));
    assert_eq!(alice.get("user").await, Value::Null);
    assert_eq!(app.layer().sessions_of("alice").await.unwrap().len(), 0);
    let ended = change(&app, &alice, |session| {
        session.flush();
        Ok(())
    });
    assert!(ended.await.unwrap().is_some());
    assert!(app.row(&alice).await.is_none());
    let answer = alice.visit(|_| Ok(())).await;
    assert!(answer.removes_the_cookie());
}

pub async fn there_is_nothing_to_change_in_a_session_that_is_gone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let unreached = |_: &Session| -> Result<(), Error> { panic!("it should not be asked") };
    let unknown = app.layer().change(locker(1), unreached).await;
    assert!(unknown.unwrap().is_none());
    let alice = alice(&app).await;
    app.clock.advance(14 * DAY);
    let expired = change(&app, &alice, unreached).await;
    assert!(expired.unwrap().is_none());
    assert_eq!(app.calls(), [Call::Load]);
}

pub async fn a_session_that_ends_before_the_job_is_done_is_not_revived(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let mut held = app.store().holds(Call::Update);
    let ends = async {
        held.reached().await;
        let ended = app.layer().end_sessions("alice", None).await;
        assert_eq!(ended.unwrap(), 1);
        held.release();
    };
    let job = change(&app, &alice, |session| session.set("n", 1));
    let (changed, ()) = rocket::tokio::join!(job, ends);
    assert!(changed.unwrap().is_none());
    assert!(app.row(&alice).await.is_none());
}

pub async fn a_job_that_meets_a_faster_request_is_applied_to_what_that_left(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let job = app
        .layer()
        .change(alice.locker().unwrap(), |session| session.set("job", 1));
    let job = async {
        let mut held = app.store().holds_the_answer(Call::Load);
        let meanwhile = async {
            held.reached().await;
            alice.set("request", 1).await;
            held.release();
        };
        rocket::tokio::join!(job, meanwhile).0
    };
    assert!(job.await.unwrap().is_some());
    let data = json!({"job": 1, "request": 1, "user": "alice"});
    assert_eq!(app.data(&alice).await, data);
}

pub async fn an_error_of_the_job_changes_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let failed = change(&app, &alice, |session| {
        session.set("n", 1)?;
        session.get::<u32>("user")
    });
    assert!(matches!(failed.await, Err(Error::OtherType { .. })));
    assert_eq!(app.calls(), [Call::Load]);
    app.store().breaks(Call::Update, Fault::Fails);
    let failed = change(&app, &alice, |session| session.set("n", 1)).await;
    assert!(matches!(failed, Err(Error::Store(_))));
    app.store().heals();
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
}

pub async fn a_job_that_needs_a_new_session_id_is_refused(place: &dyn Fixture) {
    type Change = fn(&Session) -> Result<(), Error>;
    let app = App::on(place.open()).await;
    let alice = alice(&app).await;
    let changes: [Change; 4] = [
        |session| {
            session.set("n", 1)?;
            session.rotate();
            Ok(())
        },
        |session| session.set("user", "bob"),
        |session| session.set("user", "alice"),
        |session| {
            session.flush();
            session.set("n", 1)
        },
    ];
    for job in changes {
        let refused = change(&app, &alice, job).await;
        assert!(matches!(refused, Err(Error::OutsideRequest)));
        assert_eq!(app.calls(), [Call::Load]);
    }
    assert_eq!(app.data(&alice).await, json!({"user": "alice"}));
    assert_eq!(alice.get("user").await, "alice");
}

pub async fn a_job_counts_as_no_use_and_leaves_the_cookie_alone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    let (cookie, before) = (visitor.cookie(), app.row(&visitor).await.unwrap());
    for _ in 0..3 {
        app.clock.advance(4 * DAY);
        let changed = change(&app, &visitor, |session| session.set("job", 1)).await;
        assert!(changed.unwrap().is_some());
        let after = app.row(&visitor).await.unwrap();
        assert_eq!(after.touched, before.touched);
        assert_eq!(after.expires, before.expires);
    }
    // Told as if the job had never been there: it is a new twentieth of the two weeks.
    let answer = read(&visitor).await;
    assert_eq!(answer.value(), 1);
    assert_eq!(max_age(&answer), Some(14 * DAY));
    assert_eq!(visitor.cookie(), cookie);
    app.clock.advance(14 * DAY - 1);
    change(&app, &visitor, |session| session.set("job", 2))
        .await
        .unwrap();
    app.clock.advance(1);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_job_before_the_first_return_is_not_taken_for_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.clock.advance(HOUR - 1);
    change(&app, &visitor, |session| session.set("job", 1))
        .await
        .unwrap();
    let record = app.row(&visitor).await.unwrap();
    assert_eq!((record.touched, record.expires), (START, START + HOUR));
    let answer = read(&visitor).await;
    assert!(answer.did(&Event::Returned), "{:?}", answer.trace);
    assert_eq!(
        app.row(&visitor).await.unwrap().expires,
        START + HOUR - 1 + 14 * DAY
    );
}

pub async fn a_lifetime_that_a_job_sets_counts_from_the_last_use(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = visitor(&app).await;
    app.clock.advance(10 * MINUTE);
    let hour = Expiry::After(Duration::from_secs(HOUR as u64));
    let changed = change(&app, &visitor, |session| {
        session.set_expiry(hour)?;
        Ok(())
    });
    assert!(changed.await.unwrap().is_some());
    let record = app.row(&visitor).await.unwrap();
    assert_eq!((record.touched, record.expires), (START, START + HOUR));
    app.clock.advance(50 * MINUTE);
    assert_eq!(visitor.get("a").await, Value::Null);
}

pub async fn a_longer_lifetime_that_a_job_sets_waits_for_the_first_return(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (returned, unseen) = (visitor(&app).await, app.browser());
    unseen.set("a", 1).await;
    let lasting = Expiry::After(Duration::from_secs(20 * DAY as u64));
    for (browser, end) in [(&returned, 20 * DAY), (&unseen, HOUR)] {
        let changed = change(&app, browser, |session| {
            session.set_expiry(lasting)?;
            Ok(())
        });
        assert!(changed.await.unwrap().is_some());
        assert_eq!(app.row(browser).await.unwrap().expires, START + end);
    }
    assert_eq!(unseen.get("a").await, 1);
    assert_eq!(app.row(&unseen).await.unwrap().expires, START + 20 * DAY);
}
