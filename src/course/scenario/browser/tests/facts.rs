//! Facts about cookies, one a line: why, the `Set-Cookie` headers, the request that follows, and its
//! `Cookie` header. All of them are of this machine, so that a trial can ask a real browser, too.
//!
//! A header comes from [`HOME`] where it does not begin with another request and an arrow. A request
//! is written `POST http://shop.localhost/x from http://localhost:9000`; `SCRIPT` reads
//! `document.cookie` at that address. The facts are those of RFC 6265bis and of the suites
//! http-state and web-platform-tests.

use rocket::http::Method;

use super::Going;

/// Why, the headers, the request, and the cookies that go with it.
pub type CookieFact = (
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

pub const HOME: &str = "http://shop.localhost/";
const LINK: &str = "http://shop.localhost/ from http://127.0.0.1";
const FORM: &str = "POST http://shop.localhost/ from http://127.0.0.1";

/// `POST http://shop.localhost/x from http://127.0.0.1`.
pub fn going(text: &str) -> Going<'_> {
    let (text, from) = match text.split_once(" from ") {
        Some((text, from)) => (text, Some(from)),
        None => (text, None),
    };
    let (method, address) = match text.split_once(' ') {
        Some((method, address)) => (method.parse().unwrap_or(Method::Get), address),
        None => (Method::Get, text),
    };
    let (scheme, rest) = address.split_once("://").expect("an address");
    let slash = rest.find('/').expect("a path");
    let (host, path) = rest.split_at(slash);
    Going {
        method,
        host,
        path,
        from,
        tls: scheme == "https",
    }
}

/// The request that a header answers, and the header.
pub fn answer(line: &str) -> (&str, &str) {
    line.split_once(" -> ").unwrap_or((HOME, line))
}

#[rustfmt::skip] // A line each.
pub const VALUES: &[CookieFact] = &[
    ("plain", &["a=1"], HOME, "a=1"),
    ("spaces and tabs around", &["  a \t= \t1 2\t ; Path=/"], HOME, "a=1 2"),
    ("only the first = divides", &["a=b=c=="], HOME, "a=b=c=="),
    ("quotes belong to the value", &["a=\"1 2\""], HOME, "a=\"1 2\""),
    ("a semicolon ends a quoted value too", &["a=\"1;2\""], HOME, "a=\"1"),
    ("a comma divides nothing", &["a=1,b=2"], HOME, "a=1,b=2"),
    ("nothing is decoded", &["a%20=%3B"], HOME, "a%20=%3B"),
    ("other scripts", &["이름=값"], HOME, "이름=값"),
    ("names differ by case", &["a=1", "A=2"], HOME, "a=1; A=2"),
    ("a name like an attribute's", &["Path=/x; Path=/"], HOME, "Path=/x"),
    ("an empty value", &["a="], HOME, "a="),
    ("an empty value ends at the attributes", &["a=; Secure"], HOME, "a="),
    ("no = makes a value without a name", &["token"], HOME, "token"),
    ("neither does a = in front", &["=token"], HOME, "token"),
    ("a nameless value with a = is none", &["=a=b", "===c"], HOME, ""),
    ("two without a name are one", &["x", "=y"], HOME, "y"),
    ("neither name nor value", &["=", "", " ; Path=/", ";a=1"], HOME, ""),
    ("unknown attributes", &["a=1; Priority=High; x; =y; ; Version=1"], HOME, "a=1"),
    ("a control character", &["a=1\x012", "b\x7f=1", "c=1; Path=/\x1f"], HOME, ""),
    ("blanks alone are nothing", &["   ", "\t", " = "], HOME, ""),
    ("a name of signs", &["$a=1", "(b=2", "\"c=3", "+=4"], HOME, "$a=1; (b=2; \"c=3; +=4"),
    ("a blank inside a name", &["a b=1"], HOME, "a b=1"),
    ("quotes guard no name", &["\"a;b\"=1"], HOME, "\"a"),
    ("blanks between quotes", &["a=\"1 \"   \"2\"  ;"], HOME, "a=\"1 \"   \"2\""),
    ("blanks after a second =", &["  a=== 1  ;x;;;   y"], HOME, "a=== 1"),
    ("a word of old, and another cookie", &["$Version=1; a=2"], HOME, "$Version=1"),
    ("one without a name beside others", &["a=1", "x", "b="], HOME, "a=1; x; b="),
    ("an attribute after a comma is none", &["a=1;x=2, b=3;Path=/, c=4"], HOME, ""),
];

