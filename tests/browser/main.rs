//! The lessons in a real browser: Chromium without a window, clicked and typed at through
//! chromedriver, in both languages. Without the two programs the trials are ignored; in CI, where
//! they always are, that is a failure.

// Shared with the tests over HTTP; this needs only a part of it.
#[allow(dead_code)]
#[path = "../common/http.rs"]
mod http;
#[allow(dead_code)]
#[path = "../common/lesson.rs"]
mod lesson;
#[allow(dead_code)]
#[path = "../common/mallory.rs"]
mod mallory;
#[allow(dead_code)]
#[path = "../common/page.rs"]
mod page;

mod afresh;
mod back;
mod beside;
mod blocked;
mod browser;
mod by_hand;
mod checklist;
mod cookie_facts;
mod cookies;
mod double_click;
mod driver;
mod habits;
mod hands;
mod her_attacks;
mod lessons;
mod lessons_06_07;
mod lessons_08_09;
mod look;
mod plain;
mod predict;
mod programs;
mod projector;
mod reading;
mod stored;
mod times;
#[cfg(feature = "tls")]
mod tls;
mod unfolded;
mod weight;
mod xray;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use session_lessons::course::{Language, Lessons};

use browser::Browser;
use driver::Driver;
use programs::Programs;

/// The steps of a trial with a browser that shows a lesson.
type Walk = fn(&Browser);

/// The walks through lessons that have one of their own.
const WALKS: [(&str, Walk); 11] = [
    ("lesson01", lessons::login_with_no_session),
    ("lesson02", lessons::a_key_named_user),
    ("lesson03", lessons::popping_it_on_logout),
    ("lesson04", lessons::from_the_signup_view_to_the_done_view),
    ("lesson05", lessons::a_cart_for_strangers),
    ("lesson06", lessons_06_07::who_is_asking),
    ("lesson07", lessons_06_07::the_board),
    ("lesson08", lessons_08_09::four_homes_for_a_session),
    ("lesson09", lessons_08_09::the_session_in_the_cookie),
    ("lesson10", lessons::how_long),
    ("lesson11", lessons::what_expired_is_still_there),
];

/// The walk through a lesson: if it has none of its own, to its cover and the pages to start with.
fn walk_of(lesson: &str) -> Walk {
    let own = WALKS.iter().find(|(of, _)| *of == lesson);
    own.map_or(lessons::cover_and_first_pages, |(_, walk)| *walk)
}

/// Weeks pass in these. A release build's clock can't be moved.
const MOVE_TIME: [&str; 2] = ["lesson10", "lesson11"];

const BOTH: &[Language] = &Language::ALL;
const ENGLISH: &[Language] = &[Language::English];
const KOREAN: &[Language] = &[Language::Korean];

