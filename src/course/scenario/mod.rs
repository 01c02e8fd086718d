//! A lesson's scenario, `lessons/lessonNN.toml`: demo, checklist and snapshot test at once.
//!
//! | file | what it does |
//! | --- | --- |
//! | `demo` | shows it in the terminal |
//! | `transcript` | writes it down |
//! | `sending`, `runner`, `by_hand` | play it |
//! | `judge` | compares the claims with the outcome |
//! | `played` | the outcome of a step |
//! | `mallorys_site` | Mallory's site beside the lesson |
//! | `wire` | a request and its answer over HTTP |
//! | `server`, `program`, `scratch` | the lesson's program, its files and its clock in our hands |
//! | `control` | the same seen from inside the lesson |
//! | `stop` | ends the lesson's program, and what waits for it, at Ctrl+C |
//! | `pipe` | questions and answers of the two |
//! | `browser` | the model browser of each actor |
//! | `checklist`, `tick` | tick its steps as they are done by hand |
//! | `console` | a request as a line for the browser's console |
//! | `prediction` | writes its questions down |
//! | `file`, `written` | read it, and say in one line what is wrong with it |
//! | `step`, `act`, `claim`, `predict`, `named`, `restart` | a scenario in memory |
//!
//! A file uses only those below it in this table, and `exchange` and `xray` for the record that the
//! lesson makes of each request.

mod act;
mod browser;
mod by_hand;
mod checklist;
mod claim;
mod console;
pub(crate) mod control;
pub(crate) mod demo;
mod file;
mod judge;
mod mallorys_site;
mod named;
mod pipe;
mod played;
mod predict;
mod prediction;
mod program;
mod restart;
mod runner;
mod scratch;
mod sending;
mod server;
mod step;
pub(crate) mod stop;
mod tick;
mod transcript;
mod wire;
mod written;

pub use act::{Act, DevTools, OtherOrigin, OtherServer, Sent};
pub use browser::{Going, JarCookie, ModelBrowser};
pub(crate) use by_hand::by_hand;
pub use checklist::Checklist;
pub(crate) use checklist::Compared;
pub use claim::{AskingClaim, Claims, CookieClaim, FieldClaim, RowClaim, TextClaim};
pub use console::console_line;
pub use file::ScenarioError;
pub use named::{Made, NamedValues};
pub use played::{CheckedClaim, Played};
pub use predict::{Belief, Predict, Side, WrongAnswer};
pub use program::LessonProgram;
pub use restart::RestartWith;
pub use runner::ScenarioPlayer;
pub use server::LessonServer;
pub use step::{Actor, Closed, Scenario, ScenarioStep, Seen};
pub use transcript::Transcript;
