//! Style sheet and icon, part of the program: no page needs the network.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header};
use rocket::{Responder, get, routes};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("assets/style.css");
const ICON: &str = include_str!("assets/locker.svg");

/// Where pages find the style sheet. A changed one gets a new address, so that browsers may keep
/// the old one for ever, whichever lesson runs on this port next.
static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLE);
    format!("/assets/style.css?v={}", HEXLOWER.encode(&digest[..4]))
});

pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

/// Mounts the assets.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Assets", async |rocket| {
        rocket.mount("/assets", routes![style, icon])
    })
}

#[derive(Responder)]
struct Asset {
    content: &'static str,
    content_type: ContentType,
    cache_control: Header<'static>,
}

#[get("/style.css")]
fn style() -> Asset {
    Asset {
        content: STYLE,
        content_type: ContentType::CSS,
        cache_control: Header::new("Cache-Control", "public, max-age=31536000, immutable"),
    }
}

#[get("/locker.svg")]
fn icon() -> Asset {
    Asset {
        content: ICON,
        content_type: ContentType::SVG,
        cache_control: Header::new("Cache-Control", "public, max-age=86400"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::trial;

    #[test]
    fn assets_may_be_kept_and_have_their_type() {
        let client = trial::client();
        let response = client.get(style_address()).dispatch();
        assert_eq!(response.content_type(), Some(ContentType::CSS));
        let kept = response.headers().get_one("Cache-Control");
        assert!(kept.is_some_and(|value| value.contains("immutable")));
        let response = client.get("/assets/locker.svg").dispatch();
        assert_eq!(response.content_type(), Some(ContentType::SVG));
        assert_eq!(response.headers().get_one("Vary"), None);
    }

    #[test]
    fn no_asset_needs_the_network() {
        assert!(!STYLE.contains("url("));
        assert!(!STYLE.contains("@import"));
        assert!(
            !ICON
                .replace("http://www.w3.org/2000/svg", "")
                .contains("http")
        );
    }
}
