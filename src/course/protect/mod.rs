//! Protection of every page, and of everything that is shown of requests.
//!
//! | file | what it does |
//! | --- | --- |
//! | `headers` | security headers of every answer |
//! | `own_cookies` | makes the course's own cookies |
//! | `own_paths` | tells the course's addresses from the lesson's |
//! | `masking` | hides secrets in addresses, values and log lines |

pub mod headers;
pub mod masking;
pub mod own_cookies;
pub mod own_paths;
