//! `cargo run -- report`: a seat's progress, and a room's.

use std::fs;

use super::seat::Seat;

/// A seat that has done something.
fn busy(progress: &str) -> Seat {
    let seat = Seat::new();
    fs::create_dir_all(seat.path("var")).unwrap();
    fs::write(seat.path("var/progress.toml"), progress).unwrap();
    seat
}

#[test]
fn a_seat_says_what_it_has_done_and_no_names() {
    let seat =
        busy("lesson01 = 2\nex03-steps = 4\nex03-hints = 2\nex03-shown = 1\nex01-solved = 1\n");
    let (text, code) = seat.run("report");
    assert_eq!(code, Some(0));
    assert!(text.starts_with("# session-lessons report\n# "), "{text}");
    assert!(text.contains("\nlesson01 2/"), "{text}");
    assert!(text.contains("\nex03 3/7 hints 2 shown\n"), "{text}");
    assert!(
        text.contains("\nex01 0/") && text.contains(" solved\n"),
        "{text}"
    );
    assert!(text.contains("\nexend 0/"), "{text}");
    assert!(!text.contains("alice") && !text.contains('/'.to_string().repeat(2).as_str()));
}

#[test]
fn seats_are_added_up_and_what_is_no_report_is_told() {
    let seat = busy("lesson01 = 99\nex03-steps = 8\nex03-solved = 1\nex03-hints = 1\n");
    let (first, _) = seat.run("report");
    let other = busy("ex03-steps = 3\nex03-hints = 2\n");
    let (second, _) = other.run("report");
    let write = |name: &str, text: &str| fs::write(seat.path(name), text).unwrap();
    write("1.txt", &first);
    // Pasted after each other, with what a chat makes of them.
    let pasted = format!("\u{feff}{second}\r\n\r\n").replace('\n', "\r\n");
    write("2.txt", &(pasted.clone() + &pasted));
    write("bad.txt", &format!("{second}and alice has a cold\n"));
    write("none.txt", "lesson01 6/6\n");
    let (text, code) = seat.run("report 1.txt 2.txt bad.txt none.txt gone.txt");
    assert_eq!(code, Some(1));
    assert!(text.contains("3 seats"), "{text}");
    let row = |name: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with(name));
        let words = line.unwrap().split_whitespace().skip(1);
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("lesson01"), ["1", "1"]);
    assert_eq!(row("ex03"), ["3", "1", "5", "0"]);
    for words in [
        "bad.txt is not counted: line",
        "none.txt is not",
        "gone.txt is not",
    ] {
        assert!(text.contains(words), "{text}");
    }
    let (text, code) = seat.run("report 1.txt 2.txt");
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(seat.run("report --room").1, Some(2));
}
