//! The bill: the price of a cart, line by line.

use serde::Serialize;

use super::{Cart, Product, Shop, ShopError};

/// One item of a cart, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillLine {
    /// The product.
    pub product: Product,
    /// The number of pieces.
    pub count: u32,
    /// Their price together, in won.
    pub sum: i64,
}

/// A cart with names and prices, in the order of the shop's products.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// One line an item that the shop sells.
    pub lines: Vec<BillLine>,
    /// Items that the shop no longer sells. A cart may be weeks old; they cost nothing, and a page
    /// can say that they are gone rather than drop them silently.
    pub gone: Vec<String>,
    /// The number of pieces on all lines.
    pub count: u64,
    /// The price of all lines, in won.
    pub total: i64,
}

impl Bill {
    /// Prices a cart by these products, which are all that the shop sells. Numbers too large to
    /// write down stop at the largest.
    pub fn new(cart: &Cart, products: &[Product]) -> Self {
        let in_cart = products
            .iter()
            .filter(|product| cart.count_of(&product.item) > 0);
        let lines: Vec<BillLine> = in_cart
            .map(|product| {
                let count = cart.count_of(&product.item);
                let sum = i64::from(product.price).saturating_mul(i64::from(count));
                let product = product.clone();
                BillLine {
                    product,
                    count,
                    sum,
                }
            })
            .collect();
        let is_sold = |item: &&str| products.iter().any(|product| product.item == *item);
        let gone = cart.items().filter(|item| !is_sold(item));
        let gone = gone.map(str::to_owned).collect();
        let sums = lines.iter().map(|line| line.sum);
        let total = sums.fold(0, i64::saturating_add);
        let count = lines.iter().map(|line| u64::from(line.count)).sum();
        Bill {
            lines,
            gone,
            count,
            total,
        }
    }
}

impl Shop {
    /// The bill for a cart, at today's prices.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub fn bill(&self, cart: &Cart) -> Result<Bill, ShopError> {
        let products = self.products()?;
        Ok(Bill::new(cart, &products))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(item: &str, price: i32) -> Product {
        Product {
            item: item.to_owned(),
            name_en: item.to_owned(),
            name_ko: item.to_owned(),
            price,
        }
    }

    fn cart(json: &str) -> Cart {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn lines_come_in_the_order_of_the_products_and_add_up() {
        let products = [product("pencil", 900), product("mug", 14_000)];
        let bill = Bill::new(&cart(r#"{"mug":2,"pencil":3}"#), &products);
        let lines: Vec<_> = bill
            .lines
            .iter()
            .map(|line| (line.product.item.as_str(), line.count, line.sum))
            .collect();
        assert_eq!(lines, [("pencil", 3, 2_700), ("mug", 2, 28_000)]);
        assert_eq!((bill.count, bill.total), (5, 30_700));
        assert!(bill.gone.is_empty());
    }

    #[test]
    fn items_no_longer_sold_are_named_and_cost_nothing() {
        let products = [product("pencil", 900)];
        let bill = Bill::new(&cart(r#"{"mug":2,"pencil":1}"#), &products);
        assert_eq!(bill.gone, ["mug"]);
        assert_eq!(bill.total, 900);
    }

    #[test]
    fn an_empty_cart_costs_nothing() {
        let bill = Bill::new(&Cart::default(), &[product("pencil", 900)]);
        assert_eq!(bill, Bill::default());
    }

    #[test]
    fn sums_stop_at_the_largest_number() {
        let products = [product("a", i32::MAX), product("b", i32::MAX)];
        let cart = cart(r#"{"a":4294967295,"b":4294967295}"#);
        assert_eq!(Bill::new(&cart, &products).total, i64::MAX);
    }
}
