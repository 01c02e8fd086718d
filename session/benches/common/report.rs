//! The figures of one bench as a page of Markdown, printed as they come and kept at the end.

use std::path::Path;

use super::choice::Choice;
use super::{Failure, machine};

/// A page that grows.
pub struct Report {
    text: String,
}

impl Report {
    /// A page with this title and what there is to say of the run.
    ///
    /// # Errors
    ///
    /// The disk can't be written.
    pub fn new(title: &str, choice: &Choice) -> Result<Self, Failure> {
        let text = String::new();
        let mut report = Report { text };
        report.add(&format!("# {title}"));
        let mut lines = machine::describe()?;
        let (rounds, slice) = (choice.rounds, choice.slice);
        lines.push(format!(
            "Rounds: {rounds}, medians reported; over HTTP a measurement takes {slice:?}"
        ));
        if !choice.is_whole() {
            lines.push("Only a quick look or a part: no figures to keep".to_owned());
        }
        report.list(&lines);
        Ok(report)
    }

    /// Adds a paragraph, a heading or anything else that stands alone.
    pub fn add(&mut self, paragraph: &str) {
        println!("{paragraph}\n");
        self.text.push_str(paragraph);
        self.text.push_str("\n\n");
    }

    /// Adds a list.
    pub fn list(&mut self, lines: &[String]) {
        let lines: Vec<String> = lines.iter().map(|line| format!("- {line}")).collect();
        self.add(&lines.join("\n"));
    }

    /// Adds a table: its first column stands left, the others right.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
        let all = || std::iter::once(&head).chain(rows);
        let width = |column: usize| {
            let cells = all().filter_map(|row| row.get(column));
            cells
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
                .max(3)
        };
        let widths: Vec<usize> = (0..head.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate();
            let cells = cells.map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = widths
            .iter()
            .enumerate()
            .map(|(column, width)| match column {
                0 => "-".repeat(*width),
                _ => format!("{}:", "-".repeat(width - 1)),
            });
        let rule: Vec<String> = rule.collect();
        let mut lines = vec![line(&head), line(&rule)];
        lines.extend(rows.iter().map(line));
        self.add(&lines.join("\n"));
    }

    /// Keeps the page in `benches/results/`, if it is whole.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn keep(&self, name: &str, choice: &Choice) -> Result<(), Failure> {
        if !choice.is_whole() {
            return Ok(());
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/results");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), self.text.trim_end().to_owned() + "\n")?;
        println!("Kept in benches/results/{name}.\n");
        Ok(())
    }
}

/// A ratio, as tables have it.
pub fn part(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.2}")
    } else {
        "–".to_owned()
    }
}

/// A figure that may be unknown.
pub fn known(value: Option<f64>, decimals: usize) -> String {
    match value {
        Some(value) => format!("{value:.decimals$}"),
        None => "–".to_owned(),
    }
}
