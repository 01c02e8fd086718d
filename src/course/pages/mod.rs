//! Pages that lessons don't write, and what every page knows.

pub mod assets;
pub mod navigation;
pub mod no_cookie;
pub mod status;
pub mod templates;
