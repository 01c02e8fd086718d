//! The paths and hosts that a cookie goes to, and the order in which it does.

use super::*;

#[test]
#[rustfmt::skip]
fn a_cookie_goes_to_its_path_and_below_it() {
    check(&[
        ("the default is the page's folder", &["https://shop.example/a/b -> x=1"], "https://shop.example/a/c", "x=1"),
        ("and nothing beside it", &["https://shop.example/a/b -> x=1"], "https://shop.example/b", ""),
        ("the folder itself, too", &["https://shop.example/a/b -> x=1"], "https://shop.example/a", "x=1"),
        ("a page at the top is in /", &["https://shop.example/a -> x=1"], "https://shop.example/b", "x=1"),
        ("a folder's own page", &["https://shop.example/a/ -> x=1"], "https://shop.example/", ""),
        ("slashes of a query do not count", &["https://shop.example/a?b/c/d -> x=1"], "https://shop.example/b", "x=1"),
        ("a path", &["x=1; Path=/cart"], "https://shop.example/cart/add", "x=1"),
        ("a path and a query", &["x=1; Path=/cart"], "https://shop.example/cart?a=/", "x=1"),
        ("a word that only begins alike", &["x=1; Path=/cart"], "https://shop.example/cartoon", ""),
        ("a slash at the end asks for one", &["x=1; Path=/cart/"], "https://shop.example/cart", ""),
        ("and then for no other", &["x=1; Path=/cart/"], "https://shop.example/cart/a", "x=1"),
        ("case counts", &["x=1; Path=/Cart"], "https://shop.example/cart", ""),
        ("nothing is decoded", &["x=1; Path=/%63art"], "https://shop.example/cart", ""),
        ("a foreign path may be named", &["https://shop.example/a/b -> x=1; Path=/c"], "https://shop.example/c", "x=1"),
        ("a relative path is none", &["https://shop.example/a/b -> x=1; Path=c"], "https://shop.example/a/", "x=1"),
        ("a quoted path is none", &["https://shop.example/a/b -> x=1; Path=\"/\""], "https://shop.example/", ""),
        ("an empty path is none", &["https://shop.example/a/b -> x=1; Path="], "https://shop.example/", ""),
        ("the last of two", &["x=1; Path=/; Path=/cart"], "https://shop.example/", ""),
        ("also where it is none", &["https://shop.example/a/b -> x=1; Path=/; Path"], "https://shop.example/", ""),
        ("attributes in any case", &["x=1; pAtH \t= /cart"], "https://shop.example/", ""),
    ]);
}

#[test]
#[rustfmt::skip]
fn longer_paths_go_first_and_then_those_that_were_there_first() {
    check(&[
        ("the order of setting", &["b=1", "a=2", "c=3"], HOME, "b=1; a=2; c=3"),
        ("a longer path", &["a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x"], "https://shop.example/x/y", "b=2; c=3; a=1"),
        ("one name, two paths", &["a=1; Path=/", "a=2; Path=/x"], "https://shop.example/x", "a=2; a=1"),
        ("a replaced cookie keeps its place", &["a=1", "b=2", "a=3"], HOME, "a=3; b=2"),
        ("a removed one does not", &["a=1", "b=2", "a=; Max-Age=0", "a=3"], HOME, "b=2; a=3"),
        ("another path replaces nothing", &["a=1; Path=/x", "a=2; Path=/"], HOME, "a=2"),
        ("nor removes anything", &["a=1", "a=; Path=/x; Max-Age=0"], HOME, "a=1"),
        ("the default path is a path", &["a=1; Path=/", "a=2"], HOME, "a=2"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_cookie_goes_to_its_host_and_below_its_domain() {
    check(&[
        ("a host alone", &["a=1"], "https://www.shop.example/", ""),
        ("a domain", &["a=1; Domain=shop.example"], "https://www.shop.example/", "a=1"),
        ("a dot in front", &["a=1; Domain=.shop.example"], "https://www.shop.example/", "a=1"),
        ("two dots in front", &["a=1; Domain=..shop.example"], HOME, ""),
        ("a dot at the end", &["a=1; Domain=shop.example."], HOME, ""),
        ("case does not count", &["https://SHOP.example/ -> a=1; Domain=Shop.EXAMPLE"], "https://www.shop.Example/", "a=1"),
        ("from below", &["https://www.shop.example/ -> a=1; Domain=shop.example"], HOME, "a=1"),
        ("for somebody below", &["a=1; Domain=www.shop.example"], "https://www.shop.example/", ""),
        ("a foreign domain", &["a=1; Domain=bank.example"], "https://bank.example/", ""),
        ("and nothing is kept here", &["a=1; Domain=bank.example"], HOME, ""),
        ("an end that is no label", &["https://myshop.example/ -> a=1; Domain=shop.example"], "https://myshop.example/", ""),
        ("nor asked so", &["a=1; Domain=shop.example"], "https://myshop.example/", ""),
        ("a public suffix", &["a=1; Domain=example"], HOME, ""),
        ("an empty domain", &["a=1; Domain="], "https://www.shop.example/", ""),
        ("an empty one is no other", &["a=1; Domain=; Path=/"], HOME, "a=1"),
        ("the last of two", &["a=1; Domain=bank.example; Domain=shop.example"], "https://www.shop.example/", "a=1"),
        ("also where it is empty", &["a=1; Domain=bank.example; Domain"], HOME, "a=1"),
        ("alone and with a domain are two", &["a=1", "a=2; Domain=shop.example"], HOME, "a=1; a=2"),
        ("an address alone", &["http://127.0.0.1/ -> a=1; Domain=127.0.0.1"], "http://127.0.0.1/", "a=1"),
        ("nothing is below an address", &["http://127.0.0.1/ -> a=1; Domain=0.0.1"], "http://127.0.0.1/", ""),
        ("localhost", &["http://localhost/ -> a=1; Domain=localhost"], "http://localhost/", "a=1"),
        ("localhost alone", &["http://localhost/ -> a=1; Domain=localhost"], "http://app.localhost/", ""),
        ("a host of two names", &["http://localhost/ -> a=1"], "http://127.0.0.1/", ""),
        ("ports separate nothing", &["http://localhost:8000/ -> a=1"], "http://localhost:8705/", "a=1"),
        ("nor do they in IPv6", &["http://[::1]:8000/ -> a=1"], "http://[::1]/", "a=1"),
    ]);
}
