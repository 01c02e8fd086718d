//! Findings, and the table that says so.

use std::fmt::Write;

use session_lessons::course::Language;

use super::cell::Cell;
use super::{inside, processes};
use crate::common::engines::{Engine, REDIS};

/// All that was found about an engine.
pub struct Row {
    name: &'static str,
    /// In the order of the table's columns.
    cells: Vec<Cell>,
}

impl Row {
    pub fn of(engine: &Engine) -> Row {
        let cells = vec![
            processes::survives_a_restart(engine),
            processes::survives_a_kill(engine),
            processes::survives_a_power_cut(engine),
            inside::survives_full_memory(engine),
            inside::can_be_read_by_its_owner(engine),
            inside::can_be_revoked(engine),
            processes::is_shared(engine),
            inside::size(engine),
        ];
        Row {
            name: engine.name,
            cells,
        }
    }
}

const ENGLISH: &str = "| engine | restart? | kill -9? | power cut? | full memory? | readable? | revocable? | shared? | size? |";
const KOREAN: &str = "| 엔진 | 재시작 후 유지 | 강제 종료 후 유지 | 정전 후 유지 | 메모리 부족 시 유지 | 내용 열람 가능 | 무효화 가능 | 서버 간 공유 | 최대 크기 |";

/// The table, in Markdown. `standing` is the one that the notes have.
pub fn grid(rows: &[Row], standing: &str, language: Language) -> String {
    let head = match language {
        Language::English => ENGLISH,
        Language::Korean => KOREAN,
    };
    let columns = head.matches('|').count() - 1;
    let mut grid = format!("{head}\n|{}\n", " --- |".repeat(columns));
    for Row { name, cells } in rows {
        let standing = standing_row(standing, name);
        write!(grid, "| {name} |").unwrap();
        for (place, cell) in cells.iter().enumerate() {
            let old = standing.get(place).copied().unwrap_or("–");
            write!(grid, " {} |", words(*cell, old, language)).unwrap();
        }
        grid.push('\n');
    }
    // Nothing was found out about an engine that is not compiled.
    let is_there = |name| rows.iter().any(|row| row.name == name);
    let standing = standing.split_inclusive('\n');
    let redis = standing.filter(|line| line.starts_with("| redis |") && !is_there(REDIS));
    grid.extend(redis);
    grid
}

/// The cells of an engine's row behind its name.
fn standing_row<'g>(grid: &'g str, name: &str) -> Vec<&'g str> {
    let row = grid.lines().find_map(|line| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        cells.strip_prefix(name)?.strip_prefix(" | ")
    });
    row.map(|cells| cells.split(" | ").collect())
        .unwrap_or_default()
}

fn words(cell: Cell, standing: &str, language: Language) -> String {
    let (yes, no) = match language {
        Language::English => ("yes", "no"),
        Language::Korean => ("예", "아니요"),
    };
    match cell {
        Cell::Is(true) => yes.to_owned(),
        Cell::Is(false) => no.to_owned(),
        // The rest of a cookie differs by a few bytes from one to the other.
        Cell::Bytes(size) if size < 10_000 => format!("{:.1} KiB", size as f64 / 1024.0),
        Cell::Bytes(size) => format!("{} KiB", size / 1024),
        Cell::Unknown => standing.to_owned(),
    }
}

#[test]
fn what_could_not_be_found_out_stays_as_it_is() {
    let row = Row {
        name: "file",
        cells: vec![Cell::Is(true), Cell::Unknown, Cell::Bytes(65_536)],
    };
    let standing = "| files | 1 | 2 | 3 |\n| file | no | maybe | 7 |\n";
    let grid = grid(&[row], standing, Language::English);
    assert_eq!(grid.lines().last(), Some("| file | yes | maybe | 64 KiB |"));
}
