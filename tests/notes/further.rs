//! The code of the box in lesson 04's section, as it compiles.

use rocket::{get, routes, uri};
use rocket_dyn_templates::context;
use session_lessons::accounts::User;
use session_lessons::session::{Flash, Session};
use session_lessons::{Answer, redirect, render};

use super::NOTES;
use super::text::{Text, stands_in};
use crate::common::sources::read;

fn signed_up(user: &User, session: &Session) -> Answer {
    session.flash("success", format!("{}, you can log in now.", user.userid))?;
    redirect(uri!(login_page))
}

#[get("/login")]
fn login_page(session: &Session) -> Answer {
    let messages: Vec<Flash> = session.take_flashes();
    render("login", context! { messages })
}

#[test]
fn the_code_in_the_box_compiles() {
    let _compiles = (signed_up, routes![login_page]);
    let source = include_str!("further.rs");
    for (file, _) in NOTES {
        let notes = read(file);
        let quoted = notes.lines().filter_map(|line| line.strip_prefix('>'));
        let boxes = quoted.map(|line| line.strip_prefix(' ').unwrap_or(line));
        let boxes = boxes.collect::<Vec<_>>().join("\n");
        let text = Text::of(&boxes);
        let further = text
            .blocks
            .iter()
            .filter(|block| block.info == "rust further");
        let lines: Vec<_> = further.map(|block| &block.lines).collect();
        assert_eq!(lines.len(), 2, "{file}");
        for block in lines {
            assert!(stands_in(block, source), "{file}: {block:#?}");
        }
    }
}
