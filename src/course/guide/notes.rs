//! Texts of the project's folder as parts of a page: a lesson's section of `NOTES.md`, and `RUST.md`;
//! in Korean those of `NOTES.ko.md` and `RUST.ko.md`.

use std::io;
use std::path::Path;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::course::language::languages::Language;
use crate::course::lessons::folder::read_plain;
use crate::course::lessons::head::Lesson;

/// The lesson's section as HTML; for an exercise that of its lesson. `None` if there is none.
///
/// # Errors
///
/// The file can't be read.
pub fn of_lesson(folder: &Path, lesson: &Lesson, language: Language) -> io::Result<Option<String>> {
    let notes = read_plain(&folder.join(file_name("NOTES", language)))?;
    let title = language.text_with("page-lesson", &[("number", lesson.in_course())]);
    Ok(section(&notes, &title).map(to_html))
}

/// Ten signs of Rust and seven errors, as HTML. The chapters' headings come next after the page's own.
///
/// # Errors
///
/// The file can't be read.
pub fn of_rust(folder: &Path, language: Language) -> io::Result<String> {
    let text = read_plain(&folder.join(file_name("RUST", language)))?;
    let begin = text.find("\n## ").unwrap_or(0);
    Ok(raised_html(&text[begin..], 0))
}

/// The file of a text in this language, in the project's folder: `NOTES.ko.md` of `NOTES`.
pub fn file_name(text: &str, language: Language) -> String {
    match language {
        Language::English => format!("{text}.md"),
        Language::Korean => format!("{text}.ko.md"),
    }
}

/// The text under the heading of second level that begins with `title`, up to the next one. After
/// the title no letter or digit may follow, or "Lesson 1" would find "Lesson 10".
fn section<'a>(notes: &'a str, title: &str) -> Option<&'a str> {
    // Read as Markdown, because a line that begins with `##` may also stand in a code block.
    let mut headings = Vec::new();
    for (event, place) in Parser::new_ext(notes, OPTIONS).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event
            && level <= HeadingLevel::H2
        {
            headings.push(place);
        }
    }
    let ours = |text: &str| {
        let text = text.trim_start_matches('#').trim();
        let rest = text.strip_prefix(title);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let found = headings
        .iter()
        .position(|place| ours(&notes[place.clone()]))?;
    let end = headings
        .get(found + 1)
        .map_or(notes.len(), |next| next.start);
    Some(&notes[headings[found].end..end])
}

/// CommonMark and tables, which the notes use; the same for finding sections and for printing.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// A section as HTML for the middle of a page. The page has its own heading above: a section's
/// parts come next after it.
pub(crate) fn to_html(markdown: &str) -> String {
    raised_html(markdown, 1)
}

/// A text as HTML, its headings raised by so many levels.
fn raised_html(markdown: &str, levels: usize) -> String {
    let mut linked = false;
    let fit = |event| fit_for_a_page(event, levels, &mut linked);
    let events = Parser::new_ext(markdown, OPTIONS).filter_map(fit);
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

/// Takes out what works only where the file itself is read, and lets no raw HTML through: the notes
/// can't change the page around them. `linked` is true inside of a link that stays.
fn fit_for_a_page<'a>(event: Event<'a>, levels: usize, linked: &mut bool) -> Option<Event<'a>> {
    Some(match event {
        // The mark of a part that a test writes.
        Event::Html(text) if text.starts_with("<!--") => return None,
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: raised(level, levels),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(raised(level, levels))),
        // Other files of the project are no pages here. Of a picture its description stays.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            *linked = dest_url.starts_with("https://");
            return linked.then_some(event);
        }
        Event::End(TagEnd::Link) if !*linked => return None,
        other => other,
    })
}

/// The level so many above this one. The first has none above it.
fn raised(level: HeadingLevel, levels: usize) -> HeadingLevel {
    HeadingLevel::try_from(level as usize - levels).unwrap_or(level)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: &str = "\
# Notes

## Lesson 01: first
One.

```text
## Lesson 02: not here
```

## Lesson 02: second
<!-- a mark -->

Two <script>alert(1)</script> &amp; [file](src/app.rs), [site](https://example.com).

### Watch
![a picture](docs/x.png)

## Lesson 020
";

    #[test]
    fn a_section_ends_where_the_next_one_begins() {
        let first = section(NOTES, "Lesson 01").unwrap();
        assert!(first.contains("One.") && first.contains("not here"));
        let second = section(NOTES, "Lesson 02").unwrap();
        assert!(second.contains("Two") && second.contains("picture"));
        assert!(!second.contains("020"));
        assert_eq!(section(NOTES, "Lesson 03"), None);
    }

    #[test]
    fn nothing_comes_alive_and_nothing_leads_to_what_is_no_page() {
        let page = to_html(section(NOTES, "Lesson 02").unwrap());
        assert!(page.contains("&lt;script&gt;"), "{page}");
        assert!(!page.contains("a mark"), "{page}");
        assert!(page.contains("file, <a href=\"https://example.com\">site</a>."));
        assert!(page.contains("<h2>Watch</h2>\n<p>a picture</p>"), "{page}");
    }
}
