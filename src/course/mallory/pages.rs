//! Her pages: one a lesson, with a button for each attack and the lines behind it.

use std::sync::LazyLock;

use rocket::http::{ContentType, Status};
use rocket::response::content::RawHtml;
use rocket::{Catcher, Request, Response, Route, State, catch, catchers, get, routes};
use rocket_dyn_templates::minijinja::{Environment, Value, context};

use super::address::Details;
use super::arrival::{Arrival, LessonPort};
use super::haul::Pocket;
use super::lesson::{EXERCISE, running_on};
use super::lines::{answer, html};
use super::topics::{TOPICS, Topic};
use crate::course::language::languages::Language;
use crate::course::language::texts;
use crate::course::pages::templates;

const PAGE: &str = include_str!("pages/page.html.j2");
const STYLE: &str = include_str!("pages/style.css");

/// The template's words. The template is part of the program: her site needs no folder.
static TEMPLATES: LazyLock<Environment<'_>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates::teach(&mut templates);
    templates
});

type Filled = Result<RawHtml<String>, Status>;

pub(super) fn pages() -> Vec<Route> {
    routes![index, page, style]
}

pub(super) fn catchers() -> Vec<Catcher> {
    catchers![status_line]
}

#[get("/")]
async fn index(arrival: Arrival, pocket: &State<Pocket>) -> Filled {
    let number = running_on(arrival.lesson_port).await;
    let topics = TOPICS.each_ref().map(|topic| {
        let number = number.as_deref().unwrap_or_default();
        context! {
            number => topic.number,
            title => arrival.language.text(&format!("mallory-topic-{}", topic.number)),
            address => arrival.details.at(&format!("/{}", topic.number)),
            runs => number.starts_with(topic.number),
        }
    });
    let running = running(&arrival, number, None);
    filled(
        &arrival,
        pocket,
        "/",
        context! { running, topics => topics.as_slice() },
    )
}

#[get("/<number>", rank = 2)]
async fn page(number: &str, arrival: Arrival, pocket: &State<Pocket>) -> Option<Filled> {
    let topic = Topic::find(number)?;
    let running = running(&arrival, running_on(arrival.lesson_port).await, Some(topic));
    let path = format!("/{number}");
    // The name to read, and the address with all details to go to.
    let at = |host: &str| {
        let origin = format!("http://{host}:{}", arrival.own_port);
        let address = format!("{origin}{}", arrival.details.at(&path));
        context! { name => format!("{origin}{path}"), address }
    };
    let haul = pocket.haul();
    let (name, shown) = haul.map_or(("session_id", "…".to_owned()), |haul| {
        (haul.name, haul.shown())
    });
    let attacks = topic.attacks.iter().map(|attack| {
        let word = attack.word();
        let button = arrival.language.text(&format!("mallory-button-{word}"));
        let only_at = attack.works_only_at(&arrival.host, topic.lesson_host);
        context! {
            word,
            html => html(*attack, &button, arrival.own_port, arrival.lesson_port),
            answer => answer(*attack, name, &shown),
            only_at => only_at.map(at),
        }
    });
    let hosts = topic.hosts.iter().map(|(host, key)| {
        context! { key, here => *host == arrival.host, ..at(host) }
    });
    let more = context! {
        running,
        number,
        attacks => attacks.collect::<Vec<_>>(),
        hosts => hosts.collect::<Vec<_>>(),
        lesson_host => topic.lesson_host,
        facts => texts::keys(&format!("mallory-fact-{number}-")).collect::<Vec<_>>(),
    };
    Some(filled(&arrival, pocket, &path, more))
}

#[get("/style.css")]
fn style() -> (ContentType, &'static str) {
    (ContentType::CSS, STYLE)
}

#[catch(default)]
fn status_line(status: Status, _request: &Request<'_>) -> String {
    status.to_string()
}

/// The lesson that runs, if any, and the command that starts the one of this page.
fn running(arrival: &Arrival, number: Option<String>, topic: Option<&Topic>) -> Value {
    let wanted = topic.map_or("12", |topic| topic.number);
    let host = topic.map_or("localhost", |topic| topic.lesson_host);
    let fits = |number: &str| number == EXERCISE || number.starts_with(wanted);
    let key = match &number {
        None => "mallory-running-none",
        Some(number) if topic.is_some() && !fits(number) => "mallory-running-other",
        Some(_) => "mallory-running",
    };
    let number = number.unwrap_or_default();
    let lesson = arrival
        .language
        .text_with("page-lesson", &[("number", &number)]);
    let address = format!("http://{host}:{}/", arrival.lesson_port);
    // After a link on another site's page, the browser keeps a strict cookie back.
    let is_same_site = arrival.host.ends_with("localhost");
    let command = format!("cargo run --bin lesson{wanted}a");
    let fits = key == "mallory-running";
    context! { key, lesson, wanted, address, is_same_site, command, fits }
}

/// The page at this path.
fn filled(arrival: &Arrival, pocket: &Pocket, path: &str, more: Value) -> Filled {
    let (said, quiet) = (
        arrival.details.said,
        Details {
            said: None,
            ..arrival.details
        },
    );
    let languages = Language::ALL.map(|language| {
        let address = Details {
            language: Some(language),
            ..quiet
        }
        .at(path);
        context! { code => language.code(), name => language.name(), address }
    });
    let haul = pocket.haul();
    let haul = haul.map(|haul| context! { shown => haul.shown(), by_script => haul.by_script });
    let page = context! {
        lang => arrival.language.code(),
        languages => languages.as_slice(),
        home => quiet.at("/"),
        host => arrival.host,
        lesson_port => arrival.lesson_port,
        haul,
        said,
        ..more
    };
    let html = TEMPLATES.render_named_str("page.html", PAGE, page);
    html.map(RawHtml).map_err(|_| Status::InternalServerError)
}

/// Lets nothing into her pages but their style, and their forms go to her and to the lesson only. No
/// `Referrer-Policy`: a stricter one than the browser's would have it send `Origin: null`.
pub(super) fn protect<'r>(request: &'r Request<'_>, response: &mut Response<'r>) {
    let usual = request.rocket().state::<LessonPort>().map(|port| port.0);
    let query = request.uri().query().map(|query| query.as_str());
    let port = Details::of(query.unwrap_or_default()).port.or(usual);
    let lesson = port.map(|port| format!(" http://localhost:{port}"));
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'{}; base-uri 'none'; \
         frame-ancestors 'none'",
        lesson.unwrap_or_default()
    );
    response.set_raw_header("Content-Security-Policy", policy);
    response.set_raw_header("X-Content-Type-Options", "nosniff");
    response.set_raw_header("Cache-Control", "no-store");
}
