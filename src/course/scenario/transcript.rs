//! A scenario as text: what a person reads in the terminal and in the snapshot.

use std::time::Duration;

use serde_json::Value;

use super::played::{Exchange, Played, Row};
use super::{Act, DevTools, Scenario, Step};
use crate::course::language::duration::duration;
use crate::course::language::events;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::protect::masking;
use crate::course::terminal::sheet::{Ink, Sheet, room};

/// How far everything below a step's heading is indented.
pub(super) const INDENT: usize = 4;

/// A row with more characters than any but a full one has is cut, so that it fits into a line.
const MOST: usize = 200;
const CUT: usize = 60;

/// The subgoals, as the trace names them, with their text keys.
const SUBGOALS: [(&str, &str); 4] = [
    ("find", "subgoal-find"),
    ("decide", "subgoal-decide"),
    ("change", "subgoal-change"),
    ("tell", "subgoal-tell"),
];

/// Writes down a scenario as it is played.
#[derive(Debug)]
pub struct Transcript {
    /// What was written and not yet taken or printed.
    pub sheet: Sheet,
    pub(super) language: Language,
    sessions: bool,
}

impl Transcript {
    /// A transcript on this sheet; `sessions` says whether the lesson has a session layer.
    pub fn new(sheet: Sheet, language: Language, sessions: bool) -> Self {
        Transcript {
            sheet,
            language,
            sessions,
        }
    }

    /// The title.
    pub fn title(&mut self, lesson: &Lesson) {
        let number = [("number", lesson.number.as_str())];
        let number = self.language.text_with("page-lesson", &number);
        let title = format!("{number} · {}", lesson.title_in(self.language));
        self.sheet.line(0, Ink::Strong, &title);
        self.sheet
            .line(0, Ink::Plain, &lesson.idea_in(self.language));
    }

    /// Everything about a step that is known before it is done. `place` counts from 0.
    pub fn before(&mut self, scenario: &Scenario, place: usize) {
        let step = &scenario.steps[place];
        let who = self.say(step.who.name());
        let who = if step.at == step.who {
            who
        } else {
            let at = self.say(step.at.name());
            let variables = [("who", who.as_str()), ("at", at.as_str())];
            self.language.text_with("scenario-at", &variables)
        };
        let (number, steps) = ((place + 1).to_string(), scenario.steps.len().to_string());
        let variables = [("number", number.as_str()), ("steps", steps.as_str())];
        let heading = self.language.text_with("scenario-step", &variables);
        self.sheet.gap();
        self.sheet
            .line(0, Ink::Strong, &format!("{heading} · {who}"));
        self.sheet
            .line(INDENT, Ink::Plain, step.say.text(self.language));
        if let Some(predict) = &step.predict {
            self.question(predict);
        }
        self.sheet.gap();
    }

    /// What came of a step, and what was right. `chosen` is the answer that somebody gave.
    pub fn after(&mut self, step: &Step, played: &Played, chosen: Option<usize>) {
        if let Some(times) = step.times {
            let text = self.language.text_counted("scenario-times", times.into());
            self.sheet
                .labelled(INDENT, ("·", Ink::Out), 3, Ink::Out, &text);
        }
        for (place, exchange) in played.exchanges.iter().enumerate() {
            self.request(exchange, place > 0);
            self.trace(exchange);
            self.answer(exchange);
        }
        self.act(&step.act);
        self.sheet.gap();
        self.state(played);
        self.claims(played);
        if let Some(predict) = &step.predict {
            self.resolution(predict, chosen);
        }
    }

    /// What is done without a request.
    fn act(&mut self, act: &Act) {
        let text = match act {
            Act::Send(_) => return,
            Act::Close => self.say("scenario-closed"),
            Act::DevTools(DevTools::Copy) => self.say("scenario-copied"),
            Act::DevTools(DevTools::Paste) => self.say("scenario-pasted"),
            Act::DevTools(DevTools::Change { from, to }) => {
                let change = [("from", from.as_str()), ("to", to.as_str())];
                self.language.text_with("scenario-changed", &change)
            }
            Act::Restart(None) => self.say("scenario-restarted"),
            Act::Restart(Some(engine)) => {
                let engine = engine.to_string();
                let engine = [("engine", engine.as_str())];
                self.language.text_with("scenario-restarted-with", &engine)
            }
            Act::Wait(time) => {
                let time = duration(*time, self.language);
                self.language.text_with("scenario-time", &[("time", &time)])
            }
        };
        self.sheet
            .labelled(INDENT, ("·", Ink::Out), 3, Ink::Out, &text);
    }

    fn request(&mut self, exchange: &Exchange, follows: bool) {
        let sent = &exchange.sent;
        let masked =
            |(name, value): &(String, String)| format!("{name}={}", masking::value(name, value));
        let form: Vec<String> = sent.form.iter().map(masked).collect();
        let mut line = format!("{} {}", sent.method, masking::address(&sent.path));
        if !form.is_empty() {
            line = format!("{line}   {}", form.join(" & "));
        }
        for (key, holds) in [
            ("scenario-follows", follows),
            ("scenario-foreign", sent.foreign),
        ] {
            if holds {
                line = format!("{line}   ({})", self.say(key));
            }
        }
        self.sheet
            .labelled(INDENT, ("→", Ink::Out), 3, Ink::Out, &line);
        let cookie = exchange.cookie.as_ref();
        let cookie = cookie.map(|cookie| format!("Cookie: {cookie}"));
        let (ink, cookie) = match cookie {
            Some(cookie) => (Ink::Plain, cookie),
            None => (Ink::Quiet, format!("({})", self.say("scenario-no-cookie"))),
        };
        self.sheet.line(INDENT + 3, ink, &cookie);
    }

