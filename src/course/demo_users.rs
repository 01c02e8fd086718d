//! Who can log in from the first start on.
//! STAND-IN: becomes `use crate::accounts::DEMO_USERS` where this module is used.

pub(super) struct DemoUser {
    pub userid: &'static str,
    pub password: &'static str,
}

pub(super) const DEMO_USERS: [DemoUser; 2] = [
    DemoUser {
        userid: "alice",
        password: "wonder-land-7",
    },
    DemoUser {
        userid: "bob",
        password: "tree-house-42",
    },
];
