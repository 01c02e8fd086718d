//! Reading `lessons/lessonNN.toml`. A file that can't be used is one line: file, line and field.

use super::step::Scenario;
use crate::course::language::languages::Language;
use crate::course::lessons::folder::{project_folder, read_plain};
use crate::course::lessons::head::Lesson;
use crate::course::lessons::toml_file::{Misfit, parse};

/// The reason why a scenario can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The file, and the line if it is known: `lessons/lesson03.toml:12`.
    pub place: String,
    /// The mistake, and its field.
    pub reason: String,
}

impl ScenarioError {
    /// The error in one line.
    pub fn line(&self, language: Language) -> String {
        let (place, reason) = (self.place.as_str(), self.reason.as_str());
        language.text_with("scenario-broken", &[("place", place), ("reason", reason)])
    }
}

impl Scenario {
    /// The scenario of a lesson, read from its file now, so that nothing that shows it can
    /// disagree with the file.
    ///
    /// # Errors
    ///
    /// The file is not there or is no scenario.
    pub fn load(lesson: &Lesson) -> Result<Self, ScenarioError> {
        let name = lesson.head_file();
        let source = read_plain(&project_folder().join(&name)).map_err(|error| ScenarioError {
            place: name.clone(),
            reason: error.to_string(),
        })?;
        let scenario = Scenario::parse(&name, &source)?;
        Ok(if lesson.is_closed() {
            scenario.closed()
        } else {
            scenario
        })
    }

