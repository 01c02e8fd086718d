//! Tabs beside every page: prediction, checklist, notes, code and changes. On the cover page the
//! checklist is open: its next step is what there is to do.

use rocket::Request;
use rocket_dyn_templates::Template;
use serde_json::{Map, Value};

use crate::course::guide::state::Guide;
use crate::course::language::languages::Language;
use crate::course::pages::navigation::add_to_context;

/// The tabs of the page that answers this request. `None` if the template can't be filled; the page
/// then goes out without them.
pub fn fragment(request: &Request<'_>) -> Option<String> {
    let mut context = Map::new();
    add_to_context(&mut context, request);
    // On the cover page, where a lesson begins, its walk is open.
    let is_cover = request.uri().path() == "/";
    context.insert("is_cover".to_owned(), is_cover.into());
    if let Some(guide) = request.rocket().state::<Guide>() {
        let language = Language::of(request);
        context.insert("checklist".to_owned(), guide.checklist(request, language));
        // There the first question stands in the page itself.
        let questions = guide.questions(request, language, is_cover);
        context.insert("predictions".to_owned(), questions);
    }
    Template::show(request.rocket(), "beside", Value::Object(context))
}