#[rustfmt::skip] // A line each.
pub const PREFIXES: &[CookieFact] = &[
    ("__Secure- and Secure", &["__Secure-a=1; Secure; Domain=shop.localhost"], HOME, "__Secure-a=1"),
    ("and without", &["__Secure-a=1"], HOME, ""),
    ("__Host- and all it asks", &["__Host-a=1; Secure; Path=/"], HOME, "__Host-a=1"),
    ("without Secure", &["__Host-a=1; Path=/"], HOME, ""),
    ("without Path", &["__Host-a=1; Secure"], HOME, ""),
    ("an empty Path is none", &["__Host-a=1; Secure; Path=", "__Host-b=1; Secure; Path"], HOME, ""),
    ("with another path", &["__Host-a=1; Secure; Path=/x"], "http://shop.localhost/x", ""),
    ("with a domain", &["__Host-a=1; Secure; Path=/; Domain=shop.localhost"], HOME, ""),
    ("with an empty domain", &["__Host-a=1; Secure; Path=/; Domain="], HOME, "__Host-a=1"),
    ("in any case", &["__hOST-a=1; Path=/", "__SECURE-a=1"], HOME, ""),
    ("a value that would be read as one", &["__Host-a", "=__secure-a=1", "=__Host-a=1; Path=/"], HOME, ""),
    ("__Http- and HttpOnly", &["__Http-a=1; Secure; HttpOnly"], HOME, "__Http-a=1"),
    ("and without", &["__Http-a=1; Secure", "__Http-b=1; HttpOnly"], HOME, ""),
    ("__Host-Http- asks for both", &["__Host-Http-a=1; Secure; HttpOnly; Path=/"], HOME, "__Host-Http-a=1"),
    ("and for no less", &["__Host-Http-a=1; Secure; Path=/", "__Host-Http-b=1; Secure; HttpOnly"], HOME, ""),
    ("somewhere else it is none", &["a__Host-=1", "__Hosta=2"], HOME, "a__Host-=1; __Hosta=2"),
];

#[rustfmt::skip] // A line each.
pub const SAME_SITE: &[CookieFact] = &[
    ("Lax and a link", &["a=1; SameSite=Lax"], LINK, "a=1"),
    ("Lax and a form", &["a=1; SameSite=Lax"], FORM, ""),
    ("Lax and our own form", &["a=1; SameSite=Lax"], "POST http://shop.localhost/", "a=1"),
    ("nothing is Lax, but for the first two minutes", &["a=1"], FORM, "a=1"),
    ("so is an unknown word", &["a=1; SameSite=Loose"], FORM, "a=1"),
    ("and an empty one", &["a=1; SameSite=", "b=2; SameSite"], FORM, "a=1; b=2"),
    ("Strict and a link", &["a=1; SameSite=Strict"], LINK, ""),
    ("Strict and our own form", &["a=1; SameSite=Strict"], "POST http://shop.localhost/", "a=1"),
    ("None and a form", &["a=1; SameSite=None; Secure"], FORM, "a=1"),
    ("None without Secure", &["a=1; SameSite=None"], HOME, ""),
    ("in any case", &["a=1; samesite=STRICT"], LINK, ""),
    ("the last of two", &["a=1; SameSite=None; SameSite=Strict"], LINK, ""),
    ("also where it is unknown", &["a=1; SameSite=Strict; SameSite=x"], LINK, "a=1"),
    ("a foreign page's form may set it", &["POST http://shop.localhost/ from http://127.0.0.1 -> a=1; SameSite=Strict"], HOME, "a=1"),
];

