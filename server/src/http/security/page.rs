//! How the page is handed out: who may frame it, and how its token leaves the address bar.

use super::rules::OriginPattern;
use axum::http::HeaderMap;
use std::net::IpAddr;

/// The `frame-ancestors` directive: which pages may show ours in a frame.
///
/// A frame can be covered and its clicks stolen, so foreign pages are refused. A server on
/// loopback lets pages of the same machine in: that is where notebooks live.
pub(super) fn frame_ancestors(allowed: &[OriginPattern], bound: IpAddr) -> String {
    if allowed.iter().any(OriginPattern::is_any) {
        return "frame-ancestors *".to_owned();
    }
    let mut directive = "frame-ancestors 'self'".to_owned();
    if bound.to_canonical().is_loopback() {
        directive.push_str(" http://localhost:* http://127.0.0.1:* https://localhost:*");
    }
    for origin in allowed.iter().filter_map(OriginPattern::origin) {
        directive.push(' ');
        directive.push_str(&origin.to_string());
    }
    directive
}

/// How to answer a page request that carries the token in its URL.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SignIn {
    /// Set the cookie and redirect to the URL without the token.
    Redirect,
    /// Set the cookie on a page that goes on to the URL without the token. Browsers do not send a
    /// `SameSite=Strict` cookie along a redirect that another site's link began, but they do
    /// when our own page goes on.
    GoOn,
    /// Serve the page as asked: a frame in another site's page gets no cookies at all, and has no
    /// address bar either.
    Serve,
}

/// Chooses by what browsers say about who asks (`Sec-Fetch-*`; absent means the user or a program).
pub(crate) fn sign_in(headers: &HeaderMap) -> SignIn {
    let header = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let foreign = header("sec-fetch-site") == Some("cross-site");
    let framed = matches!(
        header("sec-fetch-dest"),
        Some("iframe" | "frame" | "embed" | "object")
    );
    match (foreign, framed) {
        (true, true) => SignIn::Serve,
        (true, false) => SignIn::GoOn,
        (false, _) => SignIn::Redirect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_by_who_asks() {
        for (site, dest, expected) in [
            (None, None, SignIn::Redirect),
            (Some("none"), Some("document"), SignIn::Redirect),
            (Some("same-origin"), Some("document"), SignIn::Redirect),
            (Some("same-site"), Some("iframe"), SignIn::Redirect),
            (Some("cross-site"), Some("document"), SignIn::GoOn),
            (Some("cross-site"), Some("iframe"), SignIn::Serve),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("sec-fetch-site", site), ("sec-fetch-dest", dest)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(sign_in(&headers), expected, "{site:?} {dest:?}");
        }
    }

    #[test]
    fn frames_only_for_this_machine_and_those_allowed() {
        let (local, wide) = ("127.0.0.1".parse().unwrap(), "0.0.0.0".parse().unwrap());
        let allow = |text: &str| vec![text.parse().unwrap()];
        assert_eq!(frame_ancestors(&[], wide), "frame-ancestors 'self'");
        assert!(frame_ancestors(&[], local).contains("http://localhost:*"));
        let listed = frame_ancestors(&allow("https://a.example:8443"), wide);
        assert_eq!(listed, "frame-ancestors 'self' https://a.example:8443");
        assert_eq!(frame_ancestors(&allow("*"), wide), "frame-ancestors *");
        assert_eq!(
            frame_ancestors(&allow("null"), wide),
            "frame-ancestors 'self'"
        );
    }
}
