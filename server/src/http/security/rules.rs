//! Which hosts and origins a server answers to.

use super::{
    AccessError,
    authority::{Authority, Host},
};
use std::{fmt, net::IpAddr, str::FromStr};

/// A host name that a request may ask for: `example.com`, `10.0.0.7`, any name below a domain
/// (`*.example.com`), or `*` for every host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPattern(HostKind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum HostKind {
    Any,
    Below(String),
    Exactly(Host),
}

/// An origin that may open a WebSocket: `https://example.com`, `http://localhost:3000`, `null`
/// (sandboxed frames and files), or `*` for every origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginPattern(OriginKind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum OriginKind {
    Any,
    Null,
    Exactly(Origin),
}

/// The scheme, host and port of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    authority: Authority,
}

impl Origin {
    /// Reads `SCHEME://HOST[:PORT]`, nothing after it.
    pub(crate) fn parse(text: &str) -> Option<Origin> {
        let (scheme, authority) = text.split_once("://")?;
        let valid = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
        if scheme.is_empty() || !scheme.bytes().all(valid) {
            return None;
        }
        let mut origin = Origin {
            scheme: scheme.to_ascii_lowercase(),
            authority: Authority::parse(authority)?,
        };
        if origin.authority.port == default_port(&origin.scheme) {
            origin.authority.port = None;
        }
        Some(origin)
    }

    /// The host.
    pub(super) fn host(&self) -> &Host {
        &self.authority.host
    }

    /// Whether browsers open pages there.
    pub(super) fn is_of_pages(&self) -> bool {
        default_port(&self.scheme).is_some()
    }

    /// Whether the page came from the host that the request asks for. A `Host` without a port
    /// means the default port of the page's scheme: a proxy may have ended TLS in front of us.
    fn is_at(&self, host: &Authority) -> bool {
        let default = default_port(&self.scheme);
        default.is_some()
            && self.authority.host == host.host
            && self.authority.port.or(default) == host.port.or(default)
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

/// Whether a server bound to `bound` answers requests for `host`: its own address or a loopback
/// name, or what the list allows. A name that someone else points at this machine (DNS rebinding)
/// is in neither. With every interface bound, each address is its own.
pub(crate) fn host_allowed(host: &Host, bound: IpAddr, allowed: &[HostPattern]) -> bool {
    let own = match host {
        Host::Ip(ip) => bound.is_unspecified() || *ip == bound.to_canonical(),
        Host::Name(_) => false,
    };
    own || host.is_loopback() || allowed.iter().any(|pattern| pattern.matches(host))
}

/// Whether a page from `origin` may open a WebSocket at `host`. Programs that are not browsers
/// send no origin and may.
pub(crate) fn origin_allowed(
    origin: Option<&str>,
    host: &Authority,
    allowed: &[OriginPattern],
) -> bool {
    let Some(text) = origin else { return true };
    let origin = Origin::parse(text);
    let same = origin.as_ref().is_some_and(|origin| origin.is_at(host));
    same || allowed.iter().any(|pattern| match &pattern.0 {
        OriginKind::Any => true,
        OriginKind::Null => text == "null",
        OriginKind::Exactly(exact) => origin.as_ref() == Some(exact),
    })
}

impl HostPattern {
    fn matches(&self, host: &Host) -> bool {
        match (&self.0, host) {
            (HostKind::Any, _) => true,
            (HostKind::Exactly(exact), host) => exact == host,
            (HostKind::Below(domain), Host::Name(name)) => name
                .strip_suffix(domain.as_str())
                .is_some_and(|rest| rest.ends_with('.')),
            (HostKind::Below(_), Host::Ip(_)) => false,
        }
    }
}

impl OriginPattern {
    /// Whether every origin is allowed.
    pub(crate) fn is_any(&self) -> bool {
        self.0 == OriginKind::Any
    }

    /// The origin that it allows, if it is one.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        match &self.0 {
            OriginKind::Exactly(origin) => Some(origin),
            OriginKind::Any | OriginKind::Null => None,
        }
    }
}

impl FromStr for HostPattern {
    type Err = AccessError;

    fn from_str(text: &str) -> Result<Self, AccessError> {
        let kind = match text.strip_prefix("*.") {
            _ if text == "*" => Some(HostKind::Any),
            Some(domain) => match Host::parse(domain) {
                Some(Host::Name(name)) => Some(HostKind::Below(name)),
                Some(Host::Ip(_)) | None => None,
            },
            // An IPv6 address may come without its brackets.
            None => Host::parse(text)
                .or_else(|| Host::parse(&format!("[{text}]")))
                .map(HostKind::Exactly),
        };
        kind.map(HostPattern)
            .ok_or_else(|| AccessError::Host(text.to_owned()))
    }
}

impl FromStr for OriginPattern {
    type Err = AccessError;