#[rustfmt::skip] // A line each.
pub const PATHS: &[CookieFact] = &[
    ("the default is the page's folder", &["http://shop.localhost/a/b -> x=1"], "http://shop.localhost/a/c", "x=1"),
    ("and nothing beside it", &["http://shop.localhost/a/b -> x=1"], "http://shop.localhost/b", ""),
    ("the folder itself, too", &["http://shop.localhost/a/b -> x=1"], "http://shop.localhost/a", "x=1"),
    ("a page at the top is in /", &["http://shop.localhost/a -> x=1"], "http://shop.localhost/b", "x=1"),
    ("a folder's own page", &["http://shop.localhost/a/ -> x=1"], "http://shop.localhost/", ""),
    ("slashes of a query do not count", &["http://shop.localhost/a?b/c/d -> x=1"], "http://shop.localhost/b", "x=1"),
    ("a path", &["x=1; Path=/cart"], "http://shop.localhost/cart/add", "x=1"),
    ("a path and a query", &["x=1; Path=/cart"], "http://shop.localhost/cart?a=/", "x=1"),
    ("a word that only begins alike", &["x=1; Path=/cart"], "http://shop.localhost/cartoon", ""),
    ("a longer one than the page's", &["x=1; Path=/cart/add"], "http://shop.localhost/cart", ""),
    ("two slashes are below one", &["x=1; Path=/cart/"], "http://shop.localhost/cart//a", "x=1"),
    ("a query is no part of it", &["x=1; Path=/cart?"], "http://shop.localhost/cart?", ""),
    ("a slash at the end asks for one", &["x=1; Path=/cart/"], "http://shop.localhost/cart", ""),
    ("and then for no other", &["x=1; Path=/cart/"], "http://shop.localhost/cart/a", "x=1"),
    ("case counts", &["x=1; Path=/Cart"], "http://shop.localhost/cart", ""),
    ("nothing is decoded", &["x=1; Path=/%63art"], "http://shop.localhost/cart", ""),
    ("a foreign path may be named", &["http://shop.localhost/a/b -> x=1; Path=/c"], "http://shop.localhost/c", "x=1"),
    ("a relative path is none", &["http://shop.localhost/a/b -> x=1; Path=c"], "http://shop.localhost/a/", "x=1"),
    ("a quoted path is none", &["http://shop.localhost/a/b -> x=1; Path=\"/\""], "http://shop.localhost/", ""),
    ("an empty path is none", &["http://shop.localhost/a/b -> x=1; Path="], "http://shop.localhost/", ""),
    ("the last of two", &["x=1; Path=/; Path=/cart"], "http://shop.localhost/", ""),
    ("also where it is none", &["http://shop.localhost/a/b -> x=1; Path=/; Path"], "http://shop.localhost/", ""),
    ("and not where it is", &["x=1; Path=; Path=/cart"], "http://shop.localhost/", ""),
    ("attributes in any case", &["x=1; pAtH \t= /cart"], "http://shop.localhost/", ""),
];

#[rustfmt::skip] // A line each.
pub const ORDER: &[CookieFact] = &[
    ("the order of setting", &["b=1", "a=2", "c=3"], HOME, "b=1; a=2; c=3"),
    ("a longer path", &["a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x"], "http://shop.localhost/x/y", "b=2; c=3; a=1"),
    ("one name, two paths", &["a=1; Path=/", "a=2; Path=/x"], "http://shop.localhost/x", "a=2; a=1"),
    ("a new value goes to the end", &["a=1", "b=2", "a=3"], HOME, "b=2; a=3"),
    ("so does a removed cookie", &["a=1", "b=2", "a=; Max-Age=0", "a=3"], HOME, "b=2; a=3"),
    ("the same value keeps its place", &["a=1", "b=2", "a=1"], HOME, "a=1; b=2"),
    ("another path replaces nothing", &["a=1; Path=/x", "a=2; Path=/"], HOME, "a=2"),
    ("nor removes anything", &["a=1", "a=; Path=/x; Max-Age=0"], HOME, "a=1"),
    ("the default path is a path", &["a=1; Path=/", "a=2"], HOME, "a=2"),
    ("a slash at the end is longer", &["a=1; Path=/x", "a=2; Path=/x/"], "http://shop.localhost/x/y", "a=2; a=1"),
    ("domains do not count", &["a=1; Path=/", "b=2; Path=/; Domain=shop.localhost", "c=3; Path=/x"], "http://shop.localhost/x", "c=3; a=1; b=2"),
];