    /// Reads the text of a file; `name` is for the error.
    ///
    /// # Errors
    ///
    /// The text is no scenario.
    pub fn parse(name: &str, source: &str) -> Result<Self, ScenarioError> {
        let Misfit { place, reason } = match parse(name, source) {
            Ok(scenario) => return Ok(scenario),
            Err(misfit) => misfit,
        };
        Err(ScenarioError { place, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::scenario::act::Act;
    use crate::course::scenario::step::Actor;

    const STEP: &str = r#"
[[step]]
who = "alice"
send = "POST /login"
form = { userid = "alice", password = "$alice" }
say = { en = "Alice logs in.", ko = "로그인합니다." }
status = 303
row = { user = "alice", cart = { mug = 2 } }
text = { key = "main-welcome-back", user = "alice" }
[step.predict]
question = { en = "What?", ko = "무엇?" }
right = { en = "This.", ko = "이것." }
look = "server"
[[step.predict.wrong]]
answer = { en = "a", ko = "가" }
why = { en = "b", ko = "나" }
belief = 6
[[step.predict.wrong]]
answer = { en = "c", ko = "다" }
why = { en = "d", ko = "라" }
"#;

    #[test]
    fn a_step_says_who_does_what_and_what_must_be_true() {
        let scenario = Scenario::parse("x.toml", STEP).unwrap();
        let step = &scenario.steps[0];
        assert_eq!((step.who, step.at), (Actor::Alice, Actor::Alice));
        let Act::Send(sent) = &step.act else {
            panic!("{step:?}");
        };
        let fields: Vec<&str> = sent.form.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(fields, ["userid", "password"]);
        assert_eq!(step.claims.status, Some(303));
        let (answers, right) = step.predict.as_ref().unwrap().answers();
        assert_eq!(answers.len(), 3);
        assert_eq!(answers[right].text(Language::Korean), "이것.");
    }

    #[test]
    fn a_broken_file_is_one_line_with_file_line_and_field() {
        // The text that is replaced, its replacement, the line of the error, and its words.
        let table = [
            ("status = 303", "statsu = 303", 7, "`statsu`"),
            ("status = 303", "status = \"yes\"", 7, "`status`"),
            ("status = 303", "cookie = \"old\"", 7, "`cookie`"),
            ("status = 303", "asking = true", 7, "`asking`"),
            (
                "{ user = \"alice\", cart = { mug = 2 } }",
                "\"empty\"",
                8,
                "`row`",
            ),
            ("who = \"alice\"", "who = \"carol\"", 3, "`who`"),
            ("who = \"alice\"", "", 2, "`who`"),
            ("POST /login", "LOOK /login", 4, "`send`"),
            ("POST /login", "GET login", 4, "`send`"),
            ("send = \"POST /login\"", "wait = \"soon\"", 4, "`wait`"),
            ("send = \"POST /login\"", "close = true", 2, "`form`"),
            ("send = \"POST /login\"", "restart = 3", 4, "`restart`"),
            (
                "send = \"POST /login\"",
                "restart = { engine = \"paper\" }",
                4,
                "`restart`",
            ),
            (
                "key = \"main-welcome-back\"",
                "key = \"no-such\"",
                9,
                "`text`",
            ),
            ("\"$alice\"", "7", 5, "`form`"),
            (", ko = \"로그인합니다.\"", "", 6, "`ko`"),
            (
                "[[step.predict.wrong]]",
                "[[step.predict.worng]]",
                0,
                "`worng`",
            ),
            ("status = 303", "times = 1", 2, "`times`"),
            ("status = 303", "status = ", 7, "`status`"),
            ("status = 303", "\rstatus = 303", 7, "unexpected character"),
            ("POST /login", "POST /language?a", 4, "`send`"),
            ("look = \"server\"", "look = \"left\"", 13, "`left`"),
            (
                "belief = 6",
                "belief = 0",
                17,
                "`belief` is a number from 1",
            ),
            (
                "belief = 6",
                "belief = 16",
                17,
                "`belief` is a number from 1",
            ),
            ("belief = 6", "belief = \"six\"", 17, "`belief`"),
        ];
        for (old, new, line, field) in table {
            let error = Scenario::parse("x.toml", &STEP.replacen(old, new, 1)).unwrap_err();
            let shown = error.line(Language::English);
            assert!(shown.contains(field), "{new}: {shown}");
            assert_eq!(shown.lines().count(), 1, "{shown}");
            if line > 0 {
                assert_eq!(error.place, format!("x.toml:{line}"), "{new}: {shown}");
            }
        }
    }

    #[test]
    fn a_pair_has_one_scenario_with_two_outcomes() {
        let closed =
            "\n[step.closed]\nstatus = 403\nsay = { en = \"Refused.\", ko = \"거부합니다.\" }\n";
        let scenario = Scenario::parse("x.toml", &(STEP.to_owned() + closed)).unwrap();
        assert_eq!(scenario.steps[0].claims.status, Some(303));
        let closed = scenario.closed();
        let step = &closed.steps[0];
        assert_eq!(step.claims.status, Some(403));
        assert_eq!(step.claims.cookie, None);
        assert_eq!(step.say.text(Language::English), "Refused.");
        assert!(step.predict.is_none());
        let words = "\n[step.closed]\nsay = { en = \"x\", ko = \"x\" }\n";
        let scenario = Scenario::parse("x.toml", &(STEP.to_owned() + words)).unwrap();
        assert_eq!(scenario.closed().steps[0].claims.status, Some(303));
        for (closed, words) in [
            ("[step.closed]\nstatus = 403\n", "`closed` needs `say`"),
            (
                "[step.closed]\nsay = { en = \"x\", ko = \"x\" }\nstatsu = 403\n",
                "`closed`: unknown field `statsu`",
            ),
        ] {
            let error = Scenario::parse("x.toml", &format!("{STEP}\n{closed}")).unwrap_err();
            assert!(error.reason.contains(words), "{}", error.reason);
        }
    }

    #[test]
    fn a_step_of_mallorys_is_not_seen_by_the_lesson() {
        let step = |act: &str| {
            let source =
                format!("[[step]]\nwho = \"mallory\"\n{act}\nsay = {{ en = \"x\", ko = \"x\" }}\n");
            Scenario::parse("x.toml", &source)
        };
        let table = [
            ("send = \"POST /note\"\nserver = \"mallory\"", true, false),
            ("steal = true", true, false),
            ("send = \"POST /board\"\nfrom = \"neighbour\"", true, true),
            (
                "send = \"POST /board\"\nfrom = \"another site\"",
                false,
                true,
            ),
            ("send = \"POST /board\"\nscript = true", false, false),
            (
                "send = \"POST /board\"\nscript = true\nstatus = 303",
                false,
                true,
            ),
            ("send = \"GET /main\"\nserver = \"second\"", false, true),
            ("restart = { http_only = true }", false, true),
        ];
        for (act, has_mallory, is_seen) in table {
            let scenario = step(act).unwrap();
            assert_eq!(scenario.has_mallory(), has_mallory, "{act}");
            assert_eq!(scenario.steps[0].is_seen(), is_seen, "{act}");
        }
        for (act, words) in [
            ("send = \"POST /note\"\nserver = \"third\"", "`third`"),
            ("close = true\nscript = true", "`script`"),
            ("steal = true\nclose = true", "exactly one of"),
            (
                "send = \"POST /note\"\nserver = \"mallory\"\nasking = false",
                "`asking`",
            ),
        ] {
            let error = step(act).unwrap_err();
            assert!(error.reason.contains(words), "{act}: {}", error.reason);
        }
    }

    #[test]
    fn a_scenario_has_steps() {
        for (source, words) in [("", "`step`"), ("step = []", "`step` is empty")] {
            let error = Scenario::parse("x.toml", source).unwrap_err();
            assert!(error.reason.contains(words), "{}", error.reason);
        }
    }

    #[test]
    fn values_are_made_by_a_request() {
        let step = "[[step]]\nwho = \"bob\"\nclose = true\nmade = { post = \"/board/*\" }\n\
            say = { en = \"x\", ko = \"x\" }\n";
        let error = Scenario::parse("x.toml", step).unwrap_err();
        assert!(error.reason.contains("`made`"), "{}", error.reason);
    }

    #[test]
    fn a_lesson_without_a_file_says_which_one() {
        let head = "title = { en = \"x\", ko = \"x\" }\nidea = { en = \"x\", ko = \"x\" }\n\
            start = []\nminutes = 1\npath = \"core\"";
        let mut lesson: Lesson = toml::from_str(head).unwrap();
        lesson.number = "98".to_owned();
        let error = Scenario::load(&lesson).unwrap_err();
        assert_eq!(error.place, "lessons/lesson98.toml");
    }
}
