//! A text in lines. It is our own because Korean letters take two columns, and because commands and
//! code must stay whole.

use super::text::columns;

/// The words of a text in lines of that many columns at most. A longer word has a line for itself
/// and stays whole: an address that is broken can't be clicked. Code in backticks and a command
/// are such words: what is broken can't be copied.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in whole_words(text) {
        let needed = columns(&word);
        match lines.last_mut() {
            Some(line) if used == 0 || used + 1 + needed <= width => {
                if used > 0 {
                    line.push(' ');
                    used += 1;
                }
                line.push_str(&word);
                used += needed;
            }
            _ => {
                lines.push(word);
                used = needed;
            }
        }
    }
    lines
}

/// The words of a text: `cargo run -- check 03` is one of them, and code between two backticks.
fn whole_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match words.last_mut() {
            Some(last) if goes_on(last, word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// True if `next` belongs to the code or the command that a word ends in.
fn goes_on(word: &str, next: &str) -> bool {
    let is_code = word.matches('`').count() % 2 == 1;
    let is_command = match word.rsplit_once("cargo run -") {
        Some((_, rest)) if ["-", "-bin"].contains(&rest) => true,
        // The name of a command is there: it may have a number.
        Some((_, rest)) if rest.matches(' ').count() == 1 => {
            next.starts_with(|c: char| c.is_ascii_digit() || c == '-') || next == "end"
        }
        Some(_) => false,
        None if word.ends_with("cargo run") => next.starts_with("--"),
        None => word.ends_with("cargo") && next == "run",
    };
    is_code || is_command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_code_stay_whole() {
        let text = "now cargo run -- hint 03 and `a + b` after it: `c d`.";
        let lines = [
            "now cargo run -- hint 03",
            "and `a + b` after it:",
            "`c d`.",
        ];
        assert_eq!(wrapped(text, 24), lines);
        assert_eq!(wrapped(text, 23)[..2], ["now", "cargo run -- hint 03"]);
        let text = "cargo run --bin ex03 of 3";
        assert_eq!(wrapped(text, 10), ["cargo run --bin ex03", "of 3"]);
        assert_eq!(
            wrapped("cargo run -- hint end 3 of", 10),
            ["cargo run -- hint end", "3 of"]
        );
    }
}