#[rustfmt::skip] // A line each.
pub const HOSTS: &[CookieFact] = &[
    ("a host alone", &["a=1"], "http://www.shop.localhost/", ""),
    ("a domain", &["a=1; Domain=shop.localhost"], "http://www.shop.localhost/", "a=1"),
    ("a dot in front", &["a=1; Domain=.shop.localhost"], "http://www.shop.localhost/", "a=1"),
    ("two dots in front", &["a=1; Domain=..shop.localhost"], HOME, ""),
    ("two dots inside", &["a=1; Domain=shop..localhost"], HOME, ""),
    ("blanks around", &["a=1; Domain=  .shop.localhost "], HOME, "a=1"),
    ("blanks inside", &["a=1; Domain=. shop.localhost", "b=1; Domain=shop.localhost ."], HOME, ""),
    ("quotes", &["a=1; Domain=\"shop.localhost\""], HOME, ""),
    ("a port", &["a=1; Domain=shop.localhost:80"], HOME, ""),
    ("a dot at the end", &["a=1; Domain=shop.localhost.", "b=1; Domain=shop.localhost.."], HOME, ""),
    ("case does not count", &["http://SHOP.localhost/ -> a=1; Domain=Shop.LOCALHOST"], "http://www.shop.Localhost/", "a=1"),
    ("from below", &["http://www.shop.localhost/ -> a=1; Domain=shop.localhost"], HOME, "a=1"),
    ("for somebody below", &["a=1; Domain=www.shop.localhost"], "http://www.shop.localhost/", ""),
    ("a foreign domain", &["a=1; Domain=bank.localhost"], "http://bank.localhost/", ""),
    ("and nothing is kept here", &["a=1; Domain=bank.localhost"], HOME, ""),
    ("an end that is no label", &["http://myshop.localhost/ -> a=1; Domain=shop.localhost"], "http://myshop.localhost/", ""),
    ("nor asked so", &["a=1; Domain=shop.localhost"], "http://myshop.localhost/", ""),
    ("a public suffix", &["a=1; Domain=localhost", "b=1; Domain=.localhost"], HOME, ""),
    ("with and without a dot are one", &["a=1; Domain=shop.localhost", "a=2; Domain=.shop.localhost"], HOME, "a=2"),
    ("the last of two, if foreign", &["a=1; Domain=shop.localhost; Domain=bank.localhost"], HOME, ""),
    ("of two that fit, too", &["http://www.shop.localhost/ -> a=1; Domain=shop.localhost; Domain=www.shop.localhost"], HOME, ""),
    ("an empty domain", &["a=1; Domain="], "http://www.shop.localhost/", ""),
    ("an empty one is no other", &["a=1; Domain=; Path=/"], HOME, "a=1"),
    ("the last of two", &["a=1; Domain=bank.localhost; Domain=shop.localhost"], "http://www.shop.localhost/", "a=1"),
    ("also where it is empty", &["a=1; Domain=bank.localhost; Domain"], HOME, "a=1"),
    ("alone and with a domain are two", &["a=1", "a=2; Domain=shop.localhost"], HOME, "a=1; a=2"),
    ("an address alone", &["http://127.0.0.1/ -> a=1; Domain=127.0.0.1"], "http://127.0.0.1/", "a=1"),
    ("nothing is below an address", &["http://127.0.0.1/ -> a=1; Domain=0.0.1"], "http://127.0.0.1/", ""),
    ("localhost", &["http://localhost/ -> a=1; Domain=localhost"], "http://localhost/", "a=1"),
    ("localhost alone", &["http://localhost/ -> a=1; Domain=localhost"], "http://app.localhost/", ""),
    ("a host of two names", &["http://localhost/ -> a=1"], "http://127.0.0.1/", ""),
    ("ports separate nothing", &["http://localhost:9000/ -> a=1"], "http://localhost/", "a=1"),
];

