//! One finding.

/// The answer to one question about one engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Is(bool),
    /// This many bytes of data go into one session.
    Bytes(usize),
    /// A program that is needed to find out is not here. The notes' words stay.
    Unknown,
}
