//! What lies beside every page: prediction, checklist, notes, code and changes, in tabs that start
//! closed.

use rocket::Request;
use rocket_dyn_templates::Template;
use serde_json::{Map, Value, json};

use super::languages::Language;
use super::navigation::{Running, with_what_every_page_knows};
use super::prediction;

/// The tabs of the page that answers this request.
pub(super) fn fragment(request: &Request<'_>) -> Option<String> {
    let lesson = request.rocket().state::<Running>()?.lesson;
    let mut context = with_what_every_page_knows(Map::new(), request);
    // On the cover page the question stands in the page itself.
    if request.uri().path() != "/" {
        let prediction = prediction::of_lesson(lesson, Language::of(request));
        context.insert("prediction".to_owned(), prediction);
    }
    context.insert("steps".to_owned(), json!([]));
    Template::show(request.rocket(), "beside", Value::Object(context))
}
