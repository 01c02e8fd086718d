//! A scenario as text, in the terminal and in the snapshot. Nothing in it differs between two runs:
//! no time of day, no session ID, only names such as `sid#1·a`.

use std::time::Duration;

use super::act::{Act, DevTools, OtherOrigin, OtherServer};
use super::pipe::RowState;
use super::played::Played;
use super::restart::RestartWith;
use super::step::{Scenario, ScenarioStep};
use crate::course::language::duration::duration;
use crate::course::language::languages::Language;
use crate::course::lessons::head::{Lesson, quoted};
use crate::course::terminal::sheet::{Ink, Sheet, room};

/// The indent of everything below a step's heading.
const INDENT: usize = 4;

/// Characters that a row may have before it is cut: only a row that was filled on purpose has more.
const MOST: usize = 200;
/// Characters that are left of a row that is cut.
const CUT: usize = 60;

/// Writes down a scenario as it is played.
#[derive(Debug)]
pub struct Transcript {
    /// The text that was written and not yet taken or printed.
    pub sheet: Sheet,
    language: Language,
    /// True if there is a session layer, so that the browser's cookie is worth a line.
    sessions: bool,
    /// The lesson's idea, until it is told: it is the answer to the first question.
    idea: Option<String>,
}

impl Transcript {
    /// A transcript on this sheet; `sessions` is true if the lesson has a session layer.
    pub fn new(sheet: Sheet, language: Language, sessions: bool) -> Self {
        Transcript {
            sheet,
            language,
            sessions,
            idea: None,
        }
    }

    /// The lesson's number and title. Its idea follows after the first answer.
    pub fn title(&mut self, lesson: &Lesson) {
        let number = [("number", lesson.number.as_str())];
        let number = self.language.text_with("page-lesson", &number);
        let title = format!("{number} · {}", lesson.title_in(self.language));
        self.sheet.line(0, Ink::Strong, &title);
        self.idea = Some(lesson.idea_in(self.language));
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
        let act = step.instruction.as_ref().unwrap_or(&step.say);
        let act = quoted(act.text(self.language), self.language);
        self.sheet.line(INDENT, Ink::Plain, &act);
        if let Some(predict) = &step.predict {
            predict.write_question(&mut self.sheet, INDENT, self.language);
        }
        self.sheet.gap();
    }

    /// The outcome of a step, and the right answer. `chosen` is the answer that was given.
    pub fn after(&mut self, step: &ScenarioStep, played: &Played, chosen: Option<usize>) {
        if let Some(times) = step.times {
            let text = self.language.text_counted("scenario-times", times.into());
            self.done(&text);
        }
        let second = Some(OtherServer::Second);
        let at_second = matches!(&step.act, Act::Send(sent) if sent.server == second);
        for (place, request) in played.requests.iter().enumerate() {
            let remark = match place {
                0 => request.from.map(OtherOrigin::remark),
                _ => Some("scenario-follows"),
            };
            let remarks = remark
                .into_iter()
                .chain(at_second.then_some("scenario-at-second"));
            let remarks: Vec<String> = remarks.map(|key| self.say(key)).collect();
            let language = self.language;
            match &request.record {
                Some(record) => record.write(&mut self.sheet, INDENT, &remarks, language),
                None => self.done(&self.say("scenario-at-mallorys")),
            }
        }
        if let Act::Send(sent) = &step.act
            && played.requests.is_empty()
            && sent.script
        {
            self.done(&self.say("scenario-no-script"));
        }
        self.act(&step.act);
        self.sheet.gap();
        self.state(played);
        self.claims(played);
        if step.instruction.is_some() {
            self.sheet.gap();
            let outcome = quoted(step.say.text(self.language), self.language);
            self.sheet.line(INDENT, Ink::Plain, &outcome);
        }
        if let Some(predict) = &step.predict {
            predict.write_resolution(&mut self.sheet, INDENT, chosen, self.language);
            if let Some(idea) = self.idea.take() {
                let idea = format!("{} {idea}", self.say("scenario-idea"));
                self.sheet.gap();
                self.sheet.line(INDENT, Ink::Strong, &idea);
            }
        }
    }

    /// A step without a request. Requests are written from their records.
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
            Act::Steal => self.say("scenario-steals"),
            Act::Restart(with) if *with == RestartWith::default() => self.say("scenario-restarted"),
            Act::Restart(with) => {
                let settings = with.written().replace('=', " = ").replace(',', ", ");
                let settings = [("settings", settings.as_str())];
                self.language
                    .text_with("scenario-restarted-with", &settings)
            }
            Act::Wait(time) => {
                let time = duration(*time, self.language);
                self.language.text_with("scenario-time", &[("time", &time)])
            }
        };
        self.done(&text);
    }

    fn done(&mut self, text: &str) {
        self.sheet
            .labelled(INDENT, ("·", Ink::Out), 3, Ink::Out, text);
    }

    /// Page, browser and row afterwards.
    fn state(&mut self, played: &Played) {
        let shown = played.claims.iter().find(|claim| claim.claim == "text");
        let page = shown.map(|text| (Ink::Strong, format!("“{}”", text.found)));
        let browser = match &played.kept {
            Some((name, left)) => (Ink::Plain, self.kept(name, *left)),
            None => (Ink::Quiet, self.say("scenario-no-cookie")),
        };
        let row = played.row.as_ref();
        // A cookie that opens nothing has lost no row.
        let row = row.filter(|(_, row)| matches!(row, RowState::Live(_)) || !played.carried);
        let row = row.map(|(session, row)| {
            let none = |key| {
                let session = [("session", session.as_str())];
                (Ink::Quiet, self.language.text_with(key, &session))
            };
            match row {
                RowState::Live(row) => {
                    let data = cut(&row.data.text());
                    (Ink::Plain, format!("{session}   {data}"))
                }
                RowState::Over => none("scenario-row-over"),
                RowState::Gone => none("scenario-no-row"),
            }
        });
        let row_label = if played.carried {
            "scenario-in-cookie"
        } else {
            "scenario-row"
        };
        let lines = [
            ("scenario-page", page),
            ("scenario-browser", self.sessions.then_some(browser)),
            (row_label, row),
        ]
        .map(|(key, line)| (self.say(key), line));
        let room = room(lines.iter().map(|(label, _)| label.as_str()));
        for (label, line) in lines {
            if let Some((ink, text)) = line {
                let label = (label.as_str(), Ink::Quiet);
                self.sheet.labelled(INDENT, label, room, ink, &text);
            }
        }
    }

    /// The browser's cookie and the time for which it keeps it.
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

    /// The claims: one line for all that hold, and one for each that does not, which is what a
    /// reader looks for.
    fn claims(&mut self, played: &Played) {
        let (held, failed): (Vec<_>, Vec<_>) = played.claims.iter().partition(|claim| claim.holds);
        let held: Vec<String> = held.iter().map(|it| it.name(self.language)).collect();
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
    }

    fn say(&self, key: &str) -> String {
        self.language.text(key)
    }
}

/// A row that is cut if it is too long for a line.
fn cut(data: &str) -> String {
    match data.chars().nth(MOST) {
        Some(_) => data.chars().take(CUT).chain(['…']).collect(),
        None => data.to_owned(),
    }
}
