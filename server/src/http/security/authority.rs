//! Host and port as `Host` headers and origins write them.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// A host in its one normal form: an address, or a lower-case name without a final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Host {
    Ip(IpAddr),
    Name(String),
}

/// A host with the port, where one is written: `example.com:8080`, `[::1]`, `10.0.0.7`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authority {
    pub(crate) host: Host,
    pub(crate) port: Option<u16>,
}

impl Host {
    /// Reads a name, an IPv4 address in its four-part form or a bracketed IPv6 address. Addresses
    /// in the forms that browsers never send (`127.1`, `0x7f.1`) count as names.
    pub(crate) fn parse(text: &str) -> Option<Host> {
        if let Some(inner) = text.strip_prefix('[') {
            let ip: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
            return Some(Host::Ip(IpAddr::V6(ip).to_canonical()));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        if let Ok(ip) = name.parse() {
            return Some(Host::Ip(IpAddr::V4(ip)));
        }
        let valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let labels_filled = name.split('.').all(|label| !label.is_empty());
        (labels_filled && name.len() <= 253 && name.chars().all(valid))
            .then(|| Host::Name(name.to_ascii_lowercase()))
    }

    /// Whether the host can only mean the machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Host::Ip(ip) => ip.is_loopback(),
            Host::Name(name) => name == "localhost",
        }
    }
}

impl Authority {
    /// Reads `HOST` or `HOST:PORT`; anything else, such as user names or paths, is `None`.
    pub(crate) fn parse(text: &str) -> Option<Authority> {
        let host_end = match text.strip_prefix('[') {
            Some(inner) => inner.find(']')? + 2,
            None => text.find(':').unwrap_or(text.len()),
        };
        let (host, rest) = text.split_at(host_end);
        let port = match rest.strip_prefix(':') {
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            None if rest.is_empty() => None,
            Some(_) | None => return None,
        };
        Some(Authority {
            host: Host::parse(host)?,
            port,
        })
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Ip(IpAddr::V6(ip)) => write!(f, "[{ip}]"),
            Host::Ip(IpAddr::V4(ip)) => ip.fmt(f),
            Host::Name(name) => name.fmt(f),
        }
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.host),
            None => self.host.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalises() {
        for (text, normal) in [
            ("LOCALHOST", "localhost"),
            ("localhost.:8080", "localhost:8080"),
            ("127.0.0.1:80", "127.0.0.1:80"),
            ("[::1]", "[::1]"),
            ("[0:0::0:1]:8080", "[::1]:8080"),
            ("[::ffff:127.0.0.1]", "127.0.0.1"),
            ("my_box-2.example.COM", "my_box-2.example.com"),
        ] {
            let parsed = Authority::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(parsed.to_string(), normal);
        }
    }

    #[test]
    fn refuses_what_is_no_authority() {
        for text in [
            "",
            ".",
            ":80",
            "a:",
            "a:b",
            "a:80:80",
            "a:99999",
            "a:+80",
            "[::1",
            "::1",
            "[::1]x",
            "[127.0.0.1]",
            "user@a",
            "a/b",
            "a b",
            "a..b",
            "a\u{e4}",
        ] {
            // `a:` is what RFC 3986 calls an empty port; no browser writes it.
            assert_eq!(Authority::parse(text), None, "{text}");
        }
    }

    #[test]
    fn knows_loopback() {
        for text in [
            "localhost",
            "127.0.0.1",
            "127.9.9.9",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(Host::parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in [
            "localhost.evil.com",
            "127.0.0.1.evil.com",
            "0.0.0.0",
            "127.1",
            "2130706433",
            "evil.localhost",
            "[::]",
            "xlocalhost",
        ] {
            assert!(!Host::parse(text).unwrap().is_loopback(), "{text}");
        }
    }
}
