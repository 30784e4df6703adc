//! Names that nobody else has.

use std::{
    fmt::Write,
    sync::atomic::{AtomicU64, Ordering},
};

/// Stands in where the system gives no random bits.
static COUNTER: AtomicU64 = AtomicU64::new(1);

fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        let count = COUNTER.fetch_add(1, Ordering::Relaxed);
        bytes[8..].copy_from_slice(&count.to_be_bytes());
    }
    bytes
}

/// `len` random bytes as hexadecimal digits; at most 16.
pub(crate) fn hex(len: usize) -> String {
    bytes()
        .iter()
        .take(len)
        .fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// A random UUID of version 4.
pub(crate) fn uuid() -> String {
    let digits = hex(16);
    let (a, rest) = digits.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    format!("{a}-{b}-4{}-a{}-{e}", &c[1..], &d[1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_differ_and_look_like_uuids() {
        let (a, b) = (uuid(), uuid());
        assert_ne!(a, b);
        let lengths: Vec<usize> = a.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
    }
}
