// Browsers carry the sessions, and each server has made a key of its own.

use data_encoding::BASE64;

#[launch]
fn rocket() -> _ {
    let mut key: [u8; 32] = [0; 32];
    let made = getrandom::fill(&mut key);
    assert!(made.is_ok());
    app("ex17")
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                .by_default("keys", [BASE64.encode(&key)]),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}
