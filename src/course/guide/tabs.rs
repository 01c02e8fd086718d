//! Tabs beside every page: prediction, checklist, notes, code and changes. They start closed, since
//! an open checklist gives away the answer to the question.

use rocket::Request;
use rocket_dyn_templates::Template;
use serde_json::{Map, Value};

use crate::course::guide::walk::Guide;
use crate::course::language::languages::Language;
use crate::course::pages::navigation::add_to_context;

/// The tabs of the page that answers this request. `None` if the template can't be filled; the page
/// then goes out without them.
pub fn fragment(request: &Request<'_>) -> Option<String> {
    let mut context = Map::new();
    add_to_context(&mut context, request);
    if let Some(guide) = request.rocket().state::<Guide>() {
        let language = Language::of(request);
        context.insert("checklist".to_owned(), guide.checklist(request, language));
        // On the cover page the first question stands in the page itself.
        let is_cover = request.uri().path() == "/";
        let questions = guide.questions(request, language, is_cover);
        context.insert("predictions".to_owned(), questions);
    }
    Template::show(request.rocket(), "beside", Value::Object(context))
}
