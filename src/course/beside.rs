use rocket::fairing::{AdHoc, Fairing, Info, Kind};
use rocket::http::ContentType;
use rocket::{Request, Response, async_trait};
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
        if response.content_type() != Some(ContentType::HTML) {
            return;
        }
        let Ok(page) = response.body_mut().to_string().await else {
            return;
        };
        let page = page.replacen(
            "</main>",
            &format!(
                "</main>{}",
                super::tabs::fragment(request).unwrap_or_default()
            ),
            1,
        );
        response.set_sized_body(page.len(), std::io::Cursor::new(page));
    }
}
