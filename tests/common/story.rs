//! The things that visitors of one lesson sent, got and saw, written down so that a person enjoys
//! reading it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use session_lessons::course::is_own;

use super::http::{Answer, Request};
use super::lesson::Lesson;
use super::page;
use super::sids::Sids;

/// A lesson, and what has happened in it so far.
pub struct Story {
    pub lesson: Lesson,
    told: RefCell<String>,
    sids: RefCell<Sids>,
}

impl Story {
    /// The story of a lesson that has just been started.
    pub fn of(lesson: &str) -> Story {
        Story::in_lesson(Lesson::start(lesson))
    }

    pub fn in_lesson(lesson: Lesson) -> Story {
        Story {
            lesson,
            told: RefCell::default(),
            sids: RefCell::default(),
        }
    }

    /// A visitor with a browser that holds no cookies yet and prefers `language`.
    pub fn visitor<'s>(&'s self, name: &'static str, language: &'static str) -> Visitor<'s> {
        Visitor {
            story: self,
            name,
            language,
            cookies: BTreeMap::new(),
        }
    }

    /// Everything so far.
    pub fn told(&self) -> String {
        self.told.borrow().clone()
    }

    fn tell(&self, who: &str, request: &Request, cookies: &[String], answer: &Answer) {
        let mut told = self.told.borrow_mut();
        let mut sids = self.sids.borrow_mut();
        let mut cookie = |text: &str| {
            let (name, rest) = text.split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap_or((rest, ""));
            let semicolon = if attributes.is_empty() { "" } else { ";" };
            format!("{name}={}{semicolon}{attributes}", sids.name(value))
        };
        let mut line = |text: String| writeln!(told, "{}", text.trim_end()).unwrap();
        line(format!("{who}: {} {}", request.method, request.target));
        for brought in cookies {
            line(format!("    Cookie: {}", cookie(brought)));
        }
        for (name, value) in &request.form {
            let hidden = name.starts_with("password") && !value.is_empty();
            line(format!(
                "    {name} = {}",
                if hidden { "••••" } else { value }
            ));
        }
        line(format!("→ {}", answer.status_line));
        for place in answer.all("Location") {
            line(format!("    Location: {place}"));
        }
        for sent in answer.all("Set-Cookie") {
            line(format!("    Set-Cookie: {}", cookie(sent)));
        }
        if !answer.body.is_empty() {
            line(format!("    | {}", page::title(&answer.body)));
            for text in answer.main().lines() {
                line(format!("    | {text}"));
            }
        }
        // The course's own addresses are no requests of the lesson, and print nothing.
        if !is_own(&request.target) {
            let seen = sids.in_terminal(self.lesson.next_line().trim());
            writeln!(told, "terminal: {seen}\n").unwrap();
        }
    }
}

/// One person's browser: it keeps the cookies it is sent, and follows a redirect when told to.
pub struct Visitor<'s> {
    story: &'s Story,
    name: &'static str,
    language: &'static str,
    /// The cookies it holds. Tests look at them, and put other ones there.
    pub cookies: BTreeMap<String, String>,
}

impl Visitor<'_> {
    pub fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path))
    }

    pub fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(Request::post(path, form))
    }

    /// Asks for the page that the answer redirects to.
    pub fn follow(&mut self, answer: &Answer) -> Answer {
        self.get(answer.sent_to().unwrap())
    }

    /// Logs in, and is sent to the main page.
    pub fn log_in(&mut self, userid: &str, password: &str) {
        let answer = self.post("/login", &[("userid", userid), ("password", password)]);
        assert_eq!(answer.sent_to(), Some("/main"));
    }

    /// The session ID that it holds.
    pub fn session_id(&self) -> Option<&str> {
        self.cookies.get("session_id").map(String::as_str)
    }

    pub fn send(&mut self, request: Request) -> Answer {
        let pairs = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies: Vec<String> = pairs.collect();
        let mut sent = request.header("Accept-Language", self.language);
        if !cookies.is_empty() {
            sent = sent.header("Cookie", cookies.join("; "));
        }
        let answer = sent.send(self.story.lesson.port);
        for cookie in answer.all("Set-Cookie") {
            self.keep(cookie);
        }
        self.story.tell(self.name, &sent, &cookies, &answer);
        answer
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, attributes) = cookie.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
