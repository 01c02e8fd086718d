//! The record as text: in a terminal, in a transcript, in the stories that tests write down.

use super::cookies::ShownCookie;
use super::messages::{ShownRequest, ShownResponse};
use super::record::Exchange;
use crate::course::language::languages::Language;
use crate::course::terminal::sheet::{Ink, Sheet, room};
use crate::session::Subgoal;

/// The room that an arrow takes.
const ARROW: usize = 3;

/// The subgoals with their text keys.
const SUBGOALS: [(Subgoal, &str); 4] = [
    (Subgoal::Find, "subgoal-find"),
    (Subgoal::Decide, "subgoal-decide"),
    (Subgoal::Change, "subgoal-change"),
    (Subgoal::Tell, "subgoal-tell"),
];

impl Exchange {
    /// Writes the request, what was done for it under the four subgoals, and the response.
    pub(crate) fn write(
        &self,
        sheet: &mut Sheet,
        indent: usize,
        remarks: &[String],
        language: Language,
    ) {
        self.request.write(sheet, indent, remarks, language);
        self.write_trace(sheet, indent + 2 * ARROW, language);
        self.response.write(sheet, indent);
    }

    fn write_trace(&self, sheet: &mut Sheet, indent: usize, language: Language) {
        if self.trace.is_empty() {
            let key = match self.engine {
                Some(_) => "terminal-not-asked",
                None => "terminal-no-session-layer",
            };
            sheet.line(indent, Ink::Quiet, &language.text(key));
        }
        let labels = SUBGOALS.map(|(_, key)| language.text(key));
        let room = room(labels.iter().map(String::as_str));
        for ((subgoal, _), label) in SUBGOALS.iter().zip(&labels) {
            let noticed = self
                .trace
                .iter()
                .filter(|noticed| noticed.subgoal == *subgoal);
            let words: Vec<String> = noticed
                .filter(|noticed| !noticed.is_first_try())
                .map(|noticed| noticed.words_by_name("event", language))
                .collect();
            if !words.is_empty() {
                let label = (label.as_str(), Ink::Quiet);
                sheet.labelled(indent, label, room, Ink::Plain, &words.join(" · "));
            }
        }
    }
}

impl ShownRequest {
    /// Writes the request in one line with these remarks, and its cookies and its sender in others.
    pub fn write(&self, sheet: &mut Sheet, indent: usize, remarks: &[String], language: Language) {
        let mut line = format!("{} {}", self.method, self.target);
        if let Some(form) = self.form.as_ref().filter(|form| !form.fields.is_empty()) {
            let fields = form.fields.iter();
            let fields = fields.map(|field| format!("{}={}", field.name, field.value));
            line = format!("{line}   {}", fields.collect::<Vec<_>>().join(" & "));
            if form.cut {
                line.push('…');
            }
        }
        for remark in remarks {
            line = format!("{line}   ({remark})");
        }
        sheet.labelled(indent, ("→", Ink::Out), ARROW, Ink::Out, &line);
        let cookies: Vec<String> = self.cookies.iter().map(pair).collect();
        let (ink, cookies) = if cookies.is_empty() {
            let text = language.text("scenario-no-cookie");
            (Ink::Quiet, format!("({text})"))
        } else {
            (Ink::Plain, format!("Cookie: {}", cookies.join("; ")))
        };
        sheet.line(indent + ARROW, ink, &cookies);
        for header in &self.sender {
            sheet.line(indent + ARROW, Ink::Plain, header);
        }
    }
}

impl ShownResponse {
    /// Writes status and target in one line, and each cookie in another.
    pub fn write(&self, sheet: &mut Sheet, indent: usize) {
        let mut line = self.status.to_string();
        if let Some(location) = &self.location {
            line = format!("{line} → {location}");
        }
        sheet.labelled(indent, ("←", Ink::Back), ARROW, Ink::Back, &line);
        for sent in &self.set_cookies {
            let line = format!("Set-Cookie: {}; {}", pair(&sent.cookie), sent.attributes);
            sheet.line(indent + ARROW, Ink::Plain, &line);
        }
    }
}

/// Name and value, or the session's name in the value's place.
fn pair(cookie: &ShownCookie) -> String {
    let session = cookie.session.as_ref().map(|session| &session.name);
    format!("{}={}", cookie.name, session.unwrap_or(&cookie.value))
}
