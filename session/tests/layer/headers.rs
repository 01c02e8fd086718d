//! Headers for the browser and for caches on the way, and what a request asks of the store.

use rocket::http::Status;
use rocket_session_layer::Session;
use serde_json::{Value, json};

use super::Fixture;
use crate::common::app::DAY;
use crate::common::{Answer, App, Call, Setup};

fn is_for_one_visitor_only(answer: &Answer) -> bool {
    answer.headers("Vary") == ["Cookie"] && answer.headers("Cache-Control") == ["no-store"]
}

pub async fn a_page_that_does_not_ask_says_and_costs_nothing(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    app.calls();
    for browser in [
        &app.browser(),
        &visitor,
        &app.browser().with_cookie(Some("x".to_owned())),
    ] {
        let answer = browser.open("/plain").await;
        assert_eq!(answer.headers("Vary"), [""; 0]);
        assert_eq!(answer.headers("Cache-Control"), [""; 0]);
        assert_eq!((answer.cookie(), answer.trace.len()), (None, 0));
    }
    assert_eq!(visitor.open("/missing").await.headers("Vary"), [""; 0]);
    assert_eq!(app.calls(), []);
}

pub async fn every_page_that_asks_is_for_one_visitor_only(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let nothing = visitor.visit(|_| Ok(())).await;
    assert!(is_for_one_visitor_only(&nothing), "asking is enough");
    assert!(is_for_one_visitor_only(&visitor.set("a", 1).await));
    assert!(is_for_one_visitor_only(
        &visitor.does(|session| session.has("a")).await
    ));
    assert!(is_for_one_visitor_only(
        &visitor.does(|session| session.flush()).await
    ));
}

pub async fn so_are_redirects_and_errors(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let moved = visitor.open("/moved").await;
    assert_eq!(moved.status, Status::SeeOther);
    assert!(is_for_one_visitor_only(&moved));
    for status in [Status::NotFound, Status::InternalServerError] {
        let answer = visitor.visit_ending(status, |_| Ok(())).await;
        assert!(is_for_one_visitor_only(&answer), "{status}");
    }
    let failed = visitor.visit(|session| session.set("user", true)).await;
    assert_eq!(failed.status, Status::InternalServerError);
    assert!(is_for_one_visitor_only(&failed));
}

pub async fn so_is_a_page_whose_guard_asked(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let (alice, stranger) = (app.browser(), app.browser());
    alice.set("user", "alice").await;
    for (browser, page) in [(&alice, "members"), (&stranger, "strangers")] {
        let answer = browser.open("/members").await;
        assert_eq!(answer.body, page);
        assert!(is_for_one_visitor_only(&answer), "{page}");
    }
}

pub async fn but_not_where_a_session_cookie_is_sent(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.open("/cached?set=true").await;
    assert!(answer.cookie().is_some() && is_for_one_visitor_only(&answer));
    for overriding in ["CDN-Cache-Control", "Surrogate-Control"] {
        assert!(answer.headers(overriding).is_empty(), "{overriding}");
    }
    // Nor with a removal, which would log out everybody who gets it from a cache.
    let refused = visitor.with_cookie(Some(format!("{}.{}", "0".repeat(13), "A".repeat(43))));
    let answer = refused.open("/cached").await;
    assert!(answer.removes_the_cookie() && is_for_one_visitor_only(&answer));
}

pub async fn what_the_view_says_of_caching_counts(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let answer = app.browser().open("/cached").await;
    for name in ["Cache-Control", "CDN-Cache-Control", "Surrogate-Control"] {
        assert_eq!(answer.headers(name), ["private, max-age=60"]);
    }
    assert_eq!(answer.headers("Vary"), ["Cookie"]);
    let answer = app.browser().open("/varied").await;
    assert_eq!(answer.headers("Vary"), ["Accept-Language, cookie"]);
}

pub async fn the_cookie_has_every_attribute_that_protects_it(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.set("a", 1).await;
    let value = visitor.cookie().unwrap();
    let expected = format!("session_id={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age=1209600");
    assert_eq!(answer.cookie(), Some(expected.as_str()));
    let removal = visitor.does(|session| session.flush()).await;
    let expected = "session_id=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
    assert_eq!(removal.cookie(), Some(expected));
}

