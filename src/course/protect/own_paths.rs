//! Addresses of the course itself, which are no requests of the lesson.

/// The folder of all assets, whose answers browsers may keep.
pub const ASSETS: &str = "/assets/";

/// True for an address that a page loads by itself, or that is about the course and not the lesson:
/// it is neither printed nor shown in the X-ray, where it would bury the lesson's few requests.
///
/// `/afresh` is none of them, since it ends the lesson's session.
pub fn is_own(path: &str) -> bool {
    let whole = ["/favicon.ico", "/language", "/xray"];
    let below = [ASSETS, "/beside/", "/walk/", "/xray/"];
    whole.contains(&path) || below.iter().any(|start| path.starts_with(start))
}
