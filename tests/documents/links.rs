//! Links of the pages in `docs/` and of the layer's front page: `[text](path "words")` leads to a file
//! in which these words stand.

use std::path::Path;

use crate::common::sources::read;

const PAGES: [&str; 6] = [
    "session/docs/on-a-real-server.md",
    "session/docs/on-a-real-server.ko.md",
    "docs/asvs.md",
    "docs/asvs.ko.md",
    "session/README.md",
    "session/README.ko.md",
];

/// Path and words of every link that has words.
fn links(page: &str) -> Vec<(&str, &str)> {
    let targets = page.split("](").skip(1);
    let targets = targets.filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets
        .filter_map(|target| target.split_once(' '))
        .collect()
}

#[test]
fn every_link_leads_to_the_test_or_setting_that_it_names() {
    for page in PAGES {
        let folder = Path::new(page).parent().unwrap();
        let text = read(page);
        let links = links(&text);
        assert!(links.len() > 10, "{page}");
        for (path, words) in links {
            let words = words.trim_matches('"').replace("&quot;", "\"");
            let path = folder.join(path);
            let found = read(path.to_str().unwrap()).contains(&words);
            assert!(found, "{page}: {words:?} is not in {}", path.display());
        }
    }
}

#[test]
fn both_languages_lead_to_the_same_places() {
    fn sorted(page: &str) -> Vec<(&str, &str)> {
        let mut links = links(page);
        links.sort_unstable();
        links
    }
    for pages in [[PAGES[0], PAGES[1]], [PAGES[4], PAGES[5]]] {
        let [english, korean] = pages.map(read);
        assert_eq!(sorted(&english), sorted(&korean));
    }
}

#[test]
fn rustdoc_names_the_tests_that_the_front_page_does() {
    let front = read("session/src/lib.rs");
    let readme = read("session/README.md");
    for (_, words) in links(&readme) {
        let test = words.trim_matches('"').trim_start_matches("fn ");
        assert!(front.contains(&format!("`{test}` |")), "{test}");
    }
}