pub async fn behind_a_proxy_that_speaks_tls_it_is_secure(place: &dyn Fixture) {
    let settings = json!({"secure": true, "cookie": "session_id"});
    let app = Setup::configured(settings).on(place.open()).await;
    let visitor = app.browser();
    let answer = visitor.set("a", 1).await;
    assert!(
        answer
            .cookie()
            .unwrap()
            .contains("; HttpOnly; SameSite=Lax; Secure; Path=/;")
    );
    let removal = visitor.does(|session| session.flush()).await;
    let expected = "session_id=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0";
    assert_eq!(removal.cookie(), Some(expected));
}

pub async fn a_cookie_of_this_host_alone_is_sent_over_plain_http_too(place: &dyn Fixture) {
    let settings = json!({"secure": true, "cookie": "__Host-session_id"});
    let app = Setup::configured(settings).on(place.open()).await;
    let answer = app.browser().set("a", 1).await;
    let sent = answer.cookie().unwrap();
    assert!(sent.starts_with("__Host-session_id="), "{sent}");
    let attributes = "; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1209600";
    assert!(sent.ends_with(attributes), "{sent}");
}

pub async fn the_cookie_and_its_removal_have_the_configured_attributes(place: &dyn Fixture) {
    let whole = json!({
        "secure": true,
        "same_site": "none",
        "path": "/view",
        "domain": "example.org",
        "partitioned": true,
    });
    let all = "; Secure; Path=/view; Domain=example.org; Partitioned";
    for (settings, expected) in [
        (
            json!({"same_site": "strict"}),
            "; HttpOnly; SameSite=Strict; Path=/".to_owned(),
        ),
        (
            json!({"http_only": false}),
            "; SameSite=Lax; Path=/".to_owned(),
        ),
        (
            json!({"path": "/a/b"}),
            "; HttpOnly; SameSite=Lax; Path=/a/b".to_owned(),
        ),
        (whole, format!("; HttpOnly; SameSite=None{all}")),
    ] {
        let app = Setup::configured(settings).on(place.open()).await;
        let visitor = app.browser();
        let answer = visitor.set("a", 1).await;
        let value = visitor.cookie().unwrap();
        let sent = format!("session_id={value}{expected}; Max-Age=1209600");
        assert_eq!(answer.cookie(), Some(sent.as_str()));
        let removed = format!("session_id={expected}; Max-Age=0");
        let answer = visitor.does(|session| session.flush()).await;
        assert_eq!(answer.cookie(), Some(removed.as_str()));
        // Refused: one that the server does not know.
        let unknown = format!("{}.{}", "0".repeat(13), "A".repeat(43));
        let stranger = visitor.with_cookie(Some(unknown));
        let answer = stranger.does(|session| session.has("a")).await;
        assert_eq!(answer.cookie(), Some(removed.as_str()));
    }
}

pub async fn a_request_that_only_reads_gets_no_cookie(place: &dyn Fixture) {
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    visitor.get("a").await;
    for _ in 0..3 {
        let answer = visitor.visit(|session| session.get::<Value>("a")).await;
        assert_eq!((answer.value(), answer.cookie()), (json!(1), None));
    }
}

pub async fn no_request_costs_more_than_it_must(place: &dyn Fixture) {
    use Call::{Create, Delete, Load, Replace, Update};
    let app = App::on(place.open()).await;
    let visitor = app.browser();
    visitor.set("a", 1).await;
    visitor.get("a").await;
    app.calls();
    let costs = async |view: fn(&Session)| {
        visitor.does(view).await;
        app.calls()
    };
    let set = |session: &Session| drop(session.set("a", 2));
    assert_eq!(
        costs(|session| drop(session.get::<Value>("a"))).await,
        app.needed([Load])
    );
    assert_eq!(costs(|_| ()).await, app.needed([Load]));
    assert_eq!(costs(set).await, app.needed([Load, Update]));
    assert_eq!(
        costs(|session| drop(session.set("user", "alice"))).await,
        app.needed([Load, Update])
    );
    assert_eq!(
        costs(|session| drop(session.pop("user"))).await,
        app.needed([Load, Update])
    );
    assert_eq!(costs(Session::clear).await, app.needed([Load, Update]));
    assert_eq!(costs(Session::rotate).await, app.needed([Load, Update]));
    let renew = |session: &Session| {
        session.flush();
        drop(session.set("a", 1));
    };
    assert_eq!(costs(renew).await, app.needed([Load, Replace]));
    assert_eq!(costs(Session::flush).await, app.needed([Load, Delete]));
    assert_eq!(costs(|session| drop(session.get::<Value>("a"))).await, []);
    assert_eq!(costs(set).await, app.needed([Create]));
    app.clock.advance(30 * DAY);
    assert_eq!(costs(|_| ()).await, app.needed([Load]));
}
