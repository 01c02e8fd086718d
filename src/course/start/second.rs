//! The second server of a lesson: the same program once more, with the same files.
//!
//! By hand it is `cargo run --bin lesson17a -- --second`, on the port after the first one's. A
//! scenario's runner chooses the port itself and sets a variable.

use std::env;

use rocket::figment::Figment;
use rocket::figment::providers::Serialized;
use rocket::{Build, Phase, Rocket};

use super::error::StartError;

/// The argument that starts a second server on the next port.
pub(crate) const ARGUMENT: &str = "--second";

/// The variable, and its value, that makes a program the second server on the port that it has.
pub(crate) const VARIABLE: (&str, &str) = ("LESSON_SERVER", "second");

/// The mark, in managed state.
pub(crate) struct SecondServer;

/// True if this program was started as the second server.
pub(crate) fn is_wanted() -> bool {
    let (name, value) = VARIABLE;
    is_asked_for() || env::var_os(name).is_some_and(|found| found == value)
}

/// True if the command line has [`ARGUMENT`].
pub(super) fn is_asked_for() -> bool {
    env::args_os().skip(1).any(|argument| argument == ARGUMENT)
}

/// The configuration of this program: with the next port if the command line asks for that.
///
/// # Errors
///
/// [`StartError::LastPort`], [`StartError::Configuration`] for a port that is no number.
pub(crate) fn configured(figment: Figment) -> Result<Figment, StartError> {
    if is_asked_for() {
        return with_next_port(figment);
    }
    Ok(figment)
}

/// The configuration with the next port. Port 0 stays: any free one is another one.
fn with_next_port(figment: Figment) -> Result<Figment, StartError> {
    let port: u16 = figment.extract_inner("port")?;
    if port == 0 {
        return Ok(figment);
    }
    let next = port.checked_add(1).ok_or(StartError::LastPort)?;
    // Global, as `ROCKET_PORT` is: a weaker value would not count beside it.
    Ok(figment.merge(Serialized::global("port", next)))
}

/// Marks the app if this program is the second server.
pub(crate) fn marked(rocket: Rocket<Build>) -> Rocket<Build> {
    if is_wanted() {
        return rocket.manage(SecondServer);
    }
    rocket
}

/// True for the second server of a lesson: `second::is_second(request.rocket())`.
pub(crate) fn is_second<P: Phase>(rocket: &Rocket<P>) -> bool {
    rocket.state::<SecondServer>().is_some()
}

#[cfg(test)]
mod tests {
    use rocket::Config;

    use super::*;

    fn next(port: u16) -> Result<u16, StartError> {
        let figment = Config::figment().merge(Serialized::global("port", port));
        Ok(with_next_port(figment)?.extract_inner("port")?)
    }

    #[test]
    fn it_listens_on_the_port_after_the_first_ones() {
        assert_eq!(next(8000).unwrap(), 8001);
        assert_eq!(next(0).unwrap(), 0);
        let last = next(65535).unwrap_err();
        assert!(matches!(last, StartError::LastPort));
    }

    #[test]
    fn a_port_that_is_no_number_is_named() {
        let figment = Config::figment().merge(Serialized::global("port", "many"));
        let error = with_next_port(figment).unwrap_err();
        assert!(matches!(error, StartError::Configuration(_)));
    }

    #[test]
    fn only_the_marked_one_is_the_second() {
        assert!(!is_second(&marked(rocket::build())));
        assert!(is_second(&rocket::build().manage(SecondServer)));
    }
}
