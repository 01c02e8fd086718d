//! The part of the internet that one visitor holds.

use std::net::{IpAddr, Ipv6Addr};

/// An address of IPv4, or the first 64 bits of one of IPv6: a visitor with one of these addresses
/// has all that begin alike, and may use another one for every request. `None` for a caller in this
/// process, and for visitors whose address the system does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Network(Option<IpAddr>);

impl From<Option<IpAddr>> for Network {
    fn from(address: Option<IpAddr>) -> Self {
        Network(address.map(|address| match address.to_canonical() {
            IpAddr::V6(address) => {
                let prefix = address.to_bits() >> 64 << 64;
                Ipv6Addr::from_bits(prefix).into()
            }
            address => address,
        }))
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(IpAddr::V6(prefix)) => write!(f, "{prefix}/64"),
            Some(address) => address.fmt(f),
            None => f.write_str("an unknown address"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> String {
        Network::from(Some(address.parse().unwrap())).to_string()
    }

    #[test]
    fn of_ipv6_the_first_half_counts() {
        assert_eq!(network("2001:db8:1:2::3"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:2:ffff::"), "2001:db8:1:2::/64");
        assert_eq!(network("2001:db8:1:3::3"), "2001:db8:1:3::/64");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
    }
}
