//! Protection of every page: headers, the course's own cookies, and what is masked wherever it is shown.

pub mod headers;
pub mod masking;
pub mod own_cookies;
pub mod own_paths;
