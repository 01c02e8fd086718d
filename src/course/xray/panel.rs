//! The panel beside a page: the request that made it, and the redirects before.

use std::sync::Arc;

use rocket::{Orbit, Request, Rocket};
use rocket_dyn_templates::{Template, context};
use serde::Serialize;

use super::onlooker::may_look;
use super::recorder::Recorder;
use super::time::TimeControl;
use crate::course::exchange::{Exchange, Noticed};
use crate::course::language::languages::Language;
use crate::course::pages::assets;
use crate::session::Subgoal;

/// An exchange as a template shows it.
#[derive(Serialize)]
pub(super) struct ExchangeView<'a> {
    /// The record itself, from which most of it is shown.
    exchange: &'a Exchange,
    /// The trace, sorted by the four subgoals.
    goals: [SubgoalView; 4],
    /// True if its details are unfolded.
    open: bool,
}

/// One of the four subgoals, and what was done for it.
#[derive(Serialize)]
struct SubgoalView {
    /// The text key of its name.
    title: &'static str,
    /// Its events in the page's language.
    sentences: Vec<String>,
}

/// The assets of a page, and the position from which its script goes on.
#[derive(Serialize)]
pub(super) struct StreamStart {
    style: &'static str,
    script: &'static str,
    from: String,
}

/// The exchange that the page is about that answers this request, if it has a panel.
fn shown(request: &Request<'_>) -> Option<Arc<Exchange>> {
    Recorder::exchange_of(request).filter(|_| may_look(request))
}

/// The style sheet for the head of a page that has a panel. By its mark, a wide window makes room.
pub fn style(request: &Request<'_>) -> Option<String> {
    shown(request)?;
    let address = assets::XRAY_STYLE.address();
    Some(format!(
        "<link rel=\"stylesheet\" href=\"{address}\" data-beside>"
    ))
}

/// The panel for the page that answers this request. `None` if this request may not look, or is the
/// course's own.
pub fn panel(request: &Request<'_>) -> Option<String> {
    let exchange = shown(request)?;
    let recorder = request.rocket().state::<Arc<Recorder>>()?;
    let (chain, last) = {
        let history = recorder.history();
        (history.chain(&exchange), history.last())
    };
    let language = Language::of(request);
    let views = chain
        .iter()
        .map(|one| ExchangeView::of(one, language, true));
    let context = context! {
        lang: language.code(),
        chain: views.collect::<Vec<_>>(),
        time: TimeControl::of(request),
        place: StreamStart::after(recorder, last),
    };
    Template::show(request.rocket(), "xray/panel", context)
}

/// The address of a column (`browser`, `wire`, `server`) of the exchange with this number: on the page
/// that answers the request, if its panel has it, else on the X-ray's own.
pub fn column(request: Option<&Request<'_>>, number: u64, side: &str) -> String {
    let chain = request.and_then(|request| {
        let exchange = shown(request)?;
        let recorder = request.rocket().state::<Arc<Recorder>>()?;
        Some(recorder.history().chain(&exchange))
    });
    let here = chain.is_some_and(|chain| chain.iter().any(|one| one.number == number));
    let page = if here { "" } else { "/xray" };
    format!("{page}#xray-{side}-{number}")
}

/// An exchange alone, for a page that has the others already. `None` if the template can't be
/// filled.
pub(super) fn alone(
    rocket: &Rocket<Orbit>,
    exchange: &Exchange,
    language: Language,
) -> Option<String> {
    let chain = [ExchangeView::of(exchange, language, false)];
    Template::show(
        rocket,
        "xray/chain",
        context! { lang: language.code(), chain },
    )
}

impl<'a> ExchangeView<'a> {
    pub(super) fn of(exchange: &'a Exchange, language: Language, open: bool) -> Self {
        let goals = [
            goal(Subgoal::Find, "xray-find", exchange, language),
            goal(Subgoal::Decide, "xray-decide", exchange, language),
            goal(Subgoal::Change, "xray-change", exchange, language),
            goal(Subgoal::Tell, "xray-tell", exchange, language),
        ];
        ExchangeView {
            exchange,
            goals,
            open,
        }
    }
}

impl StreamStart {
    /// The assets, and the position behind the exchange with the number `last`.
    pub(super) fn after(recorder: &Recorder, last: u64) -> Self {
        StreamStart {
            style: assets::XRAY_STYLE.address(),
            script: assets::XRAY_SCRIPT.address(),
            from: format!("{}.{last}", recorder.run),
        }
    }
}

/// The sentences for one subgoal. Without a trace they say why there is none: lesson 01 has no
/// session layer, or no view asked for the session.
fn goal(
    subgoal: Subgoal,
    title: &'static str,
    exchange: &Exchange,
    language: Language,
) -> SubgoalView {
    let of_this = exchange.trace.iter().filter(|e| e.subgoal == subgoal);
    let mut sentences: Vec<String> = of_this.map(|noticed| sentence(noticed, language)).collect();
    if exchange.trace.is_empty() {
        let instead = match subgoal {
            Subgoal::Find if exchange.engine.is_some() => Some("xray-not-asked"),
            Subgoal::Find => Some("xray-no-layer"),
            Subgoal::Decide if exchange.engine.is_none() => Some("xray-cannot-know"),
            _ => None,
        };
        sentences.extend(instead.map(|key| language.text(key)));
    }
    SubgoalView { title, sentences }
}

fn sentence(noticed: &Noticed, language: Language) -> String {
    if noticed.is_first_try() {
        // A number would only say that all is well.
        language.text("xray-first-try")
    } else {
        noticed.words("did", language)
    }
}
