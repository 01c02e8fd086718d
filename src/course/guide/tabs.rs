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
    let guide = request.rocket().state::<Guide>();
    let walk = guide.and_then(|guide| guide.walk(request, Language::of(request), is_cover));
    if let Some((checklist, predictions)) = walk {
        context.insert("checklist".to_owned(), checklist);
        context.insert("predictions".to_owned(), predictions);
    }
    Template::show(request.rocket(), "beside", Value::Object(context))
}
