//! Expired sessions are deleted.

use rocket::futures::future::join_all;
use rocket_session_layer::{Outcome, Store as _};

use super::expiry::visitor;
use super::{Fixture, two_handles};
use crate::common::App;
use crate::common::app::{DAY, START};
use crate::common::samples::{locker, record};

pub async fn what_is_over_is_purged(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (over, live) = (visitor(&app).await, visitor(&app).await);
    app.clock.advance(13 * DAY);
    live.get("a").await;
    assert_eq!(app.layer().purge().await.unwrap(), 0);
    app.clock.advance(DAY);
    assert_eq!(app.layer().purge().await.unwrap(), 1);
    assert!(app.row(&over).await.is_none());
    assert_eq!(live.get("a").await, 1);
}

pub async fn what_is_over_is_purged_at_the_start(place: &dyn Fixture) {
    let (one, other) = two_handles(place);
    let store = one.store();
    for number in 0..3 {
        let mut record = record(number);
        record.expires = START - 1 + number;
        assert_eq!(store.create(&record).await, Ok(Outcome::Done));
    }
    App::on(other).await;
    assert!(store.load(locker(0)).await.unwrap().is_none());
    assert!(store.load(locker(1)).await.unwrap().is_none());
    assert!(store.load(locker(2)).await.unwrap().is_some());
}

pub async fn one_purge_takes_however_many_there_are(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let records: Vec<_> = (0..1_001).map(record).collect();
    join_all(records.iter().map(|record| app.store().create(record))).await;
    app.clock.advance(DAY);
    assert_eq!(app.layer().purge().await.unwrap(), 1_001);
}
