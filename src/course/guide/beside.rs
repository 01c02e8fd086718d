//! Fragments beside every page: they are put into its HTML on the way out, after the page's own
//! content. Views and templates know nothing of it, so that a lesson's code shows the lesson alone.

use std::io::Cursor;

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};

use super::tabs;
use crate::course::xray;

/// A piece of HTML for the page that answers this request, if it is to have one.
type Fragment = fn(&Request<'_>) -> Option<String>;

/// The fragments, and the tag that each comes before: what belongs to the lesson right after the
/// page's own content, the X-ray after everything, as the keyboard comes to it. Its style is in the
/// head, so that the page is laid out with room for it from the first paint on.
const FRAGMENTS: [(Fragment, &str); 3] = [
    (tabs::fragment, "<footer"),
    (xray::panel, "</body>"),
    (xray::style, "</head>"),
];

/// Attaches the fragments. Belongs after what they tell of, and before the headers.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Beside", async |rocket| rocket.attach(Beside))
}

/// The fairing that inserts the fragments.
struct Beside;

#[async_trait]
impl Fairing for Beside {
    fn info(&self) -> Info {
        Info {
            name: "Beside",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if !is_whole_page(response) {
            return;
        }
        let fragments: Vec<(String, &str)> = FRAGMENTS
            .iter()
            .filter_map(|(make, tag)| Some((make(request)?, *tag)))
            .collect();
        if fragments.is_empty() {
            return;
        }
        // The rest of a body that fails while it is read is unknown. The answer then has no body,
        // as Rocket would cut it off too.
        let Ok(mut page) = response.body_mut().take().to_bytes().await else {
            return;
        };
        for (fragment, tag) in fragments {
            page = with(page, &fragment, tag.as_bytes());
        }
        response.set_sized_body(page.len(), Cursor::new(page));
    }
}

/// True for HTML that lies there complete and readable: not streamed, not compressed, not a
/// part of something, and in the encoding that the fragments have.
fn is_whole_page(response: &Response<'_>) -> bool {
    let html = response.content_type().is_some_and(|kind| {
        let charset = kind.param("charset");
        kind.is_html() && charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"))
    });
    let changed = ["Content-Encoding", "Content-Range", "Transfer-Encoding"];
    let headers = response.headers();
    html && response.body().preset_size().is_some()
        && !changed.iter().any(|name| headers.contains(name))
}

/// The page with something put in before the last such tag; a page without one stays as it is.
fn with(mut page: Vec<u8>, inserted: &str, tag: &[u8]) -> Vec<u8> {
    let place = page
        .windows(tag.len())
        .rposition(|part| part.eq_ignore_ascii_case(tag));
    if let Some(place) = place {
        let end = page.split_off(place);
        page.extend_from_slice(inserted.as_bytes());
        page.extend(end);
    }
    page
}

#[cfg(test)]
mod tests {
    use rocket::http::{ContentType, Header};

    use super::*;

    const PAGE: &str = "<html><body><p>Hello</p></body></html>";

    fn page() -> Response<'static> {
        Response::build()
            .header(ContentType::HTML)
            .sized_body(PAGE.len(), Cursor::new(PAGE))
            .finalize()
    }

    #[test]
    fn fragments_stand_before_the_end_of_the_body() {
        let with =
            |page: &str| String::from_utf8(with(page.into(), "<b>!</b>", b"</body>")).unwrap();
        assert_eq!(with(PAGE), "<html><body><p>Hello</p><b>!</b></body></html>");
        assert_eq!(with("a</body>b</BODY>c"), "a</body>b<b>!</b></BODY>c");
        for without_end in ["", "</bod", "<p>A piece of a page</p>"] {
            assert_eq!(with(without_end), without_end);
        }
    }

    #[test]
    fn only_whole_pages_are_opened() {
        assert!(is_whole_page(&page()));
        let mut streamed = page();
        streamed.set_streamed_body(Cursor::new(PAGE));
        assert!(!is_whole_page(&streamed));
        let headers = [
            ("Content-Encoding", "gzip"),
            ("Content-Range", "bytes 0-9/99"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Type", "text/plain"),
            ("Content-Type", "text/html; charset=euc-kr"),
        ];
        for (name, value) in headers {
            let mut response = page();
            response.set_header(Header::new(name, value));
            assert!(!is_whole_page(&response), "{name}: {value}");
        }
    }
}