    /// What the session layer did, under the four subgoals.
    fn trace(&mut self, exchange: &Exchange) {
        let labels = SUBGOALS.map(|(_, key)| self.say(key));
        let room = room(labels.iter().map(String::as_str));
        if exchange.told.is_empty() {
            let key = if self.sessions {
                "terminal-not-asked"
            } else {
                "terminal-no-session-layer"
            };
            let text = self.say(key);
            self.sheet.line(INDENT + 6, Ink::Quiet, &text);
        }
        for ((subgoal, _), label) in SUBGOALS.iter().zip(&labels) {
            let told = exchange.told.iter();
            let words: Vec<String> = told
                .filter(|told| told["subgoal"] == *subgoal && !is_detail(&told["event"]))
                .map(|told| events::words_of(&told["event"], "event", self.language))
                .collect();
            if !words.is_empty() {
                let (label, words) = ((label.as_str(), Ink::Quiet), words.join(" · "));
                self.sheet
                    .labelled(INDENT + 6, label, room, Ink::Plain, &words);
            }
        }
    }

    fn answer(&mut self, exchange: &Exchange) {
        let mut line = exchange.status.to_string();
        if let Some(place) = &exchange.place {
            line = format!("{line} → {}", masking::address(place));
        }
        self.sheet
            .labelled(INDENT, ("←", Ink::Back), 3, Ink::Back, &line);
        for header in &exchange.set_cookies {
            self.sheet
                .line(INDENT + 3, Ink::Plain, &format!("Set-Cookie: {header}"));
        }
    }

    /// What page, browser and row hold afterwards.
    fn state(&mut self, played: &Played) {
        let shown = played.claims.iter().find(|claim| claim.claim == "text");
        let page = shown.map(|text| (Ink::Strong, format!("“{}”", text.found)));
        let kept = played
            .kept
            .as_ref()
            .map(|(name, left)| self.kept(name, *left));
        let browser = match kept {
            Some(kept) => (Ink::Plain, kept),
            None => (Ink::Quiet, self.say("scenario-no-cookie")),
        };
        let row = played.row.as_ref();
        // A cookie that opens nothing has lost no row.
        let row = row.filter(|(_, row)| matches!(row, Row::Live(_)) || !played.carried);
        let row = row.map(|(session, row)| {
            let none = |key| {
                let session = [("session", session.as_str())];
                (Ink::Quiet, self.language.text_with(key, &session))
            };
            match row {
                Row::Live(data) => (
                    Ink::Plain,
                    format!("{session}   {}", cut(&masking::json("", data))),
                ),
                Row::Over => none("scenario-row-over"),
                Row::None => none("scenario-no-row"),
            }
        });
        let lines = [
            ("scenario-page", page),
            ("scenario-browser", self.sessions.then_some(browser)),
            (
                if played.carried {
                    "scenario-in-cookie"
                } else {
                    "scenario-row"
                },
                row,
            ),
        ];
        let room = room(
            lines
                .each_ref()
                .map(|(key, _)| self.say(key))
                .iter()
                .map(String::as_str),
        );
        for (key, line) in lines {
            if let Some((ink, text)) = line {
                let label = self.say(key);
                self.sheet
                    .labelled(INDENT, (&label, Ink::Quiet), room, ink, &text);
            }
        }
    }

    fn kept(&self, name: &str, left: Option<Duration>) -> String {
        let Some(left) = left else {
            return self
                .language
                .text_with("scenario-kept-until-closed", &[("cookie", name)]);
        };
        let time = duration(left, self.language);
        self.language
            .text_with("scenario-kept", &[("cookie", name), ("time", &time)])
    }

    fn claims(&mut self, played: &Played) {
        let (held, failed): (Vec<_>, Vec<_>) = played.claims.iter().partition(|c| c.holds());
        let held: Vec<&str> = held.iter().map(|claim| claim.claim).collect();
        if !held.is_empty() {
            let text = self
                .language
                .text_with("scenario-holds", &[("claims", &held.join(", "))]);
            self.sheet
                .labelled(INDENT, ("✓", Ink::Good), 2, Ink::Quiet, &text);
        }
        for claim in failed {
            let text = claim.line(self.language);
            self.sheet
                .labelled(INDENT, ("✗", Ink::Bad), 2, Ink::Bad, &text);
        }
        for claim in &played.left_out {
            let text = claim.line(self.language);
            self.sheet
                .labelled(INDENT, ("–", Ink::Quiet), 2, Ink::Quiet, &text);
        }
    }

    pub(super) fn say(&self, key: &str) -> String {
        self.language.text(key)
    }
}

/// As much of a row as says what is in it.
fn cut(data: &str) -> String {
    match data.chars().nth(MOST) {
        Some(_) => data.chars().take(CUT).chain(['…']).collect(),
        None => data.to_owned(),
    }
}

/// What belongs into the X-ray: which version was written, if it was at the first try.
fn is_detail(event: &Value) -> bool {
    event["event"] == "committed" && event["tries"] == 1
}
