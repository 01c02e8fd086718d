//! The shop: products with prices, and the cart that a session carries.

mod bill;
mod cart;
mod error;
mod product;

pub use bill::{Bill, BillLine};
pub use cart::Cart;
pub use error::ShopError;
pub use product::{Product, Shop};
