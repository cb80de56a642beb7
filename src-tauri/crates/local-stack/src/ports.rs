//! Free loopback ports, from below the range that outgoing connections take theirs from.
//!
//! Between looking and the server's own bind another process can still take one: the caller starts again with other ports
//! when a server says so.

use std::net::{Ipv4Addr, TcpListener};

use rand::Rng as _;

/// SeaweedFS also listens this far above each of its ports.
pub(crate) const SHADOW: u16 = 10_000;

/// `count` different ports that can be bound now, each with its shadow free too where `shadowed`.
pub(crate) fn free(count: usize, shadowed: bool) -> Vec<u16> {
    let mut held: Vec<(u16, Vec<TcpListener>)> = Vec::new();
    let mut random = rand::rng();
    // Held until all are found, so that none is handed out twice.
    for _ in 0..10_000 {
        if held.len() == count {
            break;
        }
        let port = if shadowed {
            random.random_range(12_000..22_000)
        } else {
            random.random_range(22_000..32_000)
        };
        let wanted = if shadowed {
            vec![port, port + SHADOW]
        } else {
            vec![port]
        };
        let bound: Vec<TcpListener> = wanted
            .iter()
            .filter_map(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
            .collect();
        if bound.len() == wanted.len() {
            held.push((port, bound));
        }
    }
    held.into_iter().map(|(port, _)| port).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn ports_are_different_and_can_be_bound() {
        let ports = super::free(6, true);
        assert_eq!(ports.len(), 6);
        for port in &ports {
            assert_eq!(ports.iter().filter(|other| *other == port).count(), 1);
            std::net::TcpListener::bind(("127.0.0.1", port + super::SHADOW)).unwrap();
        }
    }
}
