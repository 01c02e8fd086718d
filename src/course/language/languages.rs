//! English or Korean: which one a request, and the terminal, is answered in.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

/// The cookie that the language switch sets: `lang=ko`.
pub const LANGUAGE_COOKIE: &str = "lang";

/// A language of the course. As a request guard: the one this request is answered in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, also for a browser that asks for neither.
    #[default]
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// Both of them.
    pub const ALL: [Language; 2] = [Language::English, Language::Korean];

    /// The code in the attribute `lang` and in the cookie (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Korean => "ko",
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Korean => "한국어",
        }
    }

    /// The language with exactly this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The language a request is answered in: what was clicked, else what the browser asks for.
    pub fn of(request: &Request<'_>) -> Self {
        let cookie = request.cookies().get(LANGUAGE_COOKIE);
        let clicked = cookie.and_then(|cookie| Language::from_code(cookie.value()));
        clicked.unwrap_or_else(|| {
            let headers: Vec<&str> = request.headers().get("Accept-Language").collect();
            Language::negotiate(&headers.join(","))
        })
    }

    /// The language that an `Accept-Language` header asks for: the one with the highest `q`, the
    /// first of equals, English where it wants neither.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0.0, Language::default());
        for (range, weight) in accept_language.split(',').filter_map(parse_range) {
            let language = match primary_subtag(range).to_ascii_lowercase().as_str() {
                "en" | "*" => Language::English,
                "ko" => Language::Korean,
                _ => continue,
            };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The language of the terminal: `COURSE_LANG`, else what the locale says.
    pub fn of_terminal() -> Self {
        Language::of_environment(|name| std::env::var(name).ok())
    }

    fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let ours = variable("COURSE_LANG").and_then(|value| Language::from_code(&value));
        ours.unwrap_or_else(|| {
            // As POSIX has it: the first of them that is not empty decides alone.
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .filter_map(variable)
                .find(|value| !value.is_empty())
                .and_then(|locale| Language::from_code(primary_subtag(&locale)))
                .unwrap_or_default()
        })
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Language {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Language::of(request))
    }
}

/// `ko-KR;q=0.8` as `("ko-KR", 0.8)`. `None` for a part that can't be read.
fn parse_range(range: &str) -> Option<(&str, f32)> {
    let (range, parameter) = range.split_once(';').unwrap_or((range, "q=1"));
    let weight = parameter.trim().strip_prefix(['q', 'Q'])?.trim_start();
    let weight: f32 = weight.strip_prefix('=')?.trim().parse().ok()?;
    (0.0..=1.0)
        .contains(&weight)
        .then_some((range.trim(), weight))
}

/// The language in a tag (`ko-KR`) or locale (`ko_KR.UTF-8`).
fn primary_subtag(tag: &str) -> &str {
    tag.split(['-', '_', '.', '@']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::Language::{self, English, Korean};

    #[test]
    fn the_browser_gets_the_language_that_it_likes_best() {
        let table = [
            ("", English),
            ("ko", Korean),
            ("KO-kr", Korean),
            ("ko-KR,ko;q=0.9,en;q=0.8", Korean),
            ("en-US,en;q=0.9,ko;q=0.8", English),
            ("en;q=0.3, ko;q=0.7", Korean),
            ("en, ko", English),
            ("ko, en", Korean),
            ("fr, ko;q=0.1", Korean),
            ("fr, de", English),
            ("*, ko;q=0.5", English),
            ("ko;q=0", English),
            ("ko;q=2, en;q=0.1", English),
            ("ko;q=NaN, ko;q=0.2", Korean),
            ("korean", English),
            (";;;,q=,ko ; q = 0.5", Korean),
        ];
        for (header, language) in table {
            assert_eq!(Language::negotiate(header), language, "{header:?}");
        }
    }

    #[test]
    fn the_terminal_follows_the_locale_unless_told_otherwise() {
        type Variables = &'static [(&'static str, &'static str)];
        let table: [(Variables, Language); 7] = [
            (&[], English),
            (&[("LANG", "ko_KR.UTF-8")], Korean),
            (&[("LANG", "C.UTF-8")], English),
            (&[("LC_ALL", "ko_KR"), ("LANG", "en_US")], Korean),
            (&[("LC_ALL", ""), ("LC_MESSAGES", "ko")], Korean),
            (&[("COURSE_LANG", "en"), ("LANG", "ko_KR.UTF-8")], English),
            (&[("COURSE_LANG", "fr"), ("LANG", "ko_KR.UTF-8")], Korean),
        ];
        for (variables, language) in table {
            let variable = |name: &str| {
                let pair = variables.iter().find(|(known, _)| *known == name)?;
                Some(pair.1.to_owned())
            };
            assert_eq!(
                Language::of_environment(variable),
                language,
                "{variables:?}"
            );
        }
    }
}
