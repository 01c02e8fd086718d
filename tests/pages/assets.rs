//! Style sheets, scripts and icon.

use std::fs;

use super::samples;

#[test]
fn assets_may_be_kept_and_have_their_type() {
    let client = samples::client();
    let page = client.get("/").dispatch().into_string().unwrap();
    for (file, content_type) in [
        ("style.css", "text/css; charset=utf-8"),
        ("beside.js", "text/javascript"),
        ("xray.css", "text/css; charset=utf-8"),
        ("xray.js", "text/javascript"),
    ] {
        let named = page.split_once(&format!("\"/assets/{file}?v="));
        // The X-ray is shown to this machine's browsers only, and a local client has no address.
        assert_eq!(named.is_some(), !file.starts_with("xray"), "{file}");
        let version = named.map_or("1", |(_, from)| from.split('"').next().unwrap());
        let asset = client.get(format!("/assets/{file}?v={version}")).dispatch();
        let headers = asset.headers();
        assert_eq!(headers.get_one("Content-Type"), Some(content_type));
        let kept = headers.get_one("Cache-Control").unwrap();
        assert!(kept.contains("immutable"), "{kept}");
        assert_eq!(headers.get_one("Vary"), None);
    }
    let icon = client.get("/assets/locker.svg").dispatch();
    let headers = icon.headers();
    assert_eq!(headers.get_one("Content-Type"), Some("image/svg+xml"));
    assert!(
        !headers
            .get_one("Cache-Control")
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(client.get("/assets/style").dispatch().status().code, 404);
}

#[test]
fn no_asset_needs_the_network() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/course/pages/assets");
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let text = text.replace("http://www.w3.org/2000/svg", "");
        for call in ["url(", "@import", "http://", "https://"] {
            assert!(!text.contains(call), "{file:?}: {call}");
        }
    }
}
