//! The secret that a server on a network asks for.

use super::AccessError;
use axum::http::{
    HeaderMap,
    header::{AUTHORIZATION, COOKIE},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use percent_encoding::percent_decode_str;
use std::{fmt, str::FromStr};
use subtle::ConstantTimeEq;

/// Which secret viewers need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Token {
    /// A random one where the server is bound to an address that other machines can reach, none on
    /// loopback.
    #[default]
    Auto,
    /// None: whoever reaches the port is let in.
    None,
    /// This one, on every address.
    Fixed(Secret),
}

/// `auto`, `none`, or the secret itself.
impl FromStr for Token {
    type Err = AccessError;

    fn from_str(text: &str) -> Result<Self, AccessError> {
        Ok(match text {
            "auto" => Token::Auto,
            "none" => Token::None,
            secret => Token::Fixed(secret.parse()?),
        })
    }
}

/// A token's text: letters, digits and `-._~`, 256 bytes at most. Its `Debug` form hides it.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// 128 random bits from the operating system.
    pub fn random() -> Result<Secret, AccessError> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(|e| AccessError::Random(e.to_string()))?;
        Ok(Secret(URL_SAFE_NO_PAD.encode(bits)))
    }

    /// The text, to be shown to whoever may enter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares in a time that does not depend on where the texts differ.
    fn equals(&self, presented: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(presented).into()
    }
}

impl FromStr for Secret {
    type Err = AccessError;

    fn from_str(text: &str) -> Result<Self, AccessError> {
        let valid = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        if text.is_empty() || text.len() > 256 || !text.bytes().all(valid) {
            return Err(AccessError::Token);
        }
        Ok(Secret(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other.0.as_bytes())
    }
}

impl Eq for Secret {}

/// Where a request carried the right token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carrier {
    Cookie,
    Query,
    Authorization,
}

/// The outcome of looking for a token in a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Right(Carrier),
    Wrong,
    Missing,
}

/// Looks for the token in the cookie, the query (`?token=`) and the `Authorization` header
/// (`Bearer TOKEN`, or `Basic` with the token as password). One right token is enough, so that a
/// stale cookie does not keep out a fresh URL.
pub(crate) fn find(secret: &Secret, cookie: &str, query: &str, headers: &HeaderMap) -> Found {
    let candidates = from_cookies(headers, cookie)
        .map(|token| (Carrier::Cookie, token))
        .chain(from_query(query).map(|token| (Carrier::Query, token)))
        .chain(from_authorization(headers).map(|token| (Carrier::Authorization, token)));
    let mut found = Found::Missing;
    for (carrier, token) in candidates {
        if secret.equals(&token) {
            return Found::Right(carrier);
        }
        found = Found::Wrong;
    }
    found
}

/// Whether the `Authorization` header has the token.
#[cfg(feature = "hub")]
pub(crate) fn is_authorized(secret: &Secret, headers: &HeaderMap) -> bool {
    from_authorization(headers).is_some_and(|token| secret.equals(&token))
}

/// A query without its `token` parameters.
pub(crate) fn strip_from_query(query: &str) -> String {
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_token(pair))
        .collect();
    kept.join("&")
}

fn is_token(pair: &str) -> bool {
    pair.split('=').next() == Some("token")
}

fn from_query(query: &str) -> impl Iterator<Item = Vec<u8>> {
    query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("token="))
        .map(|value| percent_decode_str(value).collect())
}

fn from_cookies(headers: &HeaderMap, name: &str) -> impl Iterator<Item = Vec<u8>> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(move |pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
        .map(|value| value.as_bytes().to_vec())
}