/// A walk through one lesson that is about one habit, in these languages.
type Habit = (&'static str, &'static str, &'static [Language], Walk);

/// The languages differ in words only; where those don't matter, one of them is enough.
#[rustfmt::skip] // A line each.
const HABITS: [Habit; 42] = [
    ("walk_of_any_lesson", "lesson06", ENGLISH, lessons::cover_and_first_pages),
    ("keyboard_alone_logs_in", "lesson02", BOTH, habits::keyboard_alone),
    ("keyboard_skips_to_the_content", "lesson05", ENGLISH, habits::skip_link),
    ("language_switch_keeps_the_page", "lesson04", BOTH, habits::language_switch),
    ("cookie_is_safe_from_scripts", "lesson02", KOREAN, habits::cookie),
    ("cookie_facts", "lesson02", ENGLISH, cookie_facts::the_model_knows_them),
    ("focus_goes_to_the_errors", "lesson04", ENGLISH, habits::focus_on_errors),
    ("predict_first", "lesson02", BOTH, predict::a_wrong_answer_is_explained_and_kept),
    ("predict_then_look", "lesson02", BOTH, predict::what_was_predicted_is_looked_up_in_the_xray),
    ("checklist_ticks", "lesson02", BOTH, checklist::steps_tick_in_their_order),
    ("xray_in_a_second_window", "lesson02", KOREAN, xray::clicks_appear_in_the_second_window),
    ("xray_beside_the_page", "lesson02", BOTH, xray::a_page_shows_what_made_it),
    ("xray_in_many_windows", "lesson02", ENGLISH, xray::many_windows_still_work),
    ("xray_after_a_restart", "lesson02", KOREAN, xray::it_starts_anew_with_the_lesson),
    ("tabs_load_when_opened", "lesson03", BOTH, reading::tabs_load_when_they_are_opened),
    ("xray_beside_a_click", "lesson05", BOTH, beside::the_row_is_seen_to_change),
    ("xray_beside_large_type", "lesson05", ENGLISH, beside::large_type_asks_for_a_larger_window),
    ("xray_beside_scrolled", "lesson05", KOREAN, beside::the_page_and_its_tabs_stay_where_they_are),
    ("xray_beside_folded", "lesson05", ENGLISH, beside::folded_it_is_a_strip),
    ("xray_beside_without_javascript", "lesson05", ENGLISH, beside::it_needs_no_script),
    ("times_in_the_readers_zone", "lesson10", BOTH, times::they_are_of_the_readers_zone),
    ("tabs_stay_in_another_language", "lesson02", ENGLISH, reading::another_language_at_the_same_place),
    ("double_click_on_log_in", "lesson03", ENGLISH, double_click::on_log_in),
    ("double_click_with_a_cart", "lesson05", ENGLISH, double_click::with_a_cart),
    ("double_click_after_some_visits", "lesson11", ENGLISH, double_click::after_some_visits),
    ("double_click_on_sign_up", "lesson04", ENGLISH, double_click::on_sign_up),
    ("back_after_a_pop", "lesson03", ENGLISH, back::the_cookie_sent_once_more_drops_it),
    ("back_after_a_flush", "lesson05", ENGLISH, back::after_a_flush_the_page_asks_itself),
    ("back_after_a_flush_in_lesson09", "lesson09", ENGLISH, back::after_a_flush_the_page_asks_itself),
    ("cookies_blocked", "lesson02", BOTH, blocked::the_page_says_so_and_the_xray_listens),
    ("start_afresh", "lesson05", KOREAN, afresh::only_the_language_is_left),
    ("projector_stays_on", "lesson02", KOREAN, projector::it_stays_while_walking),
    ("without_javascript", "lesson02", ENGLISH, plain::a_lesson_without_scripts),
    ("everything_unfolded", "lesson05", BOTH, unfolded::all_there_is_can_be_used),
    ("mallory_keeps_and_plants", "lesson12a", BOTH, her_attacks::an_http_only_cookie_is_kept_and_overwritten),
    ("mallory_posts_from_both_addresses", "lesson13a", ENGLISH, her_attacks::a_form_from_both_addresses),
    ("mallory_third_parties_blocked", "lesson13a", ENGLISH, her_attacks::blocked_third_parties_change_nothing),
    ("mallory_gets_it_from_a_script", "lesson14a", ENGLISH, her_attacks::a_script_sends_the_readers_cookie),
    ("mallory_tosses_a_second_cookie", "lesson14a", KOREAN, her_attacks::a_second_cookie_locks_out),
    ("mallory_tosses_at_a_prefix", "lesson14b", ENGLISH, her_attacks::a_name_with_a_prefix_is_refused),
    ("mallory_can_be_read", "lesson13a", BOTH, her_attacks::her_pages_can_be_read),
    ("pages_are_light", "lesson05", KOREAN, weight::a_page_with_everything_is_light),
];

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Each browser is several processes that want a core.
    arguments.test_threads = arguments.test_threads.or(Some(2));
    let programs = Programs::find();
    let driver = match &programs.browser {
        Ok((chromedriver, chromium)) if !arguments.list => {
            Some(Arc::new(Driver::start(chromedriver, chromium)))
        }
        _ => None,
    };
    libtest_mimic::run(&arguments, trials(&programs, driver.as_ref())).exit_code()
}

fn trials(programs: &Programs, driver: Option<&Arc<Driver>>) -> Vec<Trial> {
    let may_be_missing = !programs.required;
    let axe = programs.axe.as_ref().ok();
    let trial = |name: &str, lesson, language: Language, walk: Walk| {
        let (driver, axe) = (driver.cloned(), axe.cloned());
        let run = move || {
            let driver = driver.ok_or("there is no Chromium with its chromedriver")?;
            walk(&Browser::at(driver, lesson, language, axe));
            Ok(())
        };
        let missing = programs.browser.is_err() && may_be_missing;
        let moves_time = MOVE_TIME.contains(&lesson) || name.starts_with("by_hand");
        let stands = !cfg!(debug_assertions) && moves_time;
        let name = format!("{name}::{}", language.code());
        Trial::test(name, run).with_ignored_flag(missing || stands)
    };
    let mut trials = Vec::new();
    let lessons = Lessons::of_project().unwrap().programs();
    for lesson in lessons.map(|lesson| lesson.program.as_str()) {
        let walk = walk_of(lesson);
        for language in Language::ALL {
            trials.push(trial(&format!("walk::{lesson}"), lesson, language, walk));
        }
        for language in Language::ALL {
            let name = format!("by_hand::{lesson}");
            trials.push(trial(&name, lesson, language, by_hand::every_box_is_ticked));
        }
        // If axe-core is there, it looks at every page of the walk.
        if let Err(missing) = &programs.axe {
            let failed = Err(missing.clone().into());
            let axe = Trial::test(format!("axe::{lesson}"), || failed);
            trials.push(axe.with_ignored_flag(may_be_missing));
        }
    }
    for (name, lesson, languages, walk) in HABITS {
        let languages = languages.iter();
        trials.extend(languages.map(|language| trial(name, lesson, *language, walk)));
    }
    #[cfg(feature = "tls")]
    for language in Language::ALL {
        let walk = tls::a_login_over_https;
        trials.push(trial("over_tls", "lesson14b", language, walk));
    }
    trials
}
