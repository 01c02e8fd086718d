//! One-time messages.

use rocket::http::Status;
use rocket_session_layer::{Error, Flash, Session};
use serde_json::{Value, json};

use super::Fixture;
use crate::common::{App, Browser, Call};

fn order(session: &Session) -> Result<(), Error> {
    session.flash("success", "Your order is placed.")
}

fn ordered() -> Value {
    json!([{"level": "success", "text": "Your order is placed."}])
}

async fn shown(browser: &Browser<'_>) -> Value {
    browser.does(Session::take_flashes).await.value()
}

fn texts(flashes: &Value) -> Vec<&str> {
    let texts = flashes.as_array().unwrap().iter();
    texts.map(|flash| flash["text"].as_str().unwrap()).collect()
}

pub async fn a_message_is_shown_once(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    assert_eq!(app.data(&visitor).await, json!({"_flashes": ordered()}));
    let looked = visitor.does(Session::flashes);
    assert_eq!(looked.await.value(), ordered(), "it stays");
    assert_eq!(shown(&visitor).await, ordered());
    assert_eq!(shown(&visitor).await, json!([]));
    assert_eq!(app.data(&visitor).await, json!({}));
}

pub async fn messages_come_in_their_order(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let two = visitor.visit(|session| {
        session.flash("info", "one")?;
        session.flash("error", "two")
    });
    two.await;
    visitor
        .visit(|session| session.flash("info", "three"))
        .await;
    assert_eq!(texts(&shown(&visitor).await), ["one", "two", "three"]);
}

pub async fn a_view_that_takes_and_adds_leaves_what_it_has_added_since(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor
        .visit(|session| session.flash("info", "before"))
        .await;
    let both = visitor.visit(|session| {
        session.flash("info", "now")?;
        let taken = session.take_flashes();
        session.flash("info", "later")?;
        session.flash("info", "never")?;
        let undone = session.take_flashes();
        session.flash("info", "later")?;
        Ok(json!([taken, undone]))
    });
    let both = both.await.value();
    assert_eq!(texts(&both[0]), ["before", "now"]);
    assert_eq!(texts(&both[1]), ["later", "never"]);
    assert_eq!(texts(&shown(&visitor).await), ["later"]);
}

pub async fn a_response_that_fails_neither_takes_nor_leaves_a_message(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let failed = visitor.visit_ending(Status::InternalServerError, |session| {
        let taken = session.take_flashes();
        session.flash("success", "Not true.")?;
        Ok(taken)
    });
    assert_eq!(failed.await.status, Status::InternalServerError);
    assert_eq!(shown(&visitor).await, ordered());
}

pub async fn a_head_request_takes_no_message(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let head = visitor.head(|session| {
        Box::pin(async {
            assert_eq!(session.take_flashes().len(), 1);
            Ok(Value::Null)
        })
    });
    assert_eq!(head.await.status, Status::Ok);
    assert_eq!(shown(&visitor).await, ordered());
}

pub async fn an_error_of_the_visitor_has_shown_its_messages(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let refused = Status::UnprocessableEntity;
    visitor
        .visit_ending(refused, |session| Ok(session.take_flashes()))
        .await;
    assert_eq!(shown(&visitor).await, json!([]));
}

pub async fn where_no_message_waits_nothing_is_stored(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (visitor, stranger) = (app.browser(), app.browser());
    visitor.set("a", 1).await;
    visitor.get("a").await;
    app.calls();
    assert_eq!(shown(&visitor).await, json!([]));
    assert_eq!(app.calls(), app.needed([Call::Load]));
    let answer = stranger.does(Session::take_flashes).await;
    assert_eq!((answer.value(), answer.cookie()), (json!([]), None));
    assert_eq!(app.calls(), []);
}

pub async fn messages_count_towards_the_size(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let large = visitor.visit(|session| session.flash("info", "x".repeat(70_000)));
    assert_eq!(large.await.status, Status::PayloadTooLarge);
    assert_eq!(shown(&visitor).await, ordered());
}

pub async fn something_else_under_their_key_is_left_alone(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set(Flash::KEY, "mine").await;
    assert_eq!(shown(&visitor).await, json!([]));
    assert_eq!(
        visitor.visit(order).await.status,
        Status::InternalServerError
    );
    assert_eq!(visitor.get(Flash::KEY).await, "mine");
    let anew = visitor.visit(|session| {
        session.pop(Flash::KEY);
        order(session)
    });
    assert_eq!(anew.await.status, Status::Ok);
    assert_eq!(shown(&visitor).await, ordered());
    let dropped = visitor.visit(|session| {
        order(session)?;
        session.pop(Flash::KEY);
        Ok(session.flashes())
    });
    assert_eq!(dropped.await.value(), json!([]));
    assert_eq!(shown(&visitor).await, json!([]));
}

pub async fn another_user_does_not_see_them(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    browser.visit(order).await;
    browser.set("user", "alice").await;
    let seen = browser.does(Session::flashes).await;
    assert_eq!(seen.value(), ordered(), "a stranger's are the next user's");
    browser.does(|session| session.pop("user")).await;
    browser.set("user", "bob").await;
    assert_eq!(shown(&browser).await, json!([]));
}

pub async fn a_message_outlives_the_logout_that_it_tells_of(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let browser = app.browser();
    browser.set("user", "alice").await;
    let logout = browser.visit(|session| {
        session.flush();
        session.flash("info", "You are logged out.")
    });
    logout.await;
    assert_eq!(texts(&shown(&browser).await), ["You are logged out."]);
}

pub async fn two_requests_that_add_one_at_once_both_leave_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let twin = visitor.twin();
    let faster = twin.visit(|session| session.flash("info", "faster"));
    let slower = |session: &Session| session.flash("info", "slower");
    visitor.visit_while(|_| Ok(()), faster, slower).await;
    let flashes = shown(&visitor).await;
    assert_eq!(
        texts(&flashes),
        ["Your order is placed.", "faster", "slower"]
    );
}

pub async fn a_message_that_comes_while_others_are_shown_waits(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let twin = visitor.twin();
    // The same words once more: it is another message.
    let again = twin.visit(order);
    let page = |session: &Session| Ok(session.take_flashes());
    let (answer, _) = visitor.visit_while(|_| Ok(()), again, page).await;
    assert_eq!(answer.value(), ordered());
    assert_eq!(shown(&visitor).await, ordered());
    assert_eq!(shown(&visitor).await, json!([]));
}

pub async fn two_pages_at_once_take_no_more_than_they_show(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.visit(order).await;
    let twin = visitor.twin();
    let meanwhile = async {
        assert_eq!(shown(&twin).await, ordered());
        twin.visit(|session| session.flash("info", "new")).await;
    };
    let page = |session: &Session| Ok(session.take_flashes());
    let (answer, ()) = visitor.visit_while(|_| Ok(()), meanwhile, page).await;
    assert_eq!(answer.value(), ordered());
    assert_eq!(texts(&shown(&visitor).await), ["new"]);
}

pub async fn a_message_for_a_session_that_has_ended_is_a_conflict(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    let twin = visitor.twin();
    let ends = twin.does(|session| session.flush());
    let (answer, _) = visitor.visit_while(|_| Ok(()), ends, order).await;
    assert_eq!(answer.status, Status::Conflict);
    assert!(app.row(&visitor).await.is_none());
}
