//! Style sheets, scripts and icon, part of the program: no page needs the network, and no lesson
//! depends on the folder that it is started from.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header};
use rocket::{Responder, get, routes};
use sha2::{Digest, Sha256};

use crate::course::protect::own_paths::ASSETS;

/// A file that pages load.
///
/// A name is not enough for a cache: all lessons run on the same port, and to a browser they are
/// one site. So an address carries a digest of the content, `/assets/style.css?v=1a2b3c4d`.
pub struct Asset {
    /// Its name below `/assets/`.
    file: &'static str,
    /// The text, as it is sent.
    content: &'static str,
    content_type: ContentType,
    /// The address with its digest, worked out at the first use.
    address: LazyLock<String>,
}

/// The style of every page.
pub static STYLE: Asset = Asset {
    file: "style.css",
    content: include_str!("assets/style.css"),
    content_type: ContentType::CSS,
    address: LazyLock::new(|| STYLE.versioned()),
};
/// The script of every page: tabs, times in the reader's zone, large type.
pub static SCRIPT: Asset = Asset {
    file: "beside.js",
    content: include_str!("assets/beside.js"),
    content_type: ContentType::JavaScript,
    address: LazyLock::new(|| SCRIPT.versioned()),
};
/// The style of the X-ray, on pages that show it.
pub static XRAY_STYLE: Asset = Asset {
    file: "xray.css",
    content: include_str!("assets/xray.css"),
    content_type: ContentType::CSS,
    address: LazyLock::new(|| XRAY_STYLE.versioned()),
};
/// The script of the X-ray: it shows new exchanges as they come.
pub static XRAY_SCRIPT: Asset = Asset {
    file: "xray.js",
    content: include_str!("assets/xray.js"),
    content_type: ContentType::JavaScript,
    address: LazyLock::new(|| XRAY_SCRIPT.versioned()),
};
static ICON: Asset = Asset {
    file: "locker.svg",
    content: include_str!("assets/locker.svg"),
    content_type: ContentType::SVG,
    address: LazyLock::new(|| ICON.versioned()),
};

/// Every asset that is served. A new one belongs here, or its address answers with 404.
static ALL: [&Asset; 5] = [&STYLE, &SCRIPT, &XRAY_STYLE, &XRAY_SCRIPT, &ICON];

impl Asset {
    /// The address for pages. A changed asset gets a new one, so that browsers may keep the old one
    /// for ever, whichever lesson runs on this port next.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The address with the first 32 bits of the content's SHA-256: enough, since two versions of
    /// one file must only differ.
    fn versioned(&self) -> String {
        let digest = Sha256::digest(self.content);
        format!("{ASSETS}{}?v={}", self.file, HEXLOWER.encode(&digest[..4]))
    }
}

/// Mounts the assets.
pub fn stage() -> AdHoc {
    AdHoc::on_ignite("Assets", async |rocket| {
        rocket.mount(ASSETS, routes![asset])
    })
}

/// An asset on its way to the browser.
#[derive(Responder)]
struct Served {
    content: &'static str,
    content_type: ContentType,
    cache_control: Header<'static>,
}

/// Answers with the asset of this name, whatever its version: the program has only one. `None` is a
/// 404.
#[get("/<file>?<v>")]
fn asset(file: &str, v: Option<&str>) -> Option<Served> {
    let asset = ALL.into_iter().find(|asset| asset.file == file)?;
    // The icon is also asked for by its bare name. That address doesn't change with the content, so
    // it is kept for a day and not for a year.
    let kept = if v.is_some() {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=86400"
    };
    Some(Served {
        content: asset.content,
        content_type: asset.content_type.clone(),
        cache_control: Header::new("Cache-Control", kept),
    })
}
