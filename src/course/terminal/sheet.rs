//! Text for a terminal: wrapped, in colour or plain. Commands, demos and transcripts are written
//! with it.

use std::io::{IsTerminal, Write};

use terminal_size::{Width, terminal_size};

use super::text::{columns, printable};
use super::wrapping::wrapped;

/// Widest line in columns. Beyond it a line is hard to read, however wide the terminal.
const WIDEST: usize = 100;

/// Narrowest line in columns. Below it the terminal's own wrapping is better than ours.
const NARROWEST: usize = 50;

/// The emphasis of a text. Without colour nothing is lost but the colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// As everything else.
    #[default]
    Plain,
    /// The subject.
    Strong,
    /// A side note.
    Quiet,
    /// Sent by a browser.
    Out,
    /// Sent by the server.
    Back,
    /// A success.
    Good,
    /// A failure.
    Bad,
}

impl Ink {
    /// The code of an SGR sequence (ECMA-48, 8.3.117): 36 is cyan, 35 magenta, 32 green, 31 red, 1
    /// bold, 2 faint.
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "0",
            Ink::Strong => "1",
            Ink::Quiet => "2",
            Ink::Out => "36",
            Ink::Back => "35",
            Ink::Good => "32",
            Ink::Bad => "1;31",
        }
    }
}

/// A text while it is written. Nothing is printed before [`Sheet::print`].
#[derive(Debug)]
pub struct Sheet {
    /// The lines so far, with their colours.
    text: String,
    /// Columns of a line.
    width: usize,
    /// True if inks become colours.
    colour: bool,
}

impl Sheet {
    /// Plain, of the usual width: the same on every machine, as snapshots need it.
    pub fn plain() -> Self {
        Sheet {
            text: String::new(),
            width: WIDEST,
            colour: false,
        }
    }

    /// As standard output can show it: no colour in a pipe, with `NO_COLOR`
    /// (<https://no-color.org>) or with `TERM=dumb`.
    pub fn of_terminal() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = if terminal { terminal_width() } else { None };
        Sheet {
            text: String::new(),
            width: width.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST),
            colour: terminal && !unwanted,
        }
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A text, wrapped and indented.
    pub fn line(&mut self, indent: usize, ink: Ink, text: &str) {
        self.labelled(indent, ("", Ink::Plain), 0, ink, text);
    }

    /// A text beside its label; the label takes `room` columns, see `room` below. Further lines stand
    /// below the first one's text.
    pub fn labelled(
        &mut self,
        indent: usize,
        label: (&str, Ink),
        room: usize,
        ink: Ink,
        text: &str,
    ) {
        let lines = wrapped(
            &printable(text),
            self.width.saturating_sub(indent + room + 1),
        );
        for (place, line) in lines.iter().enumerate() {
            self.text.push_str(&" ".repeat(indent));
            let shown = if place == 0 { label.0 } else { "" };
            self.inked(label.1, shown);
            self.text
                .push_str(&" ".repeat(room.saturating_sub(columns(shown))));
            self.inked(ink, line);
            self.text.push('\n');
        }
    }

    /// A line as it is, neither wrapped nor indented: code that is wrapped can't be compared.
    pub fn code(&mut self, ink: Ink, line: &str) {
        self.inked(ink, printable(line).trim_end());
        self.text.push('\n');
    }

    /// The text so far, which begins anew.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Prints the text so far.
    pub fn print(&mut self) {
        let text = self.take();
        let mut out = std::io::stdout().lock();
        // An error means that the reader is gone.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Adds a text in colour, and ends the colour at once: a line that is cut must not colour the
    /// rest.
    fn inked(&mut self, ink: Ink, text: &str) {
        if self.colour && ink != Ink::Plain && !text.is_empty() {
            let code = ink.code();
            self.text
                .push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
        } else {
            self.text.push_str(text);
        }
    }
}

/// Columns for the widest of some labels, and a gap of three.
pub fn room<'a>(labels: impl IntoIterator<Item = &'a str>) -> usize {
    labels.into_iter().map(columns).max().unwrap_or(0) + 3
}

/// The terminal's width. `COLUMNS` comes first, since that is how a person sets another one.
fn terminal_width() -> Option<usize> {
    let set = std::env::var("COLUMNS").ok();
    let set = set.and_then(|width| width.parse().ok());
    set.or_else(|| terminal_size().map(|(Width(width), _)| width.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_wrapped_beside_their_label() {
        let mut sheet = Sheet::plain();
        sheet.width = 20;
        sheet.labelled(2, ("행", Ink::Plain), 4, Ink::Strong, "one two three four");
        assert_eq!(sheet.take(), "  행  one two three\n      four\n");
        sheet.line(
            0,
            Ink::Plain,
            "a-word-that-is-longer-than-the-line and more",
        );
        assert_eq!(
            sheet.take(),
            "a-word-that-is-longer-than-the-line\nand more\n"
        );
    }

    #[test]
    fn colour_is_around_the_text_only() {
        let mut sheet = Sheet::plain();
        sheet.colour = true;
        sheet.line(2, Ink::Strong, "x\u{1b}y");
        assert_eq!(sheet.take(), "  \u{1b}[1mx y\u{1b}[0m\n");
    }
}
