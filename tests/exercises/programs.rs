//! The programs by their names: `given_ex03`, `solved_ex03`, `wrong_ex03_default`, `broken_loops`.

// `#[launch]` writes a `main` into each module.
#![allow(dead_code)]

use rocket::{Build, Rocket};

/// A module for each exercise. A wrong one stands inside the solution and replaces some of its
/// views, so that its file has no more than these.
macro_rules! exercises {
    ($($exercise:ident [$($wrong:ident)*])*) => {
        $(mod $exercise {
            pub mod given {
                include!(concat!("../../exercises/given/", stringify!($exercise), ".rs"));
                pub fn start() -> rocket::Rocket<rocket::Build> { rocket() }
            }
            pub mod solved {
                include!(concat!("../../exercises/solved/", stringify!($exercise), ".rs"));
                pub fn start() -> rocket::Rocket<rocket::Build> { rocket() }
                $(pub mod $wrong {
                    #[allow(unused_imports)]
                    use super::*;
                    include!(concat!(
                        "../../exercises/wrong/", stringify!($exercise), "_", stringify!($wrong), ".rs"
                    ));
                    pub fn start() -> rocket::Rocket<rocket::Build> { rocket() }
                })*
            }
        })*

        /// The wrong solutions: exercise and name.
        pub const WRONG: &[(&str, &str)] = &[
            $($((stringify!($exercise), stringify!($wrong)),)*)*
        ];

        /// The app of this name.
        pub fn named(name: &str) -> Rocket<Build> {
            $(
                if name == concat!("given_", stringify!($exercise)) {
                    return $exercise::given::start();
                }
                if name == concat!("solved_", stringify!($exercise)) {
                    return $exercise::solved::start();
                }
                $(if name == concat!("wrong_", stringify!($exercise), "_", stringify!($wrong)) {
                    return $exercise::solved::$wrong::start();
                })*
            )*
            crate::broken::named(name)
        }
    };
}

exercises! {
    ex01 [address taken]
    ex02 [answer early not_kept of_program strangers]
    ex03 [default flush forgets kept not_shown null popped]
    ex04 [early flush forgets kept one]
    ex05 [copy lost]
    ex06 [flush pop sessions]
    ex07 [author refuses strict unchecked]
    ex08 [cached copy forgotten lost memory revoked]
    ex09 [absolute encrypted milliseconds]
    ex10 [after both closed minute]
    ex11 [everything last twice]
    ex12 [clear early flush page]
    ex13 [port present referer site token]
    ex14 [domain ports readable safe site stolen written]
    ex15 [again alone inside own]
    ex16 [check keys lock]
    ex17 [cookie counted keys memory names]
    exend [emptied foreign forged kept linked lost neighbour path planted unchecked]
}
