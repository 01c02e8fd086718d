//! Products: the things that the shop sells.

use diesel::prelude::*;
use serde::Serialize;

use super::ShopError;
use crate::db::{Database, DatabaseError};
use crate::schema::products;

/// One product, named in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
pub struct Product {
    /// The name in forms and carts, as `fountain-pen`.
    pub item: String,
    /// Its English name.
    pub name_en: String,
    /// Its Korean name.
    pub name_ko: String,
    /// The price of one, in whole won.
    pub price: i32,
}

/// The shop, as views ask for it: `shop: &State<Shop>`.
///
/// It reads in the calling thread and keeps nothing in memory: a handful of rows takes
/// microseconds, and a changed price counts from the next request on.
pub struct Shop {
    database: Database,
}

impl Shop {
    /// The shop in `database`, whose tables [`migrate`](crate::schema::migrate) has made.
    pub fn new(database: Database) -> Self {
        Shop { database }
    }

    /// All products, the cheapest first.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub fn products(&self) -> Result<Vec<Product>, ShopError> {
        let all = self.database.read(|connection| {
            let query = products::table.order((products::price, products::item));
            let all = query.select(Product::as_select()).load(connection)?;
            Ok::<_, DatabaseError>(all)
        })?;
        Ok(all)
    }

    /// The product of that name. An item comes from a form, and a form can be filled with
    /// anything: without this a cart would take whatever is sent.
    ///
    /// # Errors
    ///
    /// [`ShopError::NoSuchProduct`], or the database does not answer.
    pub fn product(&self, item: &str) -> Result<Product, ShopError> {
        let found = self.database.read(|connection| {
            let query = products::table.find(item).select(Product::as_select());
            let found = query.first(connection).optional()?;
            Ok::<_, DatabaseError>(found)
        })?;
        found.ok_or_else(|| ShopError::NoSuchProduct(item.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Fault;
    use crate::db::Synchronous;
    use crate::schema::migrate;
    use crate::shop::Cart;
    use rocket::http::Status;

    fn shop() -> (tempfile::TempDir, Shop) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let database = Database::open(path, Synchronous::Normal).unwrap();
        migrate(&database).unwrap();
        (folder, Shop::new(database))
    }

    #[test]
    fn products_come_with_the_cheapest_first() {
        let (_folder, shop) = shop();
        let products = shop.products().unwrap();
        assert!(products.len() >= 8);
        assert!(products.is_sorted_by_key(|product| product.price));
    }

    #[test]
    fn a_product_is_found_by_its_item() {
        let (_folder, shop) = shop();
        let mug = shop.product("mug").unwrap();
        assert_eq!(
            (mug.name_en.as_str(), mug.name_ko.as_str()),
            ("Mug", "머그컵")
        );
    }

    #[test]
    fn an_unknown_item_is_the_visitors_error() {
        let (_folder, shop) = shop();
        for item in ["", "Mug", "mug ", "unicorn\n", "' OR 1=1 --"] {
            let error = shop.product(item).unwrap_err();
            assert_eq!(error.status(), Status::UnprocessableEntity);
            assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn a_cart_is_priced_from_the_table() {
        let (_folder, shop) = shop();
        let mut cart = Cart::default();
        cart.add("mug");
        cart.add("mug");
        let price = i64::from(shop.product("mug").unwrap().price);
        assert_eq!(shop.bill(&cart).unwrap().total, 2 * price);
    }
}
