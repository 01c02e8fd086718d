//! A request that saves meets one that ends the session, in every order there is.

use std::sync::Arc;

use rocket::http::Status;
use rocket::tokio::{join, sync::Notify};
use rocket_session_layer::{Error, Event, Expiry, Session};
use serde_json::Value;

use super::Fixture;
use crate::common::{Answer, App, Browser, Call};

/// Orders in which two requests can pass each other: S finds its session and s commits, and so do E
/// and e.
const ORDERS: [&str; 6] = ["SsEe", "SEse", "SEes", "ESse", "ESes", "EeSs"];

/// A gate at which a request waits until it is told to go on.
#[derive(Clone, Default)]
struct Gate(Arc<[Notify; 4]>);

impl Gate {
    /// Waits to be let in.
    async fn enter(&self) {
        self.0[0].notified().await;
    }

    /// Says that it is in, and waits to be let out.
    async fn stay(&self) {
        self.0[1].notify_one();
        self.0[2].notified().await;
    }

    /// Says that it is out.
    fn leave(&self) {
        self.0[3].notify_one();
    }

    async fn let_in(&self) {
        self.0[0].notify_one();
        self.0[1].notified().await;
    }

    async fn let_out(&self) {
        self.0[2].notify_one();
        self.0[3].notified().await;
    }
}

async fn save(session: &Session, kind: usize) -> Result<Value, Error> {
    match kind {
        0 => session.set("a", 1)?,
        1 => session.set("user", "alice")?,
        2 => drop(session.pop("a")),
        3 => session.rotate(),
        4 => session.set_expiry(Expiry::BrowserClose)?,
        5 => session.update("n", |n: &mut u64| *n += 1).await?,
        6 => session.set("b", 1).and(session.set("c", 2))?,
        _ => session.get::<Value>("a").map(|_| ())?,
    }
    Ok(Value::Null)
}

async fn a_save(browser: &Browser<'_>, kind: usize, gate: Gate) -> Answer {
    gate.enter().await;
    let inside = gate.clone();
    let view = browser.view(Status::Ok, move |session| {
        Box::pin(async move {
            inside.stay().await;
            save(session, kind).await
        })
    });
    let answer = view.await;
    gate.leave();
    answer
}

/// Ends the session: by a request of its own, from a list of the user's, or with all of them.
async fn an_end(app: &App, browser: &Browser<'_>, kind: usize, gate: Gate) {
    gate.enter().await;
    let inside = gate.clone();
    let locker = browser.locker().unwrap();
    match kind {
        0 => {
            let view = browser.view(Status::Ok, |session| {
                Box::pin(async move {
                    inside.stay().await;
                    session.flush();
                    Ok(Value::Null)
                })
            });
            assert_eq!(view.await.status, Status::Ok);
        }
        1 => {
            inside.stay().await;
            app.layer().end_session("alice", locker).await.unwrap();
        }
        _ => {
            inside.stay().await;
            app.layer().end_sessions("alice", None).await.unwrap();
        }
    }
    gate.leave();
}

pub async fn in_a_thousand_meetings_with_a_logout_no_save_revives_a_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    for round in 0..1_000 {
        let (order, saves, ends) = (ORDERS[round % 6], round / 6 % 8, round / 48 % 3);
        let visitor = app.browser();
        visitor
            .visit(|session| session.set("a", 0).and(session.set("user", "alice")))
            .await;
        let before = visitor.twin();
        let [save, end] = <[Gate; 2]>::default();
        let conduct = async {
            for step in order.chars() {
                match step {
                    'S' => save.let_in().await,
                    's' => save.let_out().await,
                    'E' => end.let_in().await,
                    _ => end.let_out().await,
                }
            }
        };
        let one = a_save(&visitor, saves, save.clone());
        let other = an_end(&app, &visitor, ends, end.clone());
        let (saved, (), ()) = join!(one, other, conduct);
        let case = format!("{order}, save {saves}, end {ends}: {saved:?}");
        assert!(app.row(&before).await.is_none(), "{case}");
        // Late, it finds no session or has lost it. It may remove the cookie, but brings none. A
        // stranger who sets something begins a session of their own, and so does a login.
        if !saved_first(order) && order != "EeSs" {
            assert_eq!(saved.cookie().is_some(), saves == 1, "{case}");
        }
        assert_eq!(before.get("user").await, Value::Null, "{case}");
    }
}

fn saved_first(order: &str) -> bool {
    order.find('s') < order.find('e')
}

pub async fn a_view_that_goes_on_after_a_logout_elsewhere_begins_no_session(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let alice = app.browser();
    alice.set("user", "alice").await;
    app.calls();
    let layer = app.layer().clone();
    let answer = alice.view(Status::Ok, |session| {
        Box::pin(async move {
            session.set("a", 1)?;
            layer.end_sessions("alice", None).await?;
            for _ in 0..2 {
                let late = session.update("n", |n: &mut u64| *n += 1).await;
                assert!(matches!(late, Err(Error::Ended)));
                session.set("b", 2)?;
            }
            Ok(Value::Null)
        })
    });
    let answer = answer.await;
    assert_eq!((answer.status, answer.cookie()), (Status::Conflict, None));
    assert!(answer.did(&Event::Vanished));
    assert!(!app.calls().contains(&Call::Create));
}
