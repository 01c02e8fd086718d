//! The cart: what a session remembers while its visitor shops.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The number wanted of each item, as `{"mug": 2}` in the session.
///
/// It holds neither names nor prices: those are the table's, and would be out of date here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cart(BTreeMap<String, u32>);

impl Cart {
    /// Puts one more of an item in.
    pub fn add(&mut self, item: &str) {
        let count = self.0.entry(item.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    /// Takes one of an item out, if there is one. With the last one the item is gone.
    pub fn remove(&mut self, item: &str) {
        if let Some(count) = self.0.get_mut(item) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.0.remove(item);
            }
        }
    }

    /// Takes everything out.
    pub fn empty(&mut self) {
        self.0.clear();
    }

    /// The number of pieces in it, all items together.
    pub fn count(&self) -> u64 {
        self.0.values().copied().map(u64::from).sum()
    }

    /// The number of pieces of one item.
    pub fn count_of(&self, item: &str) -> u32 {
        self.0.get(item).copied().unwrap_or(0)
    }

    /// The items in it, in alphabetical order.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cart(json: &str) -> Cart {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn adding_counts() {
        let mut cart = Cart::default();
        cart.add("mug");
        cart.add("pencil");
        cart.add("mug");
        assert_eq!(cart.count(), 3);
        assert_eq!(
            serde_json::to_string(&cart).unwrap(),
            r#"{"mug":2,"pencil":1}"#
        );
    }

    #[test]
    fn removing_takes_one_and_the_last_one_takes_the_item() {
        let mut cart = cart(r#"{"mug":2}"#);
        cart.remove("pencil");
        cart.remove("mug");
        assert_eq!(cart.count_of("mug"), 1);
        cart.remove("mug");
        assert_eq!(cart, Cart::default());
        cart.remove("mug");
        assert_eq!(cart.count(), 0);
    }

    #[test]
    fn emptying_takes_everything() {
        let mut cart = cart(r#"{"mug":2,"pencil":1}"#);
        cart.empty();
        assert_eq!(cart, Cart::default());
        assert_eq!(cart.items().count(), 0);
    }

    #[test]
    fn counts_stop_at_the_largest_number() {
        let mut cart = cart(r#"{"mug":4294967295,"pencil":1}"#);
        cart.add("mug");
        assert_eq!(cart.count_of("mug"), u32::MAX);
        assert_eq!(cart.count(), u64::from(u32::MAX) + 1);
    }

    #[test]
    fn what_is_no_cart_is_not_read_as_one() {
        for json in [r#"{"mug":-1}"#, r#"{"mug":1.5}"#, "[]", r#""mug""#] {
            assert!(serde_json::from_str::<Cart>(json).is_err(), "{json}");
        }
    }
}
