use super::*;

#[test]
fn names_of_secrets_are_known_however_they_are_written() {
    for name in [
        "password",
        "Password",
        "PASSWORT",
        "old_password",
        "newPassword1",
        "user[password]",
        "new password",
        "PIN",
        "pin",
        "userPin",
        "card-pin",
        "pin2",
        "otp",
        "OTPCode",
        "api_key",
        "apiKey",
        "API-Key",
        "x_token",
        "accessToken",
        "csrf-token",
        "passphrase",
        "dbpass",
        "one-time code",
        "pw",
        "pwd",
        "client_secret",
        "Authorization",
        "proxy-authorization",
        "credentials",
        "cvv",
        "CVC2",
        "session_id",
        "sessionId",
        "비밀번호",
        "새 비밀번호",
        "비밀번호_확인",
        "암호",
        "인증번호",
        "ＰＩＮ",
        "ｐａｓｓｗｏｒｄ",
        "clave",
        "user_pw",
        "userpw",
        "PHPSESSID",
        "connect.sid",
        "ccNumber",
        "card_no",
        "newpw1",
        "2fa",
        "신용카드",
        "새 암호",
        "주민등록",
        "authcode",
        "p\u{200B}in",
        "wachtwoord",
        "口令",
        "비번확인",
        "주민번호",
        "비밀번호".nfd().collect::<String>().as_str(),
    ] {
        assert!(is_secret(name), "{name}");
    }
    for name in [
        "",
        "userid",
        "user",
        "shipping",
        "opinion",
        "spin",
        "pinned",
        "key",
        "keys",
        "cart",
        "next",
        "back",
        "item",
        "author",
        "authors",
        "side",
        "inside",
        "enclave",
        "success_id",
        "email",
        "real_name",
        "notice",
        "hotpot",
        "lang",
        "count",
        "암호화",
        "글",
        "visits",
    ] {
        assert!(!is_secret(name), "{name}");
    }
}

#[test]
fn addresses_keep_everything_but_their_secrets() {
    for same in [
        "",
        "/",
        "/main",
        "/a?b=c&d",
        "/x?next=/cart%3Fall%3D1",
        "a?b",
        "?",
        "/a?=&=b",
        "/%",
        "https://shop.example/a?b=c#d",
        "/a?b=%ff",
        "/mail?to=a@b.example",
        "/mail?to=a%40b.example&all=%7B%22c%22%3A1%7D",
        "[sic] a {b} = c; d",
        r#"{"b":1,"a":1.0}"#,
    ] {
        assert_eq!(address(same), same);
    }
    for (written, shown) in [
        ("/a?b=c&Password=d&e", "/a?b=c&Password=•••&e"),
        ("/a?x_token=d", "/a?x_token=•••"),
        ("/a?p%61ssword=d", "/a?p%61ssword=•••"),
        ("/login?next=/reset?token=d", "/login?next=/reset?token=•••"),
        (
            "/login?next=/reset%3Ftoken%3Dd%26a%3Db",
            "/login?next=/reset?token=•••&a=b",
        ),
        (
            "/a?next=%2Fb%3Fnext%3D%252Fc%253Fpin%253D1",
            "/a?next=/b?next=/c?pin=•••",
        ),
        (
            "/back#access_token=d&state=1",
            "/back#access_token=•••&state=1",
        ),
        ("/a?b=c;otp=1", "/a?b=c;otp=•••"),
        (
            "https://alice:d@a.example/x?pin=1",
            "https://•••@a.example/x?pin=•••",
        ),
        // Not everything that may be encoded is.
        (
            "/login?next=https://alice:d@a.example/x",
            "/login?next=https://•••@a.example/x",
        ),
        ("https://al;ice:d;e@a.example/x", "https://•••@a.example/x"),
        ("/a?x;pin%3D1", "/a?x;pin=•••"),
        // Fields that no question mark begins.
        ("/main;jsessionid=d?b=c", "/main;jsessionid=•••?b=c"),
        ("/reset/password=d", "/reset/password=•••"),
        ("password=d", "password=•••"),
        ("/a?b=%26password%3Dd", "/a?b=&password=•••"),
        // A value that is JSON, whole or cut.
        (
            "/a?b=%7B%22c%22%3A1,%22pin%22%3A2%7D",
            r#"/a?b={"c":1,"pin":"•••"}"#,
        ),
        (r#"{"a":1,"password":"d"#, "•••"),
    ] {
        assert_eq!(address(written), shown);
    }
}

#[test]
fn an_address_that_never_ends_is_not_followed() {
    let deep = (0..20_000).fold(String::from("/"), |inner, _| inner + "?next=%2F%3Fa");
    assert!(address(&deep).len() <= deep.len());
    let mut nested = String::from("/?pin=1234");
    for _ in 0..6 {
        nested = format!("/?next={}", RawStr::new(&nested).percent_encode());
    }
    assert!(!address(&nested).contains("1234"), "{}", address(&nested));
}

#[test]
fn keys_of_a_row_go_by_the_same_rule() {
    for same in [
        r#"{"b":1,"a":1.0}"#,
        r#""alice""#,
        "7",
        "[1, null]",
        r#"{"shipping":{"pins":2}}"#,
    ] {
        assert_eq!(json("cart", same), same);
    }
    assert_eq!(json("password", r#""hunter2""#), r#""•••""#);
    assert_eq!(json("apiKey", "[1,2]"), r#""•••""#);
    assert_eq!(
        json("form", r#"{"a":[{"old-password":"x"}],"b":1}"#),
        r#"{"a":[{"old-password":"•••"}],"b":1}"#
    );
    assert_eq!(json("next", r#""/reset?token=x""#), r#""/reset?token=•••""#);
    assert_eq!(
        json("form", r#""{\"old-password\":\"x\",\"b\":1}""#),
        r#""{\"b\":1,\"old-password\":\"•••\"}""#
    );
    assert_eq!(json("odd", "{no json"), MASK);
}

#[test]
fn a_log_line_may_name_an_address() {
    let line = "redis://:hunter2@127.0.0.1/ is  not there: /login?next=/a%3Fpin%3D1 (x?)";
    let shown = "redis://•••@127.0.0.1/ is  not there: /login?next=/a?pin=••• (x?)";
    assert_eq!(log_line(line), shown);
}
