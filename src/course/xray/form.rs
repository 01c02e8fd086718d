//! The form in a request's body, without what must stay secret.

use rocket::http::{ContentType, RawStr};
use rocket::{Data, Request};
use serde::Serialize;

use crate::course::protect::masking;
use crate::course::terminal::text::printable;

/// As much of a body as a fairing can see: Rocket keeps no more of it in its hands.
const SEEN: usize = 512;

/// As much of a line as is kept.
const LINE: usize = 200;

/// A form as it came, as far as it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Form {
    pub fields: Vec<Field>,
    /// Whether there is more that was not seen.
    pub cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Field {
    pub name: String,
    pub value: String,
}

/// Looks at the form in a request's body; none where the body is no such form. Looking takes
/// nothing away from the view.
pub(super) async fn form(request: &Request<'_>, data: &mut Data<'_>) -> Option<Form> {
    if request.content_type() != Some(&ContentType::Form) {
        return None;
    }
    let length = request.headers().get_one("Content-Length");
    let length: Option<usize> = length.and_then(|length| length.parse().ok());
    let bytes = data.peek(SEEN).await;
    let (seen, read) = (String::from_utf8_lossy(bytes).into_owned(), bytes.len());
    Some(Form {
        fields: fields(&seen),
        cut: length.map_or(!data.peek_complete(), |length| length > read),
    })
}

fn fields(encoded: &str) -> Vec<Field> {
    let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
    let field = |pair: &str| {
        let (name, value) = RawStr::new(pair).split_at_byte(b'=');
        let name = line(&name.url_decode_lossy());
        let value = value.url_decode_lossy();
        let value = line(&masking::value(&name, &value));
        Field { name, value }
    };
    pairs.map(field).collect()
}

/// A text that fits into a line and can't do anything there.
pub(super) fn line(text: &str) -> String {
    let mut line: String = printable(text).chars().take(LINE).collect();
    if line.len() < text.len() && text.chars().nth(LINE).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(encoded: &str) -> Vec<String> {
        let show = |field: Field| format!("{}={}", field.name, field.value);
        fields(encoded).into_iter().map(show).collect()
    }

    #[test]
    fn a_password_is_masked_however_its_field_is_written() {
        for name in [
            "password",
            "password1",
            "Password",
            "p%61ssword",
            "user[password]",
            "new+password",
            "%EB%B9%84%EB%B0%80%EB%B2%88%ED%98%B8",
        ] {
            let shown = shown(&format!("userid=alice&{name}=hunter2"));
            assert_eq!(shown[0], "userid=alice");
            assert!(shown[1].ends_with("=•••"), "{shown:?}");
        }
        assert_eq!(shown("password=a"), shown("password=aaaaaaaaaaaaaa"));
        assert_eq!(shown("password"), ["password=•••"]);
    }

    #[test]
    fn fields_are_decoded_and_odd_ones_do_no_harm() {
        assert_eq!(shown("a=1+2%263&b&=x&&c=%"), ["a=1 2&3", "b=", "=x", "c=%"]);
        assert_eq!(shown("a=%1b[2J%0d%0a%e2%80%ae"), ["a= [2J   "]);
        let long = shown(&format!("a={}", "한".repeat(LINE + 1)));
        assert_eq!(long[0], format!("a={}…", "한".repeat(LINE)));
    }
}
