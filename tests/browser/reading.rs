//! Notes, code and changes: in tabs that start closed and load when they are opened.

use session_lessons::course::Language;

use crate::browser::Browser;

const PARTS: [&str; 3] = ["notes", "code", "changes"];

/// The text that this tab has loaded, if it has.
fn loaded(browser: &Browser, part: &str) -> String {
    let script = format!("return document.querySelector('#beside-{part} .tab').textContent.trim()");
    browser.run(&script).as_str().unwrap().to_owned()
}

fn open_tabs(browser: &Browser) -> String {
    let open =
        "return [...document.querySelectorAll('.beside details[open]')].map(tab => tab.id).join()";
    browser.run(open).as_str().unwrap().to_owned()
}

fn is_filled(part: &str) -> String {
    format!("#beside-{part}[open]:not(:has(a[data-load]))")
}

pub fn tabs_load_when_they_are_opened(browser: &Browser) {
    browser.open("/nowhere");
    assert_eq!(open_tabs(browser), "");
    let fetched = "return performance.getEntriesByType('resource')
        .map(entry => new URL(entry.name).pathname).filter(path => path.startsWith('/beside/')).join()";
    assert_eq!(browser.run(fetched), "");
    let mut asked = Vec::new();
    for part in PARTS {
        assert_eq!(loaded(browser, part), browser.text("beside-load"));
        browser.tap(&format!("#beside-{part} > summary"));
        browser.wait_for(&is_filled(part));
        assert_eq!(
            open_tabs(browser),
            format!("beside-{part}"),
            "one at a time"
        );
        asked.push(format!("/beside/{part}"));
        assert_eq!(browser.run(fetched), asked.join(","));
    }
    let (folder, subgoal) = match browser.language {
        Language::English => ("lessons", "// Find the session."),
        Language::Korean => ("lessons/ko", "// 세션 조회."),
    };
    let code = loaded(browser, "code");
    assert!(code.contains("session.pop(\"user\")"), "{code}");
    assert!(code.contains(subgoal), "{code}");
    let files = format!("{folder}/lesson02.rs → {folder}/lesson03.rs");
    assert!(loaded(browser, "changes").contains(&files));
    let added = browser.run("return document.querySelectorAll('#beside-changes .added').length");
    assert!(added.as_u64() > Some(3), "{added}");
    assert_eq!(
        browser.run("return document.querySelectorAll('#beside-changes .reason').length > 0"),
        true
    );
    // Opening once more sends no request.
    browser.tap("#beside-changes > summary");
    assert_eq!(open_tabs(browser), "");
    browser.tap("#beside-changes > summary");
    assert_eq!(browser.run(fetched), asked.join(","));
}

pub fn another_language_at_the_same_place(browser: &Browser) {
    let idea = |language| match language {
        Language::English => "Idea",
        Language::Korean => "핵심",
    };
    browser.open("/login");
    browser.tap("#beside-notes > summary");
    browser.wait_for(&is_filled("notes"));
    assert!(loaded(browser, "notes").contains(idea(browser.language)));
    let others = Language::ALL
        .into_iter()
        .filter(|it| *it != browser.language);
    for language in others.chain([browser.language]) {
        browser.run("scrollTo(0, 400)");
        browser.click(&format!("button[name=lang][value={}]", language.code()));
        assert_eq!(browser.path(), "/login");
        browser.wait_for(&is_filled("notes"));
        assert_eq!(open_tabs(browser), "beside-notes");
        let notes = loaded(browser, "notes");
        assert!(notes.contains(idea(language)), "{language:?}: {notes}");
        browser.wait("scrollY > 100");
    }
    // The next page opens with it too, until it is closed.
    browser.open("/");
    browser.wait_for(&is_filled("notes"));
    browser.tap("#beside-notes > summary");
    browser.wait("sessionStorage.getItem('open') === ''");
    browser.reload();
    assert_eq!(open_tabs(browser), "");
}
