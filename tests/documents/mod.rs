//! Pages beside the notes, whose links name a test or a setting.

mod asvs;
mod links;
