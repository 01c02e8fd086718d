//! Pages that lessons don't write, and what every page knows.
//!
//! | file | what it does |
//! | --- | --- |
//! | `navigation` | the running lesson, its routes, and the names that every template knows |
//! | `templates` | the folder of templates, tried at start |
//! | `assets` | style sheets, scripts and icon |
//! | `status` | a page for each error status |
//! | `no_cookie` | notices a browser that keeps no cookies |

pub mod assets;
pub mod navigation;
pub mod no_cookie;
pub mod status;
pub mod templates;
