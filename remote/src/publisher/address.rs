//! Where a viewer is, and the token that it may want.

use super::RemoteError;

/// aitviewer's port.
const DEFAULT_PORT: u16 = 8417;

/// A viewer's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Host and port.
    pub(super) host: String,
    /// User and password, as in `token:SECRET`.
    pub(super) credentials: Option<String>,
    /// Whether the connection is to be encrypted.
    pub(super) is_encrypted: bool,
}

impl Address {
    /// From `[ws://|wss://][user:password@]host[:port]`.
    pub(super) fn parse(text: &str) -> Result<Self, RemoteError> {
        let wrong = || RemoteError::Address {
            address: text.to_owned(),
        };
        let encrypted = text.strip_prefix("wss://");
        let rest = encrypted.or(text.strip_prefix("ws://")).unwrap_or(text);
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (credentials, host) = match rest.rsplit_once('@') {
            Some((credentials, host)) => (Some(credentials.to_owned()), host),
            None => (None, rest),
        };
        let (name, port) = match host.rsplit_once(':') {
            // A colon inside brackets belongs to an IPv6 address.
            Some((name, port)) if !port.contains(']') => (name, port.parse().map_err(|_| wrong())?),
            _ => (host, DEFAULT_PORT),
        };
        let is_bare_v6 = name.contains(':') && !name.starts_with('[');
        let is_host = !name.is_empty()
            && !is_bare_v6
            && name
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || "-._:[]".contains(char));
        if !is_host {
            return Err(wrong());
        }
        Ok(Self {
            host: format!("{name}:{port}"),
            credentials,
            is_encrypted: encrypted.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_as_in_python_and_more() {
        let parse = |text: &str| {
            let address = Address::parse(text).ok()?;
            Some((address.host, address.credentials.unwrap_or_default()))
        };
        let plain = |host: &str| Some((host.to_owned(), String::new()));
        assert_eq!(parse("localhost"), plain("localhost:8417"));
        assert_eq!(parse("127.0.0.1:9000"), plain("127.0.0.1:9000"));
        assert_eq!(parse("ws://robot.local:1/"), plain("robot.local:1"));
        assert_eq!(parse("wss://robot.local"), plain("robot.local:8417"));
        assert!(Address::parse("wss://robot.local").is_ok_and(|address| address.is_encrypted));
        assert!(Address::parse("robot.local").is_ok_and(|address| !address.is_encrypted));
        assert_eq!(parse("[::1]"), plain("[::1]:8417"));
        assert_eq!(parse("[::1]:5"), plain("[::1]:5"));
        let with_token = parse("token:a:b@c@host");
        assert_eq!(with_token, Some(("host:8417".into(), "token:a:b@c".into())));
        for wrong in [
            "",
            ":80",
            "host:port",
            "host:70000",
            "a b",
            "host/path",
            "::1",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
