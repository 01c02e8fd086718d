//! The form in a request's body, without what must stay secret.

use rocket::http::{ContentType, RawStr};
use rocket::{Data, Request};
use serde::{Deserialize, Serialize};

use super::line::line;
use crate::course::protect::masking;

/// The bytes of a body that a fairing can see: Rocket buffers no more.
const SEEN: usize = 512;

/// A form as it came, as far as it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownForm {
    /// The fields in their order.
    pub fields: Vec<FormField>,
    /// True if there is more that was not seen.
    pub cut: bool,
}

/// A field without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    /// The name, decoded.
    pub name: String,
    /// The value, decoded and masked.
    pub value: String,
}

impl FormField {
    /// A field of this name and value, masked if the name says that the value is secret.
    ///
    /// ```
    /// use session_lessons::course::exchange::FormField;
    ///
    /// assert_eq!(FormField::new("old_password", "hunter2").value, "•••");
    /// ```
    pub fn new(name: &str, value: &str) -> Self {
        FormField {
            name: line(name),
            value: line(&masking::value(name, value)),
        }
    }
}

impl ShownForm {
    /// A form as a browser encodes it.
    pub fn of(encoded: &str) -> Self {
        let pairs = encoded.split('&').filter(|pair| !pair.is_empty());
        let field = |pair: &str| {
            let (name, value) = RawStr::new(pair).split_at_byte(b'=');
            FormField::new(&name.url_decode_lossy(), &value.url_decode_lossy())
        };
        ShownForm {
            fields: pairs.map(field).collect(),
            cut: false,
        }
    }

    /// True if it has a field of this name, as far as it was seen.
    pub(crate) fn may_have(&self, name: &str) -> bool {
        self.cut || self.fields.iter().any(|field| field.name == name)
    }

    /// The form in a request's body; `None` if the body is no such form. Looking takes nothing away
    /// from the view.
    pub(crate) async fn in_body(request: &Request<'_>, data: &mut Data<'_>) -> Option<Self> {
        if request.content_type() != Some(&ContentType::Form) {
            return None;
        }
        let length = request.headers().get_one("Content-Length");
        let length: Option<usize> = length.and_then(|length| length.parse().ok());
        let bytes = data.peek(SEEN).await;
        let (seen, read) = (String::from_utf8_lossy(bytes).into_owned(), bytes.len());
        Some(ShownForm {
            cut: length.map_or(!data.peek_complete(), |length| length > read),
            ..ShownForm::of(&seen)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(encoded: &str) -> Vec<String> {
        let show = |field: FormField| format!("{}={}", field.name, field.value);
        ShownForm::of(encoded)
            .fields
            .into_iter()
            .map(show)
            .collect()
    }

    #[test]
    fn a_password_is_masked_however_its_field_is_written() {
        for name in [
            "password",
            "password1",
            "old_password",
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
        let long = shown(&format!("a={}", "한".repeat(500)));
        assert!(long[0].ends_with("한…"));
    }
}
