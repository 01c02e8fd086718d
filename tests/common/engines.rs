//! The engines, as tests that run on each of them set them up.

/// An engine's name in texts and snapshots, and its settings.
pub type Engine = (&'static str, &'static str);

/// All engines. A further one joins with one line.
pub const ENGINES: &[Engine] = &[
    ("database", r#"engine="database""#),
    ("cached_database", r#"engine="cached_database""#),
    ("cache", r#"engine="cache""#),
    ("file", r#"engine="file""#),
];
