//! A page as a person reads it, or has it read to them: words, fields, buttons, in their order.

use session_lessons::course::exchange::FormField;

/// The text in the window's title bar.
pub fn title(html: &str) -> String {
    decoded(between(html, "<title>", "</title>"))
}

/// The content, without what is the same on every page above and below it.
pub fn main(html: &str) -> String {
    let mut reader = Reader::default();
    for part in between(html, "<main", "</main>").split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap();
        reader.tag(tag);
        reader.words(words);
    }
    reader.line_end();
    reader.text
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let rest = text.split(start).nth(1).unwrap_or_default();
    rest.split(end).next().unwrap_or_default()
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?;
    value.split('"').next()
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
}

#[derive(Default)]
struct Reader {
    text: String,
    line: String,
    /// The address that the open form sends to, and its hidden fields.
    form: String,
    hidden: Vec<String>,
    /// The open tag whose content is not read to anybody, and how many of its kind are open.
    silent: Option<(String, usize)>,
    /// Label that is read instead of the words on a button.
    label: Option<String>,
    /// The address that the open link leads to.
    link: Option<String>,
}

impl Reader {
    fn words(&mut self, source: &str) {
        if self.silent.is_some() || self.label.is_some() {
            return;
        }
        let words: Vec<&str> = source.split_whitespace().collect();
        if source.starts_with(char::is_whitespace) {
            self.put(" ");
        }
        self.line.push_str(&decoded(&words.join(" ")));
        if source.ends_with(char::is_whitespace) {
            self.put(" ");
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        if self.is_silent(name, tag) {
            return;
        }
        match name {
            "h1" => self.begin_line("# "),
            "h2" => self.begin_line("## "),
            "li" => self.begin_line("- "),
            "tr" => self.begin_line("│ "),
            "/th" | "/td" => self.put(" │ "),
            "/dt" => self.put(" "),
            "/dd" | "/p" | "/h1" | "/h2" | "/li" | "/tr" | "/label" | "/ul" | "/div" => {
                self.line_end()
            }
            "p" | "dt" | "caption" | "label" | "div" if !self.line.starts_with("- ") => {
                self.line_end()
            }
            "code" | "/code" => self.put("`"),
            "a" => {
                self.link = attribute(tag, "href").map(decoded);
                self.put("[");
            }
            "/a" => {
                let to = self.link.take().unwrap_or_default();
                self.put(&format!("]({to})"));
            }
            "form" => {
                let method = attribute(tag, "method").unwrap_or("get").to_uppercase();
                self.form = format!("{method} {}", attribute(tag, "action").unwrap_or_default());
                self.hidden.clear();
            }
            "input" => self.input(tag),
            "button" => {
                self.put(" <");
                if let Some(label) = attribute(tag, "aria-label") {
                    self.put(&decoded(label));
                    self.label = Some(decoded(label));
                }
            }
            "/button" => {
                self.label = None;
                let fields = self.hidden.join(" ");
                let sends = format!("{} {fields}", self.form);
                self.put(&format!("> sends {}", sends.trim_end()));
            }
            _ => {}
        }
    }

    /// True if this tag is, or stands in, something that is only there to be looked at.
    fn is_silent(&mut self, name: &str, tag: &str) -> bool {
        match &mut self.silent {
            Some((silent, open)) => {
                if name == silent {
                    *open += 1;
                } else if name.strip_prefix('/') == Some(silent) {
                    *open -= 1;
                }
                if *open == 0 {
                    self.silent = None;
                }
                true
            }
            None if attribute(tag, "aria-hidden") == Some("true") => {
                self.silent = Some((name.to_owned(), 1));
                true
            }
            None => false,
        }
    }

    fn input(&mut self, tag: &str) {
        let value = decoded(attribute(tag, "value").unwrap_or_default());
        let name = attribute(tag, "name").unwrap_or_default();
        if attribute(tag, "type") == Some("hidden") {
            let FormField { name, value } = FormField::new(name, &value);
            self.hidden.push(format!("{name}={value}"));
            return;
        }
        self.begin_line("");
        let wrong = if attribute(tag, "aria-invalid") == Some("true") {
            "  ← wrong"
        } else {
            ""
        };
        let kind = attribute(tag, "type").unwrap_or("text");
        self.put(&format!("    {name} ({kind}) [{value}]{wrong}"));
        self.line_end();
    }

    fn put(&mut self, text: &str) {
        let doubled = self.line.ends_with(' ') || self.line.is_empty();
        let text = if doubled && !text.starts_with("   ") {
            text.trim_start()
        } else {
            text
        };
        self.line.push_str(text);
    }

    fn begin_line(&mut self, mark: &str) {
        self.line_end();
        self.line.push_str(mark);
    }

    fn line_end(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.line.clear();
    }
}

#[test]
fn a_page_is_read_with_its_fields_and_without_its_ornaments() {
    let html = "<title>A &amp; B</title><nav>top</nav><main id=\"content\">\n\
        <p aria-hidden=\"true\"><span>1</span></p><h1>Log in</h1>\n\
        <form method=\"post\" action=\"/login\"><label for=\"userid\">User <b>ID</b>:</label>\n\
        <input name=\"userid\" type=\"text\" value=\"&lt;b&gt;\" aria-invalid=\"true\">\n\
        <input name=\"item\" type=\"hidden\" value=\"mug\"><button>Send</button></form>\n\
        <a href=\"/main\">to <code>/main</code></a></main>bottom";
    assert_eq!(title(html), "A & B");
    let expected = "# Log in\nUser ID:\n    userid (text) [<b>]  ← wrong\n\
        <Send> sends POST /login item=mug [to `/main`](/main)\n";
    assert_eq!(main(html), expected);
}
