//! Headers that every page has.

use super::samples;

#[test]
fn every_page_is_kept_by_nobody_and_loads_only_from_here() {
    let client = samples::client();
    for path in ["/", "/main", "/nowhere", "/assets/nothing"] {
        let response = client.get(path).dispatch();
        let headers = response.headers();
        assert_eq!(headers.get_one("Cache-Control"), Some("no-store"), "{path}");
        assert_eq!(headers.get_one("Referrer-Policy"), Some("same-origin"));
        assert_eq!(headers.get("Vary").count(), 1);
        let policy = headers.get_one("Content-Security-Policy");
        assert!(policy.is_some_and(|policy| policy.starts_with("default-src 'none'")));
    }
}
