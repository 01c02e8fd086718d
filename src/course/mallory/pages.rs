//! Her pages: one a lesson, with a button for each attack and the lines behind it.

use std::sync::LazyLock;

use rocket::http::{ContentType, Header, Status};
use rocket::response::content::RawHtml;
use rocket::{Catcher, Request, Response, Route, State, catch, catchers, get, routes};
use rocket_dyn_templates::minijinja::{Environment, Value, context};

use super::address::{Details, PAGES};
use super::asked::{Asked, LessonPort};
use super::forms;
use super::haul::Pocket;
use super::lesson::running_on;
use crate::course::language::languages::Language;
use crate::course::language::texts;

const PAGE: &str = include_str!("pages/page.html.j2");
const STYLE: &str = include_str!("pages/style.css");

/// The template, part of the program: her site needs no folder.
static TEMPLATES: LazyLock<Environment<'_>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    texts::teach(&mut templates);
    templates
});

pub(super) fn pages() -> Vec<Route> {
    routes![index, page, style]
}

pub(super) fn catchers() -> Vec<Catcher> {
    catchers![refused]
}

#[get("/")]
async fn index(asked: Asked) -> Result<RawHtml<String>, Status> {
    let running = running_on(asked.lesson_port, asked.language).await;
    let list =
        PAGES.map(|path| context! { number => &path[1..], address => asked.details.at(path) });
    filled(&asked, "/", context! { running, list => list.as_slice() })
}

#[get("/<number>", rank = 2)]
async fn page(
    number: &str,
    asked: Asked,
    pocket: &State<Pocket>,
) -> Option<Result<RawHtml<String>, Status>> {
    let path = format!("/{number}");
    if !PAGES.contains(&path.as_str()) {
        return None;
    }
    let running = running_on(asked.lesson_port, asked.language).await;
    let say = |key: &str| asked.language.text(&format!("mallory-button-{key}"));
    let her = |name: &str, answers: Vec<String>| {
        let form = forms::to_her(&format!("/{name}"), &say(name));
        context! { name, form, answers }
    };
    let haul = pocket.haul();
    let value = haul
        .as_ref()
        .map_or_else(|| "…".to_owned(), |haul| haul.shown());
    let note = || her("note", Vec::new());
    let plant = || her("plant", vec![forms::planted(&value)]);
    let attacks = match number {
        "13" => vec![
            context! { name => "board", form => forms::to_the_board(asked.lesson_port, &say("board")) },
        ],
        "14" => vec![
            plant(),
            her("toss", forms::TOSSED.map(str::to_owned).into()),
        ],
        _ => vec![note(), plant()],
    };
    let haul = haul.map(|haul| context! { shown => haul.shown(), by_script => haul.by_script });
    let more = context! { running, number, attacks, haul, said => asked.details.said };
    Some(filled(&asked, &path, more))
}

#[get("/style.css")]
fn style() -> (ContentType, &'static str) {
    (ContentType::CSS, STYLE)
}

#[catch(default)]
fn refused(status: Status, _request: &Request<'_>) -> String {
    status.to_string()
}

/// The page at this path.
fn filled(asked: &Asked, path: &str, more: Value) -> Result<RawHtml<String>, Status> {
    let languages = Language::ALL.map(|language| {
        let details = Details {
            language: Some(language),
            said: None,
            ..asked.details
        };
        context! { code => language.code(), name => language.name(), address => details.at(path) }
    });
    let page = context! {
        lang => asked.language.code(),
        languages => languages.as_slice(),
        path,
        home => Details { said: None, ..asked.details }.at("/"),
        host => asked.host,
        below_the_shop => asked.is_below_the_shop(),
        own_port => asked.own_port,
        lesson_port => asked.lesson_port,
        ..more
    };
    let html = TEMPLATES.render_named_str("page.html", PAGE, page);
    html.map(RawHtml).map_err(|_| Status::InternalServerError)
}

/// Lets nothing into her pages but her style, and their forms go to her and to the lesson only.
pub(super) fn protect<'r>(request: &'r Request<'_>, response: &mut Response<'r>) {
    let usual = request.rocket().state::<LessonPort>().map(|port| port.0);
    let query = request.uri().query().map(|query| query.as_str());
    let port = Details::of(query.unwrap_or_default()).port.or(usual);
    let lesson = port.map(|port| format!(" http://localhost:{port}"));
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{}; base-uri 'none'; \
         frame-ancestors 'none'",
        lesson.unwrap_or_default()
    );
    response.set_header(Header::new("Content-Security-Policy", policy));
    response.set_raw_header("X-Content-Type-Options", "nosniff");
    response.set_raw_header("Cache-Control", "no-store");
}
