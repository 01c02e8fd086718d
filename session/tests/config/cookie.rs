//! Settings of the cookie, and browsers' rules for its name.

use serde_json::json;

use super::{configured, mistake};

#[test]
fn a_name_that_no_cookie_can_have_is_a_mistake() {
    for name in [
        "", " ", "a b", "a=b", "a;b", "a,b", "\"a\"", "é", "a\n", "(a)",
    ] {
        assert!(
            mistake(json!({"cookie": name})).starts_with("session.cookie: "),
            "{name:?}"
        );
    }
}

#[test]
fn a_prefixed_name_needs_secure() {
    for name in [
        "__Host-id",
        "__Secure-id",
        "__Http-id",
        "__HOST-id",
        "__secure-id",
        "__http-id",
    ] {
        for secure in [json!("auto"), json!(false)] {
            let line = mistake(json!({"cookie": name, "secure": secure}));
            assert!(
                line.contains(name) && line.contains("session.secure = true"),
                "{line}"
            );
        }
        assert!(configured(json!({"cookie": name, "secure": true})).is_ok());
    }
}

#[test]
fn a_name_that_no_script_may_read_needs_http_only() {
    let with = |name: &str, http_only: bool| {
        configured(json!({"cookie": name, "secure": true, "http_only": http_only}))
    };
    for name in ["__Http-id", "__Host-Http-id", "__HOST-HTTP-id"] {
        let line = with(name, false).unwrap_err();
        assert!(line.starts_with("session.cookie: "), "{line}");
        assert!(line.contains(name), "{line}");
        assert!(line.contains("session.http_only = true"), "{line}");
        assert!(with(name, true).is_ok());
    }
    assert!(with("__Host-id", false).is_ok());
}

#[test]
fn a_host_cookie_has_no_domain_and_no_other_path() {
    let with = |name: &str, setting: &str, value: &str| {
        let mut settings = json!({"cookie": name, "secure": true});
        settings[setting] = json!(value);
        settings
    };
    for name in ["__Host-id", "__HOST-id"] {
        for settings in [
            with(name, "domain", "example.org"),
            with(name, "path", "/shop"),
        ] {
            let line = mistake(settings);
            assert!(line.starts_with("session.cookie: "), "{line}");
            assert!(line.contains(name), "{line}");
            assert!(line.contains("session.domain"), "{line}");
            assert!(line.contains("session.path"), "{line}");
        }
        assert!(configured(with(name, "path", "/")).is_ok());
    }
    assert!(configured(with("__Secure-id", "domain", "example.org")).is_ok());
    assert!(configured(with("__Secure-id", "path", "/shop")).is_ok());
}

#[test]
fn a_cookie_for_other_sites_needs_secure() {
    for (setting, value) in [("same_site", json!("none")), ("partitioned", json!(true))] {
        for secure in [json!("auto"), json!(false)] {
            let mut settings = json!({ "secure": secure });
            settings[setting] = value.clone();
            let line = mistake(settings);
            assert!(line.starts_with(&format!("session.{setting}: ")), "{line}");
            assert!(line.contains("session.secure = true"), "{line}");
        }
        let mut settings = json!({"secure": true});
        settings[setting] = value;
        assert!(configured(settings).is_ok());
    }
    assert!(configured(json!({"same_site": "strict"})).is_ok());
}

#[test]
fn a_path_or_domain_that_no_cookie_can_have_is_a_mistake() {
    for path in [
        "",
        "shop",
        "/a b",
        "/a;b",
        "/a\n",
        "/caf\u{e9}",
        "https://a/",
    ] {
        let line = mistake(json!({ "path": path }));
        assert!(line.starts_with("session.path: "), "{path:?}: {line}");
    }
    for domain in [
        "",
        "a b",
        "a;b",
        "a/b",
        "http://a",
        "a:80",
        "a\n",
        "\u{e9}.org",
    ] {
        let line = mistake(json!({ "domain": domain }));
        assert!(line.starts_with("session.domain: "), "{domain:?}: {line}");
    }
    assert!(configured(json!({"path": "/shop/", "domain": "a-b.example.org"})).is_ok());
    let line = mistake(json!({"same_site": "sometimes"}));
    assert!(line.starts_with("session.same_site"), "{line}");
    for known in ["strict", "lax", "none"] {
        assert!(line.contains(known), "{line}");
    }
}
