//! Style sheet, script and icon, part of the program: no page needs the network.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header};
use rocket::{Responder, get, routes};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = include_str!("assets/beside.js");
const ICON: &str = include_str!("assets/locker.svg");

static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| address("style.css", STYLE));
static SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| address("beside.js", SCRIPT));

/// Where pages find an asset. A changed one gets a new address, so that browsers may keep the old
/// one for ever, whichever lesson runs on this port next.
pub(super) fn address(file: &str, content: &str) -> String {
    let digest = Sha256::digest(content);
    format!("/assets/{file}?v={}", HEXLOWER.encode(&digest[..4]))
}

pub(super) fn style_address() -> &'static str {
    &STYLE_ADDRESS
}

pub(super) fn script_address() -> &'static str {
    &SCRIPT_ADDRESS
}

/// Mounts the assets.
pub(crate) fn stage() -> AdHoc {
    AdHoc::on_ignite("Assets", async |rocket| {
        rocket.mount("/assets", routes![style, script, icon])
    })
}

#[derive(Responder)]
pub(super) struct Asset {
    content: &'static str,
    content_type: ContentType,
    cache_control: Header<'static>,
}

impl Asset {
    /// One whose [`address`] changes with it.
    pub(super) fn kept(content: &'static str, content_type: ContentType) -> Self {
        let cache_control = Header::new("Cache-Control", "public, max-age=31536000, immutable");
        Asset {
            content,
            content_type,
            cache_control,
        }
    }
}

#[get("/style.css")]
fn style() -> Asset {
    Asset::kept(STYLE, ContentType::CSS)
}

#[get("/beside.js")]
fn script() -> Asset {
    Asset::kept(SCRIPT, ContentType::JavaScript)
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
        let texts = [
            (style_address(), ContentType::CSS),
            (script_address(), ContentType::JavaScript),
        ];
        for (address, its_type) in texts {
            let response = client.get(address).dispatch();
            assert_eq!(response.content_type(), Some(its_type));
            let kept = response.headers().get_one("Cache-Control");
            assert!(kept.is_some_and(|value| value.contains("immutable")));
        }
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