    fn from_str(text: &str) -> Result<Self, AccessError> {
        match text {
            "*" => Some(OriginKind::Any),
            "null" => Some(OriginKind::Null),
            text => Origin::parse(text).map(OriginKind::Exactly),
        }
        .map(OriginPattern)
        .ok_or_else(|| AccessError::Origin(text.to_owned()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(patterns: &[&str]) -> Vec<HostPattern> {
        patterns.iter().map(|p| p.parse().unwrap()).collect()
    }

    #[test]
    fn hosts_are_matched_in_full() {
        let cases: &[(&str, &str, &[&str], bool)] = &[
            // (Host, bound address, allow list, answered)
            ("127.0.0.1:8080", "127.0.0.1", &[], true),
            ("localhost:8080", "127.0.0.1", &[], true),
            ("[::1]:8080", "127.0.0.1", &[], true),
            ("localhost:1234", "127.0.0.1", &[], true),
            ("evil.example", "127.0.0.1", &[], false),
            ("127.0.0.1.nip.io", "127.0.0.1", &[], false),
            ("localhost.evil.example", "127.0.0.1", &[], false),
            ("10.0.0.7:8080", "127.0.0.1", &[], false),
            ("0.0.0.0:8080", "127.0.0.1", &[], false),
            ("10.0.0.7:8080", "10.0.0.7", &[], true),
            ("10.0.0.8:8080", "10.0.0.7", &[], false),
            ("[fd00::7]", "fd00::7", &[], true),
            ("10.0.0.7:8080", "0.0.0.0", &[], true),
            ("[fd00::7]:8080", "::", &[], true),
            ("10.0.0.7:8080", "::", &[], true),
            ("evil.example", "0.0.0.0", &[], false),
            ("box.example", "0.0.0.0", &["box.example"], true),
            ("BOX.example.", "0.0.0.0", &["box.EXAMPLE"], true),
            ("xbox.example", "0.0.0.0", &["box.example"], false),
            ("a.box.example", "0.0.0.0", &["box.example"], false),
            ("a.box.example", "0.0.0.0", &["*.box.example"], true),
            ("box.example", "0.0.0.0", &["*.box.example"], false),
            ("xbox.example", "0.0.0.0", &["*.box.example"], false),
            ("box.example.evil.com", "0.0.0.0", &["*.box.example"], false),
            ("10.1.2.3", "127.0.0.1", &["10.1.2.3"], true),
            ("[fd00::1]", "127.0.0.1", &["fd00::1"], true),
            ("evil.example", "127.0.0.1", &["*"], true),
        ];
        for (host, bound, allow, expected) in cases {
            let authority = Authority::parse(host).unwrap();
            let got = host_allowed(&authority.host, bound.parse().unwrap(), &hosts(allow));
            assert_eq!(got, *expected, "{host} at {bound} with {allow:?}");
        }
    }

    #[test]
    fn origins_are_matched_in_full() {
        let cases: &[(Option<&str>, &str, &[&str], bool)] = &[
            // (Origin, Host, allow list, accepted)
            (None, "127.0.0.1:8080", &[], true),
            (Some("http://127.0.0.1:8080"), "127.0.0.1:8080", &[], true),
            (Some("http://localhost:8080"), "localhost:8080", &[], true),
            (Some("http://LOCALHOST:8080"), "localhost:8080", &[], true),
            (Some("http://[::1]:8080"), "[::1]:8080", &[], true),
            (Some("http://localhost:8080"), "127.0.0.1:8080", &[], false),
            (Some("http://localhost:8081"), "localhost:8080", &[], false),
            (Some("http://localhost"), "localhost:8080", &[], false),
            (Some("http://evil.example"), "127.0.0.1:8080", &[], false),
            (
                Some("http://127.0.0.1:8080.evil.example"),
                "127.0.0.1:8080",
                &[],
                false,
            ),
            (
                Some("http://127.0.0.1:8080@evil.example"),
                "127.0.0.1:8080",
                &[],
                false,
            ),
            (Some("http://127.0.0.1:8080/"), "127.0.0.1:8080", &[], false),
            (Some("http://box.example"), "box.example", &[], true),
            (Some("http://box.example"), "box.example:80", &[], true),
            (Some("https://box.example"), "box.example", &[], true),
            (Some("https://box.example"), "box.example:443", &[], true),
            (Some("https://box.example"), "box.example:80", &[], false),
            (Some("http://box.example"), "box.example:443", &[], false),
            (Some("ftp://box.example"), "box.example", &[], false),
            (Some("null"), "127.0.0.1:8080", &[], false),
            (Some(""), "127.0.0.1:8080", &[], false),
            (Some("null"), "127.0.0.1:8080", &["null"], true),
            (
                Some("https://a.example"),
                "127.0.0.1:8080",
                &["https://a.example"],
                true,
            ),
            (
                Some("https://a.example:443"),
                "127.0.0.1:8080",
                &["https://A.example"],
                true,
            ),
            (
                Some("http://a.example"),
                "127.0.0.1:8080",
                &["https://a.example"],
                false,
            ),
            (
                Some("https://a.example:444"),
                "127.0.0.1:8080",
                &["https://a.example"],
                false,
            ),
            (
                Some("https://b.a.example"),
                "127.0.0.1:8080",
                &["https://a.example"],
                false,
            ),
            (
                Some("https://a.example.evil"),
                "127.0.0.1:8080",
                &["https://a.example"],
                false,
            ),
            (
                Some("vscode-webview://0a1b"),
                "127.0.0.1:8080",
                &["vscode-webview://0a1b"],
                true,
            ),
            (Some("http://evil.example"), "127.0.0.1:8080", &["*"], true),
            (Some("null"), "127.0.0.1:8080", &["*"], true),
        ];
        for (origin, host, allow, expected) in cases {
            let allow: Vec<OriginPattern> = allow.iter().map(|p| p.parse().unwrap()).collect();
            let got = origin_allowed(*origin, &Authority::parse(host).unwrap(), &allow);
            assert_eq!(got, *expected, "{origin:?} at {host} with {allow:?}");
        }
    }

    #[test]
    fn patterns_that_could_never_match_are_errors() {
        for text in [
            "",
            "http://a.example",
            "a.example:80",
            "*.10.0.0.1",
            "*a.example",
            "a/b",
        ] {
            assert!(text.parse::<HostPattern>().is_err(), "{text}");
        }
        for text in [
            "",
            "a.example",
            "http://a.example/",
            "http://*.a.example",
            "://a",
        ] {
            assert!(text.parse::<OriginPattern>().is_err(), "{text}");
        }
    }
}
