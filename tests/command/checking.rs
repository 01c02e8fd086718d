//! Checks of exercises at a seat: watched, interrupted, several at once, on a full disk.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::seat::{Seat, ended, interrupt, is_alive};

/// After so long a check is taken for hung.
const PATIENCE: Duration = Duration::from_secs(60);

/// A check that watches, and the lines that it prints.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(seat: &Seat, line: &str) -> Watching {
        let mut child = seat.command(line).stdout(Stdio::piped()).spawn().unwrap();
        let (send, lines) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            let mut lines = stdout.lines().map_while(Result::ok);
            lines.try_for_each(|line| send.send(line))
        });
        Watching { child, lines }
    }

    /// All that it prints up to the line that parts one check from the next.
    fn check(&self) -> String {
        let mut text = String::new();
        while !text.contains("Waiting for a change in exercises/ex03.rs") {
            text += &self.lines.recv_timeout(PATIENCE).unwrap();
            text.push('\n');
        }
        text
    }
}

#[test]
fn a_watched_exercise_is_checked_at_each_change_and_never_twice_at_once() {
    let seat = Seat::new().with("ex03");
    let file = seat.path("exercises/ex03.rs");
    let save = |text: &str| {
        let given = fs::read_to_string(&file).unwrap();
        fs::write(&file, given + text).unwrap();
    };
    let script = "echo begin >> log\n[ -p gate ] && read line < gate\necho end >> log";
    seat.script("cargo", script);
    // Without a number it is the one of the last time.
    seat.run("start 03");
    let mut watching = Watching::start(&seat, "check --watch");
    assert!(watching.check().contains("✗ 3"));
    save("// once\n");
    assert!(watching.check().contains("✗ 3"));
    // A program that does not compile is no end.
    seat.script("cargo", &format!("{script}\nexit 101"));
    save("// broken\n");
    watching.check();
    seat.script("cargo", script);
    let gate = seat.pipe("gate");
    save("// and a third time\n");
    // Opened when the build has begun: the next change comes in the middle of a check.
    let mut open = File::create(&gate).unwrap();
    fs::remove_file(&gate).unwrap();
    save("// meanwhile\n");
    open.write_all(b"go on\n").unwrap();
    drop(open);
    watching.check();
    watching.check();
    assert_eq!(seat.read("log"), "begin\nend\n".repeat(5));
    interrupt(&watching.child.id().to_string());
    assert_eq!(watching.child.wait().unwrap().code(), Some(0));
    assert_eq!(seat.left_behind(), 0);
}

/// Starts a check in which this program says its number and then sleeps, and presses Ctrl+C.
fn interrupted(sleeper: &str, is_terminal: bool) {
    let seat = Seat::new().with_script(sleeper, "echo $$ > gate\nexec sleep 1000");
    let gate = seat.pipe("gate");
    let before = seat.read("exercises/ex03.rs");
    let mut command = seat.command("check 03");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = child.spawn().unwrap();
    let sleeping = fs::read_to_string(&gate).unwrap();
    let plays = sleeper == "ex03";
    assert_eq!(seat.left_behind(), usize::from(plays));
    let group = if is_terminal { "-" } else { "" };
    interrupt(&format!("{group}{}", child.id()));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(
        output.stdout.is_empty() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert_eq!(seat.left_behind(), 0);
    assert!(!is_alive(sleeping.trim()));
    assert_eq!(seat.read("exercises/ex03.rs"), before);
}

#[test]
fn ctrl_c_while_an_exercise_is_played_leaves_nothing_behind() {
    interrupted("ex03", true);
    interrupted("ex03", false);
}

#[test]
fn ctrl_c_while_cargo_compiles_leaves_nothing_behind() {
    interrupted("cargo", true);
    interrupted("cargo", false);
}

/// Whatever listens on the lessons' port does not matter: a check takes a free one.
#[test]
fn checks_at_once_do_not_disturb_each_other_or_a_lesson() {
    let seat = Seat::new().with("ex02").with("ex03");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    thread::scope(|scope| {
        let checks = ["check 03", "check 02", "check 03", "hint 02"].map(|line| {
            let mut command = seat.command(line);
            command.env("ROCKET_PORT", &port);
            scope.spawn(move || ended(&mut command))
        });
        for check in checks {
            let (text, _) = check.join().unwrap();
            assert!(text.contains('✗') || text.contains("Hint 1"), "{text}");
        }
    });
    assert_eq!(seat.left_behind(), 0);
    let progress = seat.read("var/progress.toml");
    for noted in [
        "ex02-steps",
        "ex02-hints",
        "ex03-steps",
        "ex02-turn",
        "ex03-turn",
    ] {
        assert!(progress.contains(noted), "{noted}: {progress}");
    }
}

#[test]
fn a_program_that_is_not_there_is_one_sentence() {
    let (text, code) = Seat::new().run("check 03");
    assert_eq!(code, Some(1));
    assert!(text.contains("could not be started"), "{text}");
}

#[test]
fn a_program_that_changes_the_courses_files_is_told_apart() {
    let own = "exercises/given/ex03.rs";
    let real = crate::common::lesson::program("ex03");
    let script = format!("echo '// mine' >> {own}\nexec {real:?}");
    let seat = Seat::new().with_script("ex03", &script);
    let (text, code) = seat.run("check 03");
    assert_eq!(code, Some(1));
    assert!(text.contains("✗ 3"), "{text}");
    assert!(text.contains(&format!("git checkout -- {own}")), "{text}");
    // One that leaves them alone is not suspected.
    let (text, _) = Seat::new().with("ex03").run("check 03");
    assert!(!text.contains("git checkout"), "{text}");
}

#[test]
fn on_a_full_disk_everything_is_one_sentence_and_the_attempt_stays() {
    let seat = Seat::new().with("ex03");
    let file = seat.path("exercises/ex03.rs");
    fs::create_dir(seat.path("exercises/old")).unwrap();
    fs::write(&file, "// my attempt\n").unwrap();
    let (text, code) = ended(&mut seat.on_a_full_disk("check 03"));
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.contains("Your program ended before it answered"),
        "{text}"
    );
    assert!(text.contains("could not be noted"), "{text}");
    let (text, code) = ended(&mut seat.on_a_full_disk("start 03"));
    assert_eq!((code, text.lines().count()), (Some(1), 1), "{text}");
    assert_eq!(fs::read_to_string(file).unwrap(), "// my attempt\n");
    let left = |folder: &str| {
        let files = fs::read_dir(seat.path(folder)).unwrap();
        let names = files.map(|file| file.unwrap().path());
        names
            .filter(|it| it.extension().is_some_and(|it| it == "tmp"))
            .count()
    };
    assert_eq!((left("exercises"), left("var")), (0, 0));
    assert_eq!(fs::read_dir(seat.path("exercises/old")).unwrap().count(), 0);
    assert_eq!(seat.left_behind(), 0);
}

#[test]
fn without_a_folder_for_temporary_files_a_check_says_so() {
    let seat = Seat::new().with("ex03");
    let mut command = seat.command("check 03");
    let nowhere: PathBuf = seat.path("nowhere");
    let (text, code) = ended(command.env("TMPDIR", &nowhere));
    assert_eq!(code, Some(1));
    assert!(
        text.contains("could not be started") && text.contains("nowhere"),
        "{text}"
    );
}
