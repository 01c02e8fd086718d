//! Exercises as students get them, their solutions, and the mistakes that a check has words for.
//!
//! All of them are modules of this one program, which starts itself as any of them: a program each
//! would take minutes to link.

mod attacks;
mod broken;
mod programs;
mod rules;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// The argument before the name of a program to start.
pub const SERVE: &str = "--serve";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(SERVE) {
        let name = arguments.next().unwrap();
        let served = rocket::execute(programs::named(&name).launch());
        return ExitCode::from(u8::from(served.is_err()));
    }
    let mut trials: Vec<Trial> = rules::trials();
    trials.extend(attacks::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
