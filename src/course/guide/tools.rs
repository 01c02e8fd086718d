//! The tool for the step that is next, where a page of the lesson alone can't do it: a command, a
//! line for the console, a button that moves the clock or changes the cookie, a page of another
//! site.

use rocket::form::Form;
use rocket::http::{CookieJar, Header, Method};
use rocket::response::Responder;
use rocket::{FromForm, Request, Route, State, get, post, routes};
use rocket_dyn_templates::context;
use serde_json::{Value, json};

use crate::answer::{Answer, redirect_back, render};
use crate::course::guide::state::{Guide, Reason};
use crate::course::language::duration::duration;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::mallory;
use crate::course::pages::navigation;
use crate::course::protect::own_cookies::OwnCookies;
use crate::course::scenario::{
    Act, Checklist, DevTools, OtherServer, RestartWith, Sent, by_hand, console_line,
};
use crate::course::terminal::shell::with_variable;
use crate::course::xray::{Onlooker, OtherName, may_look};
use crate::session::{Clock, Layer};

/// The views behind the buttons, to be mounted at `/walk`.
pub(super) fn routes() -> Vec<Route> {
    routes![move_clock, change_cookie, another_site]
}

/// The tool of the step at this place, as the checklist shows it; null if it needs none.
pub(super) fn of_step(
    list: &Checklist<'_>,
    place: usize,
    guide: &Guide,
    request: &Request<'_>,
    language: Language,
) -> Value {
    let step = &list.steps()[place];
    let lesson = guide.lesson;
    let button = |action: &str, label: String| {
        let back = navigation::this_page(request);
        let button = json!({ "action": action, "label": label, "back": back });
        if may_look(request) {
            button
        } else {
            Value::Null
        }
    };
    match &step.act {
        Act::Restart(_) => {
            let command = command(list.restarted(place), lesson);
            json!({ "copy": command, "how": "walk-terminal" })
        }
        Act::Wait(time) => {
            let time = duration(*time, language);
            button(
                "/walk/clock",
                language.text_with("walk-clock", &[("time", &time)]),
            )
        }
        Act::DevTools(devtools) => button(
            "/walk/cookie",
            match devtools {
                DevTools::Copy => language.text("walk-copy"),
                DevTools::Paste => language.text("walk-paste"),
                DevTools::Change { from, to } => {
                    language.text_with("walk-change", &[("from", from), ("to", to)])
                }
            },
        ),
        Act::Send(sent) if guide.has_mallory() && is_at_mallorys(sent) => {
            let host = match guide.scenario() {
                Some(scenario) if !sent.is_foreign() => scenario.mallorys_host(&sent.path),
                _ => "127.0.0.1".to_owned(),
            };
            let page = lesson.in_course();
            let (hers, ours) = (mallory::port(), request.rocket().config().port);
            json!({
                "link": format!("http://{host}:{hers}/{page}?port={ours}"),
                "label": language.text("walk-mallory"),
                "how": language.text(if sent.is_foreign() { "walk-mallory-starts" } else { "walk-mallory-unseen" }),
            })
        }
        Act::Send(sent) if sent.server == Some(OtherServer::Second) => {
            let first = request.rocket().config().port;
            let port = if list.at_second {
                first
            } else {
                first.saturating_add(1)
            };
            // A form without a page of its own stands on others.
            let path = sent.path.split('?').next().unwrap_or_default();
            let running = request.rocket().state::<navigation::Running>();
            let is_page = running.is_some_and(|running| running.mounts(Method::Get, path));
            let page = if is_page { &sent.path } else { "/" };
            json!({
                "link": format!("http://localhost:{port}{page}"),
                "label": language.text("walk-second"),
                "how": language.text_with("walk-second-starts", &[("command", &lesson.command())]),
            })
        }
        Act::Send(sent) if sent.is_foreign() => match OtherName::of(request) {
            Some(name) => json!({
                "link": format!("{}/walk/another-site?of={}", name.origin(), name.here),
                "label": language.text("walk-another-site"),
            }),
            None => Value::Null,
        },
        Act::Send(_) => match console_line(step) {
            Some(line) => json!({ "copy": list.named.filled(&line), "how": "walk-console" }),
            None => Value::Null,
        },
        Act::Close | Act::Steal => Value::Null,
    }
}

