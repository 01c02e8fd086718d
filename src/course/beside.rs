//! What stands beside every page: fragments that are put into HTML on its way out, after the
//! page's own content. Views and templates know nothing of it.

use std::io::Cursor;

use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::{Request, Response, async_trait};

use super::tabs;

/// A piece of HTML for the page that answers this request, if it is to have one.
type Fragment = fn(&Request<'_>) -> Option<String>;

/// The fragments, in the order in which they stand.
const FRAGMENTS: [Fragment; 1] = [tabs::fragment];

/// Where they go: right after the page's own content, so that the keyboard comes to them in the
/// order in which they are seen.
const END: &[u8] = b"</main>";

/// Attaches the fragments. Belongs after what they tell of, and before the headers.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Beside", async |rocket| rocket.attach(Beside))
}

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
        let fragments: Vec<String> = FRAGMENTS.iter().filter_map(|make| make(request)).collect();
        if fragments.is_empty() {
            return;
        }
        // Of a body that fails while it is read nobody can say what would have come.
        let Ok(page) = response.body_mut().take().to_bytes().await else {
            return;
        };
        let page = with(page, &fragments.concat());
        response.set_sized_body(page.len(), Cursor::new(page));
    }
}

/// Whether it is HTML that lies there complete and readable: not streamed, not compressed, not a
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

/// The page with something put in after its content; a page without that stays as it is.
fn with(mut page: Vec<u8>, inserted: &str) -> Vec<u8> {
    let end = page
        .windows(END.len())
        .rposition(|part| part.eq_ignore_ascii_case(END));
    if let Some(end) = end {
        let end = end + END.len();
        page.splice(end..end, inserted.bytes());
    }
    page
}
