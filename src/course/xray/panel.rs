//! The panel beside a page: the request that made it, and the redirects before.

use std::sync::Arc;

use rocket::{Orbit, Request, Rocket};
use rocket_dyn_templates::{Template, context};
use serde::Serialize;

use super::exchange::Exchange;
use super::onlooker::may_look;
use super::recorder::{Recorder, Shown};
use super::time::Control;
use crate::course::language::events;
use crate::course::language::languages::Language;
use crate::course::pages::assets;
use crate::session::{Event, Subgoal};

/// What a template needs to know of an exchange.
#[derive(Serialize)]
pub(super) struct View<'a> {
    exchange: &'a Exchange,
    goals: [Goal; 4],
    open: bool,
}

/// One of the four subgoals, and what was done about it.
#[derive(Serialize)]
struct Goal {
    title: &'static str,
    sentences: Vec<String>,
}

/// What a page must know so that the script can go on from there.
#[derive(Serialize)]
pub(super) struct Place {
    style: &'static str,
    script: &'static str,
    from: String,
}

/// The exchange that the page is about that answers this request, if it has a panel.
fn shown<'r>(request: &'r Request<'_>) -> Option<&'r Arc<Exchange>> {
    let shown: &Shown = request.local_cache(Shown::default);
    shown.0.as_ref().filter(|_| may_look(request))
}

/// The style sheet for the head of a page that has a panel. By its mark, a wide window makes room.
pub(crate) fn style(request: &Request<'_>) -> Option<String> {
    shown(request)?;
    let address = assets::XRAY_STYLE.address();
    Some(format!(
        "<link rel=\"stylesheet\" href=\"{address}\" data-beside>"
    ))
}

/// The panel for the page that answers this request.
pub(crate) fn panel(request: &Request<'_>) -> Option<String> {
    let exchange = shown(request)?;
    let recorder = request.rocket().state::<Arc<Recorder>>()?;
    let (chain, last) = {
        let history = recorder.history();
        (history.chain(exchange), history.last())
    };
    let language = Language::of(request);
    let views = chain.iter().map(|one| View::of(one, language, true));
    let context = context! {
        lang: language.code(),
        chain: views.collect::<Vec<_>>(),
        time: Control::of(request),
        place: Place::after(recorder, last),
    };
    Template::show(request.rocket(), "xray/panel", context)
}

/// An exchange alone, for those who have the others already.
pub(super) fn alone(
    rocket: &Rocket<Orbit>,
    exchange: &Exchange,
    language: Language,
) -> Option<String> {
    let chain = [View::of(exchange, language, false)];
    Template::show(
        rocket,
        "xray/chain",
        context! { lang: language.code(), chain },
    )
}

impl<'a> View<'a> {
    pub(super) fn of(exchange: &'a Exchange, language: Language, open: bool) -> Self {
        let goals = [
            goal(Subgoal::Find, "xray-find", exchange, language),
            goal(Subgoal::Decide, "xray-decide", exchange, language),
            goal(Subgoal::Change, "xray-change", exchange, language),
            goal(Subgoal::Tell, "xray-tell", exchange, language),
        ];
        View {
            exchange,
            goals,
            open,
        }
    }
}

impl Place {
    pub(super) fn after(recorder: &Recorder, last: u64) -> Self {
        Place {
            style: assets::XRAY_STYLE.address(),
            script: assets::XRAY_SCRIPT.address(),
            from: format!("{}.{last}", recorder.run),
        }
    }
}

fn goal(subgoal: Subgoal, title: &'static str, exchange: &Exchange, language: Language) -> Goal {
    let of_this = exchange.trace.iter().filter(|e| e.subgoal() == subgoal);
    let mut sentences: Vec<String> = of_this.map(|event| sentence(event, language)).collect();
    if exchange.trace.is_empty() {
        let instead = match subgoal {
            Subgoal::Find if exchange.engine.is_some() => Some("xray-not-asked"),
            Subgoal::Find => Some("xray-no-layer"),
            Subgoal::Decide if exchange.engine.is_none() => Some("xray-cannot-know"),
            _ => None,
        };
        sentences.extend(instead.map(|key| language.text(key)));
    }
    Goal { title, sentences }
}

fn sentence(event: &Event, language: Language) -> String {
    match event {
        // What should be the rule is easier to read without a number.
        Event::Committed { tries: 1, .. } => language.text("xray-first-try"),
        event => events::words(event, "did", language),
    }
}
