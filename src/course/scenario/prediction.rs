//! A prediction in the transcript: asked before its step, resolved after it.

use super::predict::Predict;
use crate::course::language::languages::Language;
use crate::course::terminal::sheet::{Ink, Sheet};

impl Predict {
    /// Writes the question and the answers to choose from.
    pub(super) fn write_question(&self, sheet: &mut Sheet, indent: usize, language: Language) {
        sheet.gap();
        sheet.line(indent, Ink::Strong, self.question.text(language));
        for (answer, letter) in self.answers().0.into_iter().zip('a'..) {
            let label = format!("{letter})");
            let text = answer.text(language);
            sheet.labelled(indent, (&label, Ink::Strong), 4, Ink::Plain, text);
        }
    }

    /// Writes the right answer, and why people believe the others. `chosen` is the index of the
    /// answer that was given.
    pub(super) fn write_resolution(
        &self,
        sheet: &mut Sheet,
        indent: usize,
        chosen: Option<usize>,
        language: Language,
    ) {
        let (answers, right) = self.answers();
        let lettered = |key, index: usize| {
            let letter = ('a'..).nth(index).unwrap_or_default();
            let answer = answers[index].text(language);
            format!("{} {letter}) {answer}", language.text(key))
        };
        sheet.gap();
        if let Some(chosen) = chosen.filter(|chosen| *chosen < answers.len()) {
            let text = lettered("scenario-your-answer", chosen);
            sheet.line(indent, Ink::Plain, &text);
        }
        sheet.line(indent, Ink::Good, &lettered("scenario-right", right));
        let others = (0..answers.len()).filter(|index| *index != right);
        for (index, wrong) in others.zip(&self.wrong) {
            sheet.line(indent, Ink::Quiet, &lettered("scenario-wrong", index));
            sheet.line(indent + 4, Ink::Plain, wrong.why.text(language));
        }
    }
}
