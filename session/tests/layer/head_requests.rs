//! HEAD requests, which change nothing.

use rocket::http::Status;
use rocket_session_layer::Event;
use serde_json::json;

use super::Fixture;
use crate::common::{App, Call, HOUR};

pub async fn a_head_request_changes_nothing_though_its_view_does(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (stranger, alice) = (app.browser(), app.browser());
    alice.set("user", "alice").await;
    alice.set("word", "once").await;
    let stored = async || {
        let row = app.row(&alice).await.unwrap();
        (
            row.version,
            row.touched,
            app.data(&alice).await,
            alice.cookie(),
        )
    };
    let before = stored().await;
    app.clock.advance(HOUR);
    app.calls();
    for (browser, seen) in [
        (&stranger, json!([1, null, 2])),
        (&alice, json!([1, "once", 2])),
    ] {
        let answer = browser
            .head(|session| {
                Box::pin(async move {
                    let add_one = |count: &mut u32| {
                        *count += 1;
                        *count
                    };
                    let first = session.update("visits", add_one).await?;
                    let word = session.pop("word");
                    session.set("user", "alice")?;
                    session.rotate();
                    let second = session.update("visits", add_one).await?;
                    assert_eq!(json!([first, word, second]), seen);
                    Ok(seen)
                })
            })
            .await;
        assert_eq!(answer.status, Status::Ok);
        assert_eq!(answer.cookie(), None);
        assert!(answer.did(&Event::Skipped), "{:?}", answer.trace);
    }
    assert_eq!(app.calls(), app.needed([Call::Load]));
    assert_eq!(stored().await, before);
    assert_eq!(alice.get("word").await, "once");
    // An ID that opens nothing is not removed by it either.
    let refused = stranger.with_cookie(alice.cookie());
    alice.does(|session| session.flush()).await;
    let answer = refused
        .head(|session| Box::pin(async { Ok(session.has("user").into()) }))
        .await;
    assert_eq!((answer.status, answer.cookie()), (Status::Ok, None));
}
