//! Addresses that a link or a redirect may lead to: OWASP's "unvalidated redirects" (CWE-601).

use rocket::http::uri::Origin;

/// True for a path of this site, so that a redirect to it can't lead anywhere else.
///
/// Browsers read `//evil.example` and `/\evil.example` as another site, and skip tabs and line
/// ends while they read.
pub fn is_own_path(target: &str) -> bool {
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains(|c: char| c == '\\' || c.is_control())
        && Origin::parse(target).is_ok()
}

/// `target` if it is a path of this site, else `other`.
///
/// Everything that leads to an address from a request goes through here, that of the request itself
/// too: `http://localhost:8000//evil.example` asks for a path that would lead away as a link.
///
/// ```
/// use session_lessons::answer::own_path_or;
///
/// assert_eq!(own_path_or("/cart?all", "/"), "/cart?all");
/// assert_eq!(own_path_or("//evil.example", "/"), "/");
/// ```
pub fn own_path_or<'t>(target: &'t str, other: &'t str) -> &'t str {
    if is_own_path(target) { target } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_own() {
        let own = [
            "/",
            "/main",
            "/a/b?c=d&e=%2F%2Fevil",
            "/a//b",
            "/%2f/evil",
            "/%09/evil",
            "/%5Cevil",
            "/.//evil.example",
        ];
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
            "/\n/evil.example",
            "/\r\n/evil.example",
            "//",
            "//evil.example/x?y",
            "/\\/evil.example",
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
