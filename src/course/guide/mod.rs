//! The guide beside a lesson: cover, question, checklist, notes, code and changes.

pub mod afresh;
pub mod beside;
pub mod cover;
pub mod diff;
pub mod notes;
pub mod progress;
pub mod reading;
pub mod tabs;
pub mod walk;
