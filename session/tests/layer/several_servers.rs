//! Servers that begin on one place: at the same time, or one after the other.

use serde_json::Value;

use super::Fixture;
use crate::common::{App, Setup};

async fn seen_elsewhere(place: &dyn Fixture) -> Value {
    let one = App::on(place.open()).await;
    let visitor = one.browser();
    visitor.set("a", 1).await;
    let other = Setup::default().at_the_time_of(&one).on(place.open()).await;
    let there = visitor.at(&other.browser());
    let answer = there.visit(|session| session.get::<Value>("a")).await;
    assert_eq!(visitor.get("a").await, 1);
    assert_eq!(answer.removes_the_cookie(), answer.value() == Value::Null);
    answer.value()
}

pub async fn a_session_that_one_server_began_is_known_to_the_other(place: &dyn Fixture) {
    assert_eq!(seen_elsewhere(place).await, 1);
}

pub async fn a_session_that_one_server_began_is_unknown_to_the_other(place: &dyn Fixture) {
    assert_eq!(seen_elsewhere(place).await, Value::Null);
}

async fn seen_afterwards(place: &dyn Fixture) -> Value {
    let before = App::on(place.open()).await;
    let visitor = before.browser();
    visitor.set("a", 1).await;
    let cookie = visitor.cookie();
    drop(before);
    let after = App::on(place.open()).await;
    after.browser().with_cookie(cookie).get("a").await
}

pub async fn a_session_is_there_after_a_restart(place: &dyn Fixture) {
    assert_eq!(seen_afterwards(place).await, 1);
}

pub async fn after_a_restart_nobody_is_known(place: &dyn Fixture) {
    assert_eq!(seen_afterwards(place).await, Value::Null);
}
