//! A prediction in the transcript: asked before its step, resolved after it.

use super::Predict;
use super::transcript::{INDENT, Transcript};
use crate::course::terminal::sheet::Ink;

impl Transcript {
    /// The question and the answers to choose from.
    pub(super) fn question(&mut self, predict: &Predict) {
        let question = predict.question.text(self.language);
        self.sheet.gap();
        self.sheet.line(INDENT, Ink::Strong, question);
        for (answer, letter) in predict.answers().0.into_iter().zip('a'..) {
            let label = format!("{letter})");
            let text = answer.text(self.language);
            self.sheet
                .labelled(INDENT, (&label, Ink::Strong), 4, Ink::Plain, text);
        }
    }

    /// Which answer was right, and why people believe the others.
    pub(super) fn resolution(&mut self, predict: &Predict, chosen: Option<usize>) {
        let (answers, right) = predict.answers();
        let lettered = |place: usize| {
            let letter = ('a'..).nth(place).unwrap_or_default();
            format!("{letter}) {}", answers[place].text(self.language))
        };
        self.sheet.gap();
        if let Some(chosen) = chosen.filter(|chosen| *chosen < answers.len()) {
            let text = format!("{} {}", self.say("scenario-your-answer"), lettered(chosen));
            self.sheet.line(INDENT, Ink::Plain, &text);
        }
        let text = format!("{} {}", self.say("scenario-right"), lettered(right));
        self.sheet.line(INDENT, Ink::Good, &text);
        let places = (0..answers.len()).filter(|place| *place != right);
        for (place, wrong) in places.zip(&predict.wrong) {
            let text = format!("{} {}", self.say("scenario-wrong"), lettered(place));
            self.sheet.line(INDENT, Ink::Quiet, &text);
            self.sheet
                .line(INDENT + 4, Ink::Plain, wrong.why.text(self.language));
        }
    }
}
