//! Requests that queue up for one session, in an order that the test decides.

use rocket::futures::future::{BoxFuture, join, join_all};
use rocket::http::Status;
use rocket::tokio::sync::oneshot;
use rocket::tokio::{self, task::yield_now};
use rocket_session_layer::{Error, Session};
use serde_json::Value;

use crate::common::errand::View;
use crate::common::{Answer, App, Browser, Call};

pub fn view(
    change: impl for<'s> FnOnce(&'s Session) -> BoxFuture<'s, Result<Value, Error>> + Send + 'static,
) -> View {
    Box::new(change)
}

/// Sends all of these at once. While the first is being stored, the others queue up behind it in
/// this order; then they go on, and so does `alongside`.
pub async fn queue_up<'a>(
    app: &'a App,
    views: Vec<(&Browser<'a>, View)>,
    alongside: impl Future<Output = ()>,
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
        app.calls();
        let mut stored = app.store().holds(Call::Update);
        let mut go = go.into_iter();
        go.next().unwrap().send(()).unwrap();
        stored.reached().await;
        for go in go {
            go.send(()).unwrap();
            // All requests are part of this task, and before it: now they run until they wait.
            yield_now().await;
        }
        tokio::join!(alongside, async { stored.release() });
    };
    join(join_all(requests), order).await.0
}

pub fn of<'a, 'b>(browser: &'a Browser<'b>, views: Vec<View>) -> Vec<(&'a Browser<'b>, View)> {
    views.into_iter().map(|view| (browser, view)).collect()
}
