//! A scenario in the terminal, step by step: `cargo run --bin lesson03 -- --demo`.

use std::io::{self, BufRead, IsTerminal};
use std::time::Duration;
use std::{env, fs, process, thread};

use rocket::Config;
use rocket::tokio::signal::ctrl_c;

use super::predict::Predict;
use super::runner::ScenarioPlayer;
use super::server::LessonServer;
use super::step::Scenario;
use super::transcript::Transcript;
use crate::course::language::languages::Language;
use crate::course::lessons::head::Lesson;
use crate::course::start::checks::usable_port;
use crate::course::terminal::sheet::{Ink, Sheet};

/// Plays a lesson's demo and returns the exit code: 1 if it can't be played, or a claim does not
/// hold.
pub(crate) fn play(lesson: &Lesson, pace: Option<Duration>, language: Language) -> i32 {
    let scenario = match Scenario::load(lesson) {
        Ok(scenario) => scenario,
        Err(error) => {
            eprintln!("{}", error.line(language));
            return 1;
        }
    };
    match demo(lesson, &scenario, pace, language) {
        Ok(0) => 0,
        Ok(_) => 1,
        Err(error) => {
            let reason = error.to_string();
            eprintln!(
                "{}",
                language.text_with("demo-failed", &[("reason", &reason)])
            );
            1
        }
    }
}

/// Plays the steps and prints each before and after it is done. Returns the number of claims that
/// do not hold.
///
/// # Errors
///
/// The lesson can't be started or does not answer.
fn demo(
    lesson: &Lesson,
    scenario: &Scenario,
    pace: Option<Duration>,
    language: Language,
) -> io::Result<u64> {
    // The engine that the lesson itself would use if it were started now.
    let session = env::var("ROCKET_SESSION").unwrap_or_default();
    let program = env::current_exe()?;
    let mut player = ScenarioPlayer::new(&session, scenario, &program, usual_port(), language)?;
    clean_up_when_stopped(player.server());
    let sessions = player.server().cookie().is_some();
    let mut transcript = Transcript::new(Sheet::of_terminal(), language, sessions);
    transcript.title(lesson);
    let (address, xray) = (
        player.server().address(""),
        player.server().address("/xray"),
    );
    let variables = [("address", address.as_str()), ("xray", xray.as_str())];
    let live = language.text_with("demo-live", &variables);
    transcript.sheet.line(0, Ink::Quiet, &live);
    let mut failed = 0;
    for (place, step) in scenario.steps.iter().enumerate() {
        transcript.before(scenario, place);
        transcript.sheet.print();
        let chosen = wait(&mut transcript.sheet, pace, step.predict.as_ref(), language);
        let played = player.play(place)?;
        failed += played.claims.iter().filter(|claim| !claim.holds).count() as u64;
        transcript.after(step, &played, chosen);
        transcript.sheet.print();
    }
    transcript.sheet.gap();
    let (ink, end) = match failed {
        0 => (Ink::Good, language.text("demo-ends-well")),
        _ => (Ink::Bad, language.text_counted("demo-ends-badly", failed)),
    };
    transcript.sheet.line(0, ink, &end);
    transcript.sheet.print();
    Ok(failed)
}

/// The port on which the audience may have the X-ray open already. 0, for any other, if another
/// program has it.
fn usual_port() -> u16 {
    let config = Config::figment().extract::<Config>();
    config
        .ok()
        .filter(|config| usable_port(config).is_ok())
        .map_or(0, |config| config.port)
}

/// Waits until the audience is ready. Returns the index of the answer that was typed, if any.
fn wait(
    sheet: &mut Sheet,
    pace: Option<Duration>,
    predict: Option<&Predict>,
    language: Language,
) -> Option<usize> {
    if let Some(pace) = pace {
        thread::sleep(pace);
        return None;
    }
    // Piped, there is no one to press a key.
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return None;
    }
    let key = predict.map_or("demo-enter", |_| "demo-choose");
    sheet.line(4, Ink::Quiet, &language.text(key));
    sheet.print();
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed).ok()?;
    let letter = typed.trim().to_ascii_lowercase().chars().next()?;
    // Without a question the key was only Enter.
    predict?;
    ('a'..='z').position(|known| known == letter)
}

/// With Ctrl+C the program ends where it stands. The lesson that plays along notices by itself, but
/// its database would stay.
fn clean_up_when_stopped(server: &LessonServer) {
    let folder = server.folder().to_owned();
    thread::spawn(|| {
        rocket::execute(async move {
            if ctrl_c().await.is_err() {
                return;
            }
            // Ctrl+C reaches the lesson too, which may still be closing its files. Windows deletes
            // none that is open, so it is tried for up to a second.
            let mut tries = 0;
            while fs::remove_dir_all(&folder).is_err() && folder.exists() && tries < 20 {
                tries += 1;
                thread::sleep(Duration::from_millis(50));
            }
            // 128 and the number of SIGINT, as shells have it.
            process::exit(130);
        })
    });
}
