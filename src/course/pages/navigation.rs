//! The routes of the running lesson, and what every page knows of it.
//!
//! Links, the list on the 404 page and the pages to try all come from the routes that Rocket has,
//! so a lesson registers nothing twice and no page links to a view that its lesson lacks.

use rocket::fairing::AdHoc;
use rocket::http::Method;
use rocket::{Build, Request, Rocket};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::answer::{PageContext, own_path_or};
use crate::course::language::languages::Language;
use crate::course::language::texts;
use crate::course::lessons::head::Lesson;
use crate::course::lessons::registry::Lessons;
use crate::course::pages::assets;
use crate::course::pages::no_cookie;

/// The beginning of the text keys of links: the link to `/main` has the text `nav-main`.
const LINK: &str = "nav-";

/// The running lesson and what it mounts. Worked out once, at start.
pub struct Running {
    /// The list that `lesson` is from, for its neighbours and its base.
    pub lessons: &'static Lessons,
    pub lesson: &'static Lesson,
    /// The lesson's own routes, each once, the course's left out.
    pub routes: Vec<MountedRoute>,
    /// The text keys of the links to its pages: `nav-main`. A page that has such a text gets a
    /// link.
    links: Vec<&'static str>,
}

/// A route as the page for 404 lists it.
#[derive(Serialize)]
pub struct MountedRoute {
    /// The method, which tells `GET /login` from `POST /login`.
    pub method: Method,
    /// The path as it is mounted, with `<…>` for its variables.
    pub path: String,
}

impl Running {
    /// A lesson that mounts nothing yet.
    pub fn new(lessons: &'static Lessons, lesson: &'static Lesson) -> Self {
        Running {
            lessons,
            lesson,
            routes: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The pages to try: those of the head that are there. In an exercise they change under the
    /// student's hands.
    pub fn start(&self) -> Vec<&'static str> {
        let pages = self.lesson.start.iter().map(String::as_str);
        pages
            .filter(|path| self.mounts(Method::Get, path))
            .collect()
    }

    /// True if the lesson has a view for this method and this path. Paths are compared as mounted:
    /// a route with variables matches no link.
    pub fn mounts(&self, method: Method, path: &str) -> bool {
        let mut routes = self.routes.iter();
        routes.any(|route| route.method == method && route.path == path)
    }
}

/// Notes what the lesson mounts. Belongs before the stages that mount the course's own routes,
/// which would be taken for the lesson's.
pub fn stage(lessons: &'static Lessons, lesson: &'static Lesson) -> AdHoc {
    AdHoc::on_ignite("Lesson", async move |rocket| {
        let mut running = Running::new(lessons, lesson);
        running.routes = own_routes(&rocket);
        // In the order of the texts, so that a page stands at the same place in all lessons.
        running.links = texts::keys(LINK)
            .filter(|key| running.mounts(Method::Get, &linked(key)))
            .collect();
        rocket.manage(running).manage(PageContext(add_to_context))
    })
}

/// The path that a link with this text leads to: `/main` for `nav-main`.
fn linked(key: &str) -> String {
    key.replacen(LINK, "/", 1)
}

/// The routes mounted so far. The lesson mounts its own before ignition, the course at ignition. A
/// view that stands behind the lesson's own is the same page.
fn own_routes(rocket: &Rocket<Build>) -> Vec<MountedRoute> {
    let mut routes: Vec<MountedRoute> = Vec::new();
    for route in rocket.routes() {
        let (method, path) = (route.method, route.uri.path().to_owned());
        if !routes
            .iter()
            .any(|it| (it.method, &it.path) == (method, &path))
        {
            routes.push(MountedRoute { method, path });
        }
    }
    routes
}

/// Adds the names that every page knows: `lang` and `page`. Without a running lesson, in a test of
/// a single room, there is no `page`.
pub fn add_to_context(context: &mut Map<String, Value>, request: &Request<'_>) {
    context.insert("lang".to_owned(), json!(Language::of(request).code()));
    if let Some(running) = request.rocket().state::<Running>() {
        context.insert("page".to_owned(), page(running, request));
    }
}

/// The value of `page`, from which `layout.html.j2` makes title, links and buttons.
fn page(running: &Running, request: &Request<'_>) -> Value {
    let (current, language) = (request.uri().path(), Language::of(request));
    let link = |key: &&str| {
        let path = linked(key);
        json!({ "label": key, "current": current == path.as_str(), "path": path })
    };
    let links: Vec<Value> = running.links.iter().map(link).collect();
    let lesson = running.lesson;
    let languages =
        Language::ALL.map(|language| json!({ "code": language.code(), "name": language.name() }));
    json!({
        "lesson": {
            "number": lesson.number,
            "title": lesson.title_in(language),
            "idea": lesson.idea_in(language),
            "minutes": lesson.minutes,
            "path": lesson.path.key(),
            "half": lesson.half_key(),
        },
        "has_hole": running.lessons.has_hole(lesson),
        "links": links,
        "logout": running.mounts(Method::Post, "/logout"),
        "deletes_user": running.mounts(Method::Post, "/who/delete"),
        "back": back(running, request),
        "no_cookie": no_cookie::is_missing(request),
        "languages": languages,
        "style": assets::STYLE.address(),
        "script": assets::SCRIPT.address(),
        "projector": projector(running, request),
    })
}

/// Large type for a projector: `on` if this page is shown in it, and the `link` that changes that.
/// The query switches it. With JavaScript the browser remembers it, without it holds for one page.
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

/// The page that answers this request, as an address to come back to: `/` if no lesson is running.
pub fn this_page(request: &Request<'_>) -> String {
    let running = request.rocket().state::<Running>();
    running.map_or_else(|| "/".to_owned(), |running| back(running, request))
}

/// The address that the language switch leads back to: this page, if a GET request can have it,
/// else the cover. After `POST /login` with an error it is the empty form at `GET /login`.
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
