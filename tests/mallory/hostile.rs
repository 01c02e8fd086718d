//! Hostile requests: she answers them, keeps little, and sends nobody anywhere else.

use crate::common::http::Request;
use crate::common::mallory::Mallory;

#[test]
fn cookies_are_kept_only_if_a_header_can_hold_them() {
    let mallory = Mallory::start(8000);
    let long = format!("session_id={}", "a".repeat(4097));
    let hostile = [
        "session_id=a\tb",
        "session_id=\"quoted\"",
        "session_id=a,b",
        "session_id=\\",
        "session_id=\u{ac00}",
        "session_id=",
        "=session_id",
        ";;;;",
        long.as_str(),
    ];
    for cookie in hostile {
        let answer = mallory.press("/note", "/12", cookie);
        assert_eq!(answer.sent_to(), Some("/12?said=none"), "{cookie}");
    }
    let bytes = Request::post("/note", &[]).header("Cookie", b"session_id=\xff\xfe");
    assert_eq!(bytes.send(mallory.port).status, 303);
    for query in ["%0d%0aSet-Cookie:x=y", "%00", "%ff", "%", "%3Cscript%3E%22"] {
        let answer = mallory.get(&format!("/loot?session_id={query}"));
        assert_eq!(answer.status, 204, "{query}");
    }
    let planted = mallory.press("/plant", "/12", "");
    let planted = planted.all("Set-Cookie").join("\n");
    assert!(
        !planted.contains(['\r', '"']) && !planted.contains("x=y;"),
        "{planted}"
    );
}

#[test]
fn nothing_that_comes_is_written_into_a_page() {
    let mallory = Mallory::start(8000);
    mallory.press("/note", "/12", "session_id=<b>x</b>");
    let queries = [
        "said=%3Cb%3E&lang=%3Cb%3E&port=%3Cb%3E",
        "said=noted&lang=fr&port=99999999",
        "port=8000@evil.example&port=1",
        "&&&===&",
    ];
    for query in queries {
        for path in ["/", "/12", "/13", "/14", "/15"] {
            let answer = mallory.get(&format!("{path}?{query}"));
            assert_eq!(answer.status, 200, "{path}?{query}");
            assert!(!answer.body.contains("<b>x"), "{path}?{query}");
            assert!(!answer.body.contains("evil.example"), "{path}?{query}");
        }
    }
}

#[test]
fn a_redirect_leads_to_a_page_of_hers() {
    let mallory = Mallory::start(8000);
    let referers = [
        "http://evil.example/12",
        "http://localhost:9000//evil.example/",
        "//evil.example/\\",
        "javascript:alert(1)",
        "http://localhost:9000/12?lang=%0d%0aX:y",
        "",
    ];
    for referer in referers {
        let request = Request::post("/toss", &[]).header("Referer", referer);
        let answer = request.send(mallory.port);
        let to = answer.sent_to().unwrap();
        assert!(["/12?said=nothing", "/?said=nothing"].contains(&to), "{to}");
    }
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let mallory = Mallory::start(8000);
    let asked = |host: &str, target: &str| {
        let request = Request::get(target).header("Cookie", "session_id=abc");
        let bytes = String::from_utf8(request.bytes(mallory.port)).unwrap();
        let own = format!("Host: localhost:{}", mallory.port);
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", mallory.port)).unwrap();
        let bytes = bytes.replace(&own, &format!("Host: {host}"));
        std::io::Write::write_all(&mut stream, bytes.as_bytes()).unwrap();
        request.answer(&mut stream).unwrap().status
    };
    for target in ["/", "/12", "/14"] {
        assert_eq!(asked("evil.example", target), 421, "{target}");
        assert_eq!(asked("localhost.evil.example", target), 421, "{target}");
        assert_eq!(asked("10.0.0.1", target), 421, "{target}");
        for host in [
            "localhost",
            "127.0.0.1",
            "shop.localhost",
            "EVIL.shop.localhost:1",
        ] {
            assert_eq!(asked(host, target), 200, "{host}{target}");
        }
    }
    assert_eq!(asked("evil.example", "/loot?session_id=abc"), 421);
    assert!(mallory.get("/14").main().contains("No script"));
}

#[test]
fn other_requests_are_refused_and_she_stays() {
    let mallory = Mallory::start(8000);
    let requests = [
        (Request::get("/note"), 404),
        (Request::get("/plant"), 404),
        (Request::post("/12", &[]), 404),
        (Request::post("/loot", &[]), 404),
        (Request::new("DELETE", "/note"), 404),
        (Request::get("/16"), 404),
        (Request::get("/%2e%2e/Cargo.toml"), 404),
        (Request::get("/12/"), 200),
        (Request::post_bytes("/note", vec![0xff; 3_000_000]), 303),
    ];
    for (request, status) in requests {
        let target = request.target.clone();
        // A body that nobody reads may break the connection before the answer is read.
        if let Ok(answer) = request.try_send(mallory.port) {
            assert_eq!(answer.status, status, "{} {target}", request.method);
            assert_eq!(answer.all("Set-Cookie"), [""; 0], "{target}");
        }
    }
    assert_eq!(mallory.get("/").status, 200);
}

#[test]
fn pages_from_elsewhere_cant_press_her_buttons() {
    let mallory = Mallory::start(8000);
    mallory.press("/note", "/12", "session_id=abc");
    let headers = [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "http://evil.example"),
        ("Origin", "null"),
    ];
    for (name, value) in headers {
        for attack in ["/note", "/plant", "/toss"] {
            let request = Request::post(attack, &[]).header(name, value);
            let answer = request.send(mallory.port);
            assert_eq!(answer.status, 403, "{attack} {name}: {value}");
            assert_eq!(answer.all("Set-Cookie"), [""; 0]);
        }
    }
}
