//! Style sheets, scripts and icon, part of the program: no page needs the network.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header};
use rocket::{Responder, get, routes};
use sha2::{Digest, Sha256};

use crate::course::protect::own_paths::ASSETS;

/// A file that pages load.
pub struct Asset {
    file: &'static str,
    content: &'static str,
    content_type: ContentType,
    address: LazyLock<String>,
}

pub static STYLE: Asset = Asset {
    file: "style.css",
    content: include_str!("assets/style.css"),
    content_type: ContentType::CSS,
    address: LazyLock::new(|| STYLE.versioned()),
};
pub static SCRIPT: Asset = Asset {
    file: "beside.js",
    content: include_str!("assets/beside.js"),
    content_type: ContentType::JavaScript,
    address: LazyLock::new(|| SCRIPT.versioned()),
};
pub static XRAY_STYLE: Asset = Asset {
    file: "xray.css",
    content: include_str!("assets/xray.css"),
    content_type: ContentType::CSS,
    address: LazyLock::new(|| XRAY_STYLE.versioned()),
};
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

static ALL: [&Asset; 5] = [&STYLE, &SCRIPT, &XRAY_STYLE, &XRAY_SCRIPT, &ICON];

impl Asset {
    /// The address for pages. A changed asset gets a new one, so that browsers may keep the old one
    /// for ever, whichever lesson runs on this port next.
    pub fn address(&self) -> &str {
        &self.address
    }

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

#[derive(Responder)]
struct Served {
    content: &'static str,
    content_type: ContentType,
    cache_control: Header<'static>,
}

#[get("/<file>?<v>")]
fn asset(file: &str, v: Option<&str>) -> Option<Served> {
    let asset = ALL.into_iter().find(|asset| asset.file == file)?;
    // The icon is also asked for by its bare name.
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