#[rustfmt::skip] // A line each.
pub const NEIGHBOURS: &[CookieFact] = &[
    ("another port's form brings Lax", &["http://localhost/ -> a=1; SameSite=Lax"], "POST http://localhost/ from http://localhost:9000", "a=1"),
    ("and Strict", &["http://localhost/ -> a=1; SameSite=Strict"], "POST http://localhost/ from http://localhost:9000", "a=1"),
    ("so does its link", &["http://localhost/ -> a=1; SameSite=Strict"], "http://localhost/ from http://localhost:9000", "a=1"),
    ("an address is another site", &["http://localhost/ -> a=1; SameSite=Lax", "http://localhost/ -> b=2; SameSite=Strict"], "POST http://localhost/ from http://127.0.0.1", ""),
    ("to an address, its name", &["http://127.0.0.1/ -> a=1; SameSite=Lax"], "POST http://127.0.0.1/ from http://localhost", ""),
    ("a name below is the same site", &["a=1; SameSite=Strict"], "POST http://shop.localhost/ from http://evil.shop.localhost", "a=1"),
    ("two names below, too", &["http://a.shop.localhost/ -> a=1; SameSite=Strict"], "POST http://a.shop.localhost/ from http://b.shop.localhost:9000", "a=1"),
    ("a name beside is another", &["a=1; SameSite=Lax"], "POST http://shop.localhost/ from http://bank.localhost", ""),
    ("so is a public suffix", &["a=1; SameSite=Lax"], "POST http://shop.localhost/ from http://localhost", ""),
    ("another port sets our cookie", &["http://localhost/ -> a=1", "http://localhost:9000/ -> a=2"], "http://localhost/", "a=2"),
    ("even one that is HttpOnly", &["http://localhost/ -> a=1; HttpOnly", "http://localhost:9000/ -> a=2"], "http://localhost/", "a=2"),
    ("even a Secure one", &["http://localhost/ -> a=1; Secure", "http://localhost:9000/ -> a=2"], "http://localhost/", "a=2"),
    ("even a __Host- one", &["http://localhost/ -> __Host-a=1; Secure; Path=/", "http://localhost:9000/ -> __Host-a=2; Secure; Path=/"], "http://localhost/", "__Host-a=2"),
    ("and takes it away", &["http://localhost/ -> a=1; HttpOnly", "http://localhost:9000/ -> a=; Max-Age=0"], "http://localhost/", ""),
    ("Secure needs no TLS here", &["http://localhost/ -> a=1; Secure", "http://127.0.0.1/ -> b=2; Secure"], "http://localhost/", "a=1"),
    ("nor at an address", &["http://127.0.0.1/ -> a=1; Secure"], "http://127.0.0.1/", "a=1"),
    ("a name below plants a second one", &["a=1", "http://evil.shop.localhost/ -> a=2; Domain=shop.localhost"], HOME, "a=1; a=2"),
    ("by a longer path in front", &["a=1", "http://evil.shop.localhost/ -> a=2; Domain=shop.localhost; Path=/cart"], "http://shop.localhost/cart", "a=2; a=1"),
    ("but none of a __Host- name", &["__Host-a=1; Secure; Path=/", "http://evil.shop.localhost/ -> __Host-a=2; Secure; Path=/; Domain=shop.localhost"], HOME, "__Host-a=1"),
    ("a script reads what is not HttpOnly", &["a=1; HttpOnly", "b=2", "c=3; httponly=false"], "SCRIPT http://shop.localhost/", "b=2"),
    ("and what is for its path", &["a=1; Path=/x", "b=2; Path=/x/y"], "SCRIPT http://shop.localhost/x", "a=1"),
    ("also at another port", &["http://localhost/ -> a=1; HttpOnly", "http://localhost/ -> b=2; SameSite=Strict"], "SCRIPT http://localhost:9000/", "b=2"),
];
