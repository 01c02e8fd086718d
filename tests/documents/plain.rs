//! The page on servers as rustdoc shows it. Links to files would lead nowhere there, and its readers
//! do not have the course. If it is not what the page says, this writes it:
//!
//!     COURSE_TABLES=write cargo test --test tests documents::plain

use std::fs;

use super::writes;
use crate::common::lesson::project;
use crate::common::sources::read;

const HEAD: &str =
    "<!-- Written by a test from ../on-a-real-server.md, see tests/documents/plain.rs -->\n";

const PLAIN: &str = "session/docs/plain/on-a-real-server.md";

fn without_links_to_files(page: &str) -> String {
    let mut parts = page.split("](../");
    let mut plain = parts.next().unwrap().to_owned();
    for rest in parts {
        plain.remove(plain.rfind('[').unwrap());
        plain += rest.split_once("\")").unwrap().1;
    }
    plain
}

#[test]
fn rustdoc_shows_the_page_on_servers_as_it_is() {
    let page = read("session/docs/on-a-real-server.md");
    let (page, _) = page.split_once("\n## In the course\n").unwrap();
    let page = page.replace("[한국어](on-a-real-server.ko.md)\n\n", "");
    let plain = format!("{HEAD}{}", without_links_to_files(&page));
    if writes() {
        fs::write(project().join(PLAIN), plain).unwrap();
    } else {
        let write = "COURSE_TABLES=write cargo test --test tests documents::plain";
        assert!(
            read(PLAIN) == plain,
            "{PLAIN} is out of date; to write it: {write}"
        );
    }
}
