//! The key that says who is logged in can have another name.

use serde_json::json;

use super::{ALICE, CHROMIUM, FIREFOX, House, NEW};

#[rocket::async_test]
async fn guards_and_pages_honour_the_configured_key() {
    let house = House::configured(json!({ "identity_key": "member" })).await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    let there = house.logged_in(FIREFOX, "alice", ALICE).await;
    let page = here.get("/who").await.page;
    assert!(
        page.contains("`session.get(\"member\")` │ `Some(\"alice\")`"),
        "{page}"
    );
    assert!(
        page.contains("`visitor.is_authenticated()` │ `true`"),
        "{page}"
    );
    assert_eq!(house.layer().sessions_of("alice").await.unwrap().len(), 2);
    assert_eq!(here.change_password(ALICE, NEW).await.status, 303);
    assert!(here.is_logged_in().await && !there.is_logged_in().await);
    assert!(
        house
            .accounts()
            .delete(house.layer(), "alice")
            .await
            .unwrap()
    );
    assert!(!here.is_logged_in().await);
}

#[rocket::async_test]
async fn where_the_layer_knows_no_users_they_log_in_all_the_same() {
    let house = House::configured(json!({ "identity_key": "" })).await;
    let here = house.logged_in(CHROMIUM, "alice", ALICE).await;
    assert!(here.is_logged_in().await);
    // No user's sessions can be listed then.
    let page = here.account().await;
    assert!(page.contains("can’t be listed"), "{page}");
}
