//! Which addresses a redirect may lead to.

use rocket::http::uri::Origin;

/// Whether this is a path of this site, so that a redirect to it can't lead anywhere else.
///
/// Browsers read `//evil.example` and `/\evil.example` as another site, and skip tabs and line
/// ends while they read.
pub fn is_own_path(target: &str) -> bool {
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains(|c: char| c == '\\' || c.is_control())
        && Origin::parse(target).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_own() {
        let own = ["/", "/main", "/a/b?c=d&e=%2F%2Fevil", "/a//b"];
        let others = [
            "",
            "main",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\evil",
            "https://evil.example/",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/main\r\nSet-Cookie: a=b",
            "\n/main",
            " /main",
        ];
        for path in own {
            assert!(is_own_path(path), "{path:?}");
        }
        for path in others {
            assert!(!is_own_path(path), "{path:?}");
        }
    }
}
