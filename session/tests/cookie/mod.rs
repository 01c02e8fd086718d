//! Sessions that are carried in cookies, sealed: the engine `cookie`.

mod keys;
mod seal;
mod size;
mod without_store;
