//! The things that visitors of one lesson sent, got and saw, written down so that a person enjoys
//! reading it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;

use session_lessons::course::exchange::{SessionNames, ShownForm, ShownRequest, ShownResponse};
use session_lessons::course::{Language, Sheet, is_own};

use super::http::{Answer, Request};
use super::lesson::Lesson;
use super::page;

/// The name of the session cookie.
const SESSION_COOKIE: &str = "session_id";

/// A lesson, and what has happened in it so far.
pub struct Story {
    pub lesson: Lesson,
    told: RefCell<String>,
    names: RefCell<SessionNames>,
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
            names: RefCell::default(),
        }
    }

    /// A visitor with a browser that holds no cookies yet and prefers `language`.
    pub fn visitor<'s>(&'s self, name: &'static str, language: &'static str) -> Guest<'s> {
        Guest {
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

    fn tell(&self, who: &Guest<'_>, request: &Request, cookies: Option<&str>, answer: &Answer) {
        let mut told = self.told.borrow_mut();
        let names = &mut *self.names.borrow_mut();
        let mut sheet = Sheet::plain();
        let form = String::from_utf8_lossy(&request.body);
        let shown = ShownRequest::new(
            (&request.method, &request.target),
            Some(ShownForm::of(&form)),
            cookies,
            SESSION_COOKIE,
        );
        let language = Language::negotiate(who.language);
        shown.named(names).write(&mut sheet, 0, &[], language);
        let location = answer.all("Location").first().copied();
        let set_cookies = answer.all("Set-Cookie");
        let status = (answer.status, &answer.status_line[4..]);
        let shown = ShownResponse::new(status, location, set_cookies, SESSION_COOKIE);
        shown.named(names).write(&mut sheet, 0);
        write!(told, "{}\n{}", who.name, sheet.take()).unwrap();
        if !answer.body.is_empty() {
            let page = page::title(&answer.body) + "\n" + &answer.main();
            let lines = page.lines().map(|line| format!("   | {line}"));
            writeln!(told, "{}", lines.collect::<Vec<_>>().join("\n")).unwrap();
        }
        // The course's own addresses are no requests of the lesson, and print nothing.
        if !is_own(&request.target) {
            let line = self.lesson.next_line();
            writeln!(told, "terminal: {}\n", named(names, line.trim())).unwrap();
        }
    }
}

/// A text of the terminal with its sessions named: it shows the first letters of a locker.
pub fn named(names: &SessionNames, text: &str) -> String {
    let replace =
        |text: String, (locker, name): (String, String)| text.replace(&format!("{locker}…"), &name);
    names.sessions().fold(text.to_owned(), replace)
}

/// One person's browser: it keeps the cookies it is sent, and follows a redirect when told to.
pub struct Guest<'s> {
    story: &'s Story,
    name: &'static str,
    language: &'static str,
    /// The cookies it holds. Tests look at them, and put other ones there.
    pub cookies: BTreeMap<String, String>,
}

impl Guest<'_> {
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
        self.cookies.get(SESSION_COOKIE).map(String::as_str)
    }

    pub fn send(&mut self, request: Request) -> Answer {
        let pairs = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies = pairs.collect::<Vec<_>>().join("; ");
        let cookies = Some(cookies).filter(|cookies| !cookies.is_empty());
        let mut sent = request.header("Accept-Language", self.language);
        if let Some(cookies) = &cookies {
            sent = sent.header("Cookie", cookies);
        }
        let answer = sent.send(self.story.lesson.port);
        for cookie in answer.all("Set-Cookie") {
            self.keep(cookie);
        }
        self.story.tell(self, &sent, cookies.as_deref(), &answer);
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
