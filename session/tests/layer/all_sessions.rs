//! All sessions, counted and page by page.

use rocket_session_layer::{Error, Layer, Locker};

use super::Fixture;
use crate::common::app::DAY;
use crate::common::log::warnings;
use crate::common::{App, Browser};

/// The pages of at most `most` sessions, until there are no more.
async fn pages(layer: &Layer, most: u32) -> Vec<Vec<Locker>> {
    let (mut pages, mut last) = (Vec::new(), None);
    loop {
        let page = layer.sessions(last, most).await.unwrap();
        let Some(record) = page.last() else {
            return pages;
        };
        last = Some(record.locker);
        pages.push(page.iter().map(|record| record.locker).collect());
    }
}

/// Browsers with sessions, in the order of their lockers.
async fn browsers(app: &App, number: usize) -> Vec<Browser<'_>> {
    let mut browsers = Vec::new();
    for n in 0..number {
        let browser = app.browser();
        browser.set("user", n).await;
        browsers.push(browser);
    }
    browsers.sort_by_key(Browser::locker);
    browsers
}

fn lockers(browsers: &[Browser<'_>]) -> Vec<Locker> {
    browsers.iter().filter_map(Browser::locker).collect()
}

pub async fn all_sessions_are_counted_and_come_page_by_page(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let layer = app.layer();
    if !app.keeps_records() {
        assert!(matches!(layer.count().await, Err(Error::NotSupported(_))));
        let refused = layer.sessions(None, 10).await;
        assert!(matches!(refused, Err(Error::NotSupported(_))));
        return;
    }
    assert_eq!(layer.count().await.unwrap(), 0);
    assert_eq!(pages(layer, 10).await, [[]; 0]);
    let browsers = browsers(&app, 5).await;
    assert_eq!(layer.count().await.unwrap(), 5);
    let all = lockers(&browsers);
    for most in [1, 2, 4, 5, 100] {
        let expected: Vec<_> = all.chunks(most).map(<[Locker]>::to_vec).collect();
        assert_eq!(pages(layer, most as u32).await, expected, "{most}");
    }
    assert_eq!(layer.sessions(None, 0).await.unwrap().len(), 0);
    let first = &layer.sessions(None, 1).await.unwrap()[0];
    let row = app.row(&browsers[0]).await.unwrap();
    assert_eq!(first.contents.user, row.contents.user);
}

pub async fn a_stretch_of_expired_sessions_is_no_end(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browsers = browsers(&app, 6).await;
    app.clock.advance(DAY - 1);
    // Those of users that never came back end after a day.
    let alive = [&browsers[0], &browsers[5]];
    for browser in alive {
        browser.get("user").await;
    }
    app.clock.advance(1);
    let alive = alive.map(|browser| vec![browser.locker().unwrap()]);
    assert_eq!(pages(app.layer(), 1).await, alive);
    assert_eq!(app.layer().count().await.unwrap(), 6, "not yet purged");
    assert_eq!(app.layer().purge().await.unwrap(), 4);
    assert_eq!(app.layer().count().await.unwrap(), 2);
}

pub async fn a_session_that_cannot_be_read_is_left_out_with_a_warning(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browsers = browsers(&app, 3).await;
    let mut all = lockers(&browsers);
    let damaged = all.remove(1);
    if !place.corrupt(damaged) {
        return;
    }
    warnings();
    assert_eq!(app.layer().sessions(None, 10).await.unwrap().len(), 2);
    let said = warnings();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(&damaged.to_string()), "{said:?}");
    let alone: Vec<_> = all.into_iter().map(|locker| vec![locker]).collect();
    assert_eq!(pages(app.layer(), 1).await, alone);
    assert_eq!(app.layer().count().await.unwrap(), 3);
}