fn from_authorization(headers: &HeaderMap) -> Option<Vec<u8>> {
    let (scheme, value) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let value = value.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        Some(value.as_bytes().to_vec())
    } else if scheme.eq_ignore_ascii_case("basic") {
        let pair = STANDARD.decode(value).ok()?;
        let colon = pair.iter().position(|b| *b == b':')?;
        Some(pair[colon + 1..].to_vec())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    fn check(query: &str, headers: &[(HeaderName, &str)]) -> Found {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, value.parse().unwrap());
        }
        find(&"s3cret-_".parse().unwrap(), "scenecast-8080", query, &map)
    }

    #[test]
    fn finds_the_token_wherever_it_may_stand() {
        use Carrier::{Authorization, Cookie, Query};
        use Found::{Missing, Right, Wrong};
        type Case<'a> = (&'a str, &'a [(HeaderName, &'a str)], Found);
        let cases: &[Case] = &[
            ("", &[], Missing),
            ("a=b&tokens=s3cret-_", &[], Missing),
            ("token", &[], Missing),
            ("token=s3cret-_", &[], Right(Query)),
            ("a=b&token=s3cret-_&c", &[], Right(Query)),
            ("token=s3cret%2D_", &[], Right(Query)),
            ("token=s3cret", &[], Wrong),
            ("token=s3cret-__", &[], Wrong),
            ("token=", &[], Wrong),
            ("", &[(COOKIE, "scenecast-8080=s3cret-_")], Right(Cookie)),
            (
                "",
                &[(COOKIE, "a=b; scenecast-8080=s3cret-_; c=d")],
                Right(Cookie),
            ),
            (
                "",
                &[(COOKIE, "a=b"), (COOKIE, "scenecast-8080=s3cret-_")],
                Right(Cookie),
            ),
            ("", &[(COOKIE, "scenecast-8081=s3cret-_")], Missing),
            ("", &[(COOKIE, "xscenecast-8080=s3cret-_")], Missing),
            ("", &[(COOKIE, "scenecast-8080=old")], Wrong),
            (
                "token=s3cret-_",
                &[(COOKIE, "scenecast-8080=old")],
                Right(Query),
            ),
            (
                "token=old",
                &[(COOKIE, "scenecast-8080=s3cret-_")],
                Right(Cookie),
            ),
            (
                "",
                &[(AUTHORIZATION, "Bearer s3cret-_")],
                Right(Authorization),
            ),
            (
                "",
                &[(AUTHORIZATION, "bearer  s3cret-_ ")],
                Right(Authorization),
            ),
            ("", &[(AUTHORIZATION, "Bearer nope")], Wrong),
            // me:s3cret-_, :s3cret-_, me:no, me
            (
                "",
                &[(AUTHORIZATION, "Basic bWU6czNjcmV0LV8=")],
                Right(Authorization),
            ),
            (
                "",
                &[(AUTHORIZATION, "basic OnMzY3JldC1f")],
                Right(Authorization),
            ),
            ("", &[(AUTHORIZATION, "Basic bWU6bm8=")], Wrong),
            ("", &[(AUTHORIZATION, "Basic bWU=")], Missing),
            ("", &[(AUTHORIZATION, "Basic !!")], Missing),
            ("", &[(AUTHORIZATION, "Digest s3cret-_")], Missing),
        ];
        for (query, headers, expected) in cases {
            assert_eq!(check(query, headers), *expected, "{query} {headers:?}");
        }
    }

    #[test]
    fn strips_only_the_token() {
        for (query, expected) in [
            ("", ""),
            ("token=a", ""),
            ("token", ""),
            ("a=b&token=a&&c", "a=b&c"),
            ("tokens=a", "tokens=a"),
        ] {
            assert_eq!(strip_from_query(query), expected);
        }
    }

    #[test]
    fn random_secrets_fit_in_a_url_and_differ() {
        let (a, b) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_eq!(a.as_str().len(), 22);
        assert!(a.as_str().parse::<Secret>().is_ok());
        assert_ne!(a, b);
        assert!(!format!("{a:?}").contains(a.as_str()));
    }

    #[test]
    fn secrets_that_would_need_escaping_are_errors() {
        for text in ["", "a b", "a;b", "a%20", "\u{fc}", "a\"", &"a".repeat(257)] {
            assert!(text.parse::<Secret>().is_err(), "{text}");
        }
    }
}
