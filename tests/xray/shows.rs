//! Contents of the X-ray: the parts that it shows, and the secrets that it never shows.

use super::*;

#[test]
fn a_page_shows_the_request_that_made_it_and_the_redirect_before() {
    let client = client(true);
    let alice = log_in(&client);
    let main = page(&client, "/main", &alice);
    assert_eq!(lines(&main), ["POST /login → 303 /main", "GET /main → 200"]);
    assert!(main.find("</main>") < main.find("<aside class=\"xray\""));
    for shown in [
        "sid#1·a",
        &format!("{}…", &alice[..15]),
        "HttpOnly; SameSite=Lax; Path=/",
        "alice logged in.",
        r#""user": <ins>&quot;alice&quot;</ins>"#,
    ] {
        assert!(main.contains(shown), "{shown}");
    }
    let reloaded = page(&client, "/main", &alice);
    assert_eq!(lines(&reloaded), ["GET /main → 200"]);
}

#[test]
fn neither_password_nor_secret_is_ever_shown() {
    let client = client(true);
    let alice = log_in(&client);
    let form = format!("password1={PASSWORD}&userid=bob");
    post(&client, "/login?password=hunter2-and-more", &alice, form);
    let (locker, secret) = alice["session_id=".len()..].split_once('.').unwrap();
    for path in ["/main", "/login", "/xray"] {
        let page = page(&client, path, &alice);
        for hidden in [PASSWORD, locker, secret, &secret[..8]] {
            assert!(!page.contains(hidden), "{path} shows {hidden}");
        }
    }
    assert!(page(&client, "/xray", "").contains("password=•••"));
}

#[test]
fn a_long_form_is_shown_as_far_as_it_is_seen() {
    let client = client(true);
    let rest = "x".repeat(600);
    let form = format!("userid=alice&password={rest}&last=z");
    let length = Header::new("Content-Length", form.len().to_string());
    let request = here(client.post("/login"), "").header(ContentType::Form);
    request.header(length).body(form).dispatch();
    let page = page(&client, "/xray", "");
    assert!(page.contains("userid=alice"));
    assert!(page.contains("cut here"));
    assert!(!page.contains("xxx") && !page.contains("last=z"));
}

#[test]
fn the_languages_cookie_is_told_apart_and_its_attributes_are_known() {
    let client = client(true);
    post(&client, "/language", "", "lang=ko".to_owned());
    let request = here(client.get("/login"), "lang=ko; theirs=secret");
    let page = request.cookie(("lang", "ko")).dispatch().into_string();
    let page = page.unwrap();
    assert!(page.contains("lang=ko"));
    assert!(page.contains("서버가 아니라 브라우저에 값이 저장됩니다."));
    assert!(page.contains("Max-Age=31536000"));
    assert!(page.contains("theirs=…") && !page.contains("secret"));
}

#[test]
fn the_end_of_a_session_is_seen_in_all_three_columns() {
    let client = client(true);
    let alice = log_in(&client);
    let left = here(client.post("/leave"), &alice).dispatch();
    let page = left.into_string().unwrap();
    for shown in [
        "The browser is told to forget the cookie.",
        "<del><code>session_id=",
        "The row was deleted.",
        r#"<del>"user": &quot;alice&quot;</del>"#,
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let after = self::page(&client, "/main", "");
    assert!(after.contains("somebody (the server can’t know who)"));
}

#[test]
fn without_a_session_layer_nobody_reads_the_cookie_that_was_left_over() {
    let client = client(false);
    let left_over = format!("session_id=0123456789abg.{}", "A".repeat(43));
    let page = page(&client, "/login", &left_over);
    for shown in [
        "This lesson has no session layer.",
        "here nobody reads it.",
        "somebody (the server can’t know who)",
        "session_id=0123…",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("AAAA"));
}
