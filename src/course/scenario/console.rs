//! A request that no page sends, as a line for the console of a browser's DevTools.

use rocket::http::Method;
use serde_json::Value;

use super::act::Act;
use super::step::ScenarioStep;

/// The line that does the step by hand, if it is one for the console.
///
/// A stranger of many has no cookies, so a line for several of them sends none.
pub fn console_line(step: &ScenarioStep) -> Option<String> {
    let Act::Send(sent) = &step.act else {
        return None;
    };
    if !sent.console {
        return None;
    }
    let mut options = Vec::new();
    if sent.method == Method::Post {
        let fields = sent.form.iter();
        let quoted = |text: &String| Value::from(text.as_str());
        let fields = fields.map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)));
        let fields: Vec<String> = fields.collect();
        options.push("method: \"POST\"".to_owned());
        if !fields.is_empty() {
            let body = format!("body: new URLSearchParams({{ {} }})", fields.join(", "));
            options.push(body);
        }
    }
    if step.times.is_some() {
        options.push("credentials: \"omit\"".to_owned());
    }
    let options = match options.is_empty() {
        true => String::new(),
        false => format!(", {{ {} }}", options.join(", ")),
    };
    let fetch = format!("fetch({}{options})", Value::from(sent.path.as_str()));
    Some(match (step.times, step.parallel) {
        (Some(times), _) => format!("for (let i = 0; i < {times}; i++) await {fetch}"),
        (None, Some(number)) => {
            format!("await Promise.all(Array.from({{ length: {number} }}, () => {fetch}))")
        }
        (None, None) => format!("await {fetch}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::scenario::step::Scenario;

    fn line(step: &str) -> Option<String> {
        let source = format!("[[step]]\nwho = \"bob\"\n{step}\nsay = {{ en = \"x\", ko = \"x\" }}");
        console_line(&Scenario::parse("x.toml", &source).unwrap().steps[0])
    }

    #[test]
    fn a_form_becomes_a_fetch() {
        let table = [
            ("send = \"POST /board\"", None),
            (
                "send = \"POST /board/7/delete\"\nconsole = true",
                Some(r#"await fetch("/board/7/delete", { method: "POST" })"#),
            ),
            (
                "send = \"POST /board\"\nform = { text = \"a \\\"b\\\"\", author = \"alice\" }\nconsole = true",
                Some(
                    r#"await fetch("/board", { method: "POST", body: new URLSearchParams({ "text": "a \"b\"", "author": "alice" }) })"#,
                ),
            ),
            (
                "send = \"POST /cart\"\nconsole = true\nparallel = 100",
                Some(
                    r#"await Promise.all(Array.from({ length: 100 }, () => fetch("/cart", { method: "POST" })))"#,
                ),
            ),
            (
                "send = \"GET /visit\"\nconsole = true\ntimes = 100",
                Some(
                    r#"for (let i = 0; i < 100; i++) await fetch("/visit", { credentials: "omit" })"#,
                ),
            ),
        ];
        for (step, expected) in table {
            assert_eq!(line(step).as_deref(), expected, "{step}");
        }
    }
}
