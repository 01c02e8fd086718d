//! What is written about the project beside the notes: pages whose links name a test or a setting.

mod asvs;
mod links;