/// True if the form of this request stands on a page of Mallory's site.
fn is_at_mallorys(sent: &Sent) -> bool {
    sent.from.is_some() || sent.server == Some(OtherServer::Mallory)
}

/// The command that restarts the lesson, with the settings that were named.
fn command(with: RestartWith, lesson: &Lesson) -> String {
    if with == RestartWith::default() {
        return lesson.command();
    }
    let settings = format!("'{{{}}}'", with.written());
    with_variable("ROCKET_SESSION", &settings, &lesson.command())
}

/// The form of a button.
#[derive(FromForm)]
struct Pressed<'r> {
    /// The page to come back to.
    #[field(default = "/")]
    back: &'r str,
}

/// Moves the clock as far as the next step waits, and ticks it: pressed twice at once, it moves the
/// clock once.
#[post("/clock", data = "<form>")]
fn move_clock(
    _onlooker: Onlooker<'_>,
    form: Form<Pressed<'_>>,
    guide: &State<Guide>,
    clock: &State<Clock>,
) -> Answer {
    if let Some(scenario) = guide.scenario()
        && let Clock::Ahead(_) = **clock
    {
        let mut recent = guide.recent();
        let mut list = guide.list(scenario);
        let next = list.next();
        if let Some(seconds) = next.and_then(|(_, step)| step.act.waits()) {
            clock.advance(seconds);
            guide.observe_clock(&mut recent, &mut list, clock);
        }
    }
    redirect_back(form.back, "/")
}

/// Copies or changes the session cookie of the browser in which the button is pressed, as a person
/// could do in DevTools.
#[post("/cookie", data = "<form>")]
fn change_cookie(
    onlooker: Onlooker<'_>,
    form: Form<Pressed<'_>>,
    guide: &State<Guide>,
    cookies: &CookieJar<'_>,
    own: &State<OwnCookies>,
) -> Answer {
    // Not as a guard, without which a lesson would not start: lesson 01 has no layer.
    if let (Some(scenario), Some(layer)) = (guide.scenario(), Layer::of(onlooker.rocket)) {
        let mut recent = guide.recent();
        let mut list = guide.list(scenario);
        if let Some((place, step)) = list.next()
            && let Act::DevTools(devtools) = &step.act
        {
            let value = cookies
                .get(&layer.config().cookie)
                .map(|cookie| cookie.value());
            let is_lost = *devtools == DevTools::Paste && recent.clipboard.is_none();
            match by_hand(devtools, value, &mut recent.clipboard) {
                Ok(changed) => {
                    if let Some(value) = changed {
                        cookies.add(own.cookie(&layer.config().cookie, &value));
                    }
                    recent.missed = None;
                    guide.tick(&mut list);
                }
                Err(_) if is_lost => {
                    let copies = list.copy_again();
                    recent.missed = copies.map(|place| (place, Reason::Tool("walk-lost")));
                    guide.note(&list);
                }
                Err(_) => recent.missed = Some((place, Reason::Tool("walk-no-cookie"))),
            }
        }
    }
    redirect_back(form.back, "/")
}

/// A page that may send its form to the lesson, where it belongs to another site.
#[derive(Responder)]
struct Elsewhere {
    page: Answer,
    policy: Header<'static>,
}

/// The page of another site: this server under its other name, which is another site to browsers.
/// It has the form of the next step, and sends it to where the lesson is open.
#[get("/another-site?<of>")]
fn another_site(
    of: Option<&str>,
    here: OtherName,
    guide: &State<Guide>,
    language: Language,
) -> Option<Elsewhere> {
    let list = guide.list(guide.scenario()?);
    let (_, step) = list.next()?;
    let Act::Send(sent) = &step.act else {
        return None;
    };
    if !sent.is_foreign() {
        return None;
    }
    let origin = here.opener(of);
    let policy = format!(
        "default-src 'none'; form-action {origin}; base-uri 'none'; frame-ancestors 'none'"
    );
    let action = origin + &list.named.filled(&sent.path);
    let context = context! { lang: language.code(), action, form: &sent.form };
    Some(Elsewhere {
        page: render("elsewhere", context),
        policy: Header::new("Content-Security-Policy", policy),
    })
}
