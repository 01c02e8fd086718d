//! What the running lesson mounts, and what every page knows of it.

use rocket::fairing::AdHoc;
use rocket::http::Method;
use rocket::{Build, Request, Rocket};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::answer::{PageContext, own_path_or};
use crate::course::language::languages::Language;
use crate::course::lessons::registry::Lesson;
use crate::course::pages::assets;
use crate::course::pages::no_cookie;

/// The pages that a lesson may have, with the text keys of their links.
const KNOWN_PAGES: [(&str, &str); 13] = [
    ("/main", "nav-main"),
    ("/cart", "nav-cart"),
    ("/board", "nav-board"),
    ("/profile", "nav-profile"),
    ("/who", "nav-who"),
    ("/where", "nav-where"),
    ("/cookie", "nav-cookie"),
    ("/account", "nav-account"),
    ("/lifetime", "nav-lifetime"),
    ("/visit", "nav-visit"),
    ("/rows", "nav-rows"),
    ("/signup", "nav-signup"),
    ("/login", "nav-login"),
];

/// The running lesson and what it mounts. Worked out once, at start.
pub(crate) struct Running {
    pub lesson: &'static Lesson,
    /// The lesson's own routes, the course's left out.
    pub routes: Vec<MountedRoute>,
}

/// A route as the page for 404 lists it.
#[derive(Serialize)]
pub(crate) struct MountedRoute {
    pub method: Method,
    pub path: String,
}

impl Running {
    /// What to try: those of the lesson's pages that are there. In the playground they change
    /// under the student's hands.
    pub fn start(&self) -> Vec<&'static str> {
        let mut pages = self.lesson.start.to_vec();
        pages.retain(|path| self.mounts(Method::Get, path));
        pages
    }

    pub fn mounts(&self, method: Method, path: &str) -> bool {
        let mut routes = self.routes.iter();
        routes.any(|route| route.method == method && route.path == path)
    }
}

/// Notes what the lesson mounts. Belongs before the stages that mount the course's own routes.
pub(crate) fn stage(lesson: &'static Lesson) -> AdHoc {
    AdHoc::on_ignite("Lesson", async move |rocket| {
        let routes = own_routes(&rocket);
        rocket
            .manage(Running { lesson, routes })
            .manage(PageContext(add_to_context))
    })
}

fn own_routes(rocket: &Rocket<Build>) -> Vec<MountedRoute> {
    let routes = rocket.routes().map(|route| MountedRoute {
        method: route.method,
        path: route.uri.path().to_owned(),
    });
    routes.collect()
}

/// Adds the names that every page knows: `lang` and `page`.
pub(crate) fn add_to_context(context: &mut Map<String, Value>, request: &Request<'_>) {
    context.insert("lang".to_owned(), json!(Language::of(request).code()));
    if let Some(running) = request.rocket().state::<Running>() {
        context.insert("page".to_owned(), page(running, request));
    }
}

fn page(running: &Running, request: &Request<'_>) -> Value {
    let current = request.uri().path();
    let links: Vec<Value> = KNOWN_PAGES
        .iter()
        .filter(|(path, _)| running.mounts(Method::Get, path))
        .map(|(path, label)| json!({ "path": path, "label": label, "current": current == *path }))
        .collect();
    let languages =
        Language::ALL.map(|language| json!({ "code": language.code(), "name": language.name() }));
    json!({
        "lesson": running.lesson,
        "links": links,
        "logout": running.mounts(Method::Post, "/logout"),
        "back": back(running, request),
        "no_cookie": no_cookie::is_missing(request),
        "languages": languages,
        "style": assets::STYLE.address(),
        "script": assets::SCRIPT.address(),
        "projector": projector(running, request),
    })
}

/// Whether this page is to be shown in large type, and the link that changes that. With JavaScript
/// the browser remembers it, without it holds for one page.
fn projector(running: &Running, request: &Request<'_>) -> Value {
    let query = request.uri().query();
    let on = query.is_some_and(|query| query.segments().any(|(name, _)| name == "projector"));
    let page = back(running, request);
    let path = page.split('?').next().unwrap_or_default();
    let link = if on {
        path.to_owned()
    } else {
        format!("{path}?projector")
    };
    json!({ "on": on, "link": link })
}

/// The page that answers this request, as something to come back to.
pub(crate) fn this_page(request: &Request<'_>) -> String {
    let running = request.rocket().state::<Running>();
    running.map_or_else(|| "/".to_owned(), |running| back(running, request))
}

/// Where the language switch leads back to: this page, if a GET request can have it.
fn back(running: &Running, request: &Request<'_>) -> String {
    let path = request.uri().path().as_str();
    if request.method() == Method::Get {
        own_path_or(&request.uri().to_string(), "/").to_owned()
    } else if running.mounts(Method::Get, path) {
        path.to_owned()
    } else {
        "/".to_owned()
    }
}
