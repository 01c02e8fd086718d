//! The paths and hosts that a cookie goes to, and the order in which it does.

use super::*;

#[test]
fn a_cookie_goes_to_its_path_and_below_it() {
    check(facts::PATHS);
}

#[test]
fn longer_paths_go_first_and_then_those_that_were_there_first() {
    check(facts::ORDER);
}

#[test]
fn a_cookie_goes_to_its_host_and_below_its_domain() {
    check(facts::HOSTS);
    check(&[(
        "ports in IPv6",
        &["http://[::1]:8000/ -> a=1"],
        "http://[::1]/",
        "a=1",
    )]);
}
