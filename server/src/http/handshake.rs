//! Which version a viewer speaks, and whether this server takes it.

use axum::http::{HeaderMap, HeaderValue, header::SEC_WEBSOCKET_PROTOCOL};
use scenecast_protocol::version::{SUBPROTOCOL_PREFIX, VISER_VERSION, mismatch_reason};
use std::borrow::Cow;

/// What a viewer that names no version counts as.
const UNKNOWN_VERSION: &str = "unknown";

/// The longest version that is repeated to a viewer, bytes: the reason must fit into a close
/// frame, 123 bytes, with the server's own.
const MAX_VERSION: usize = 40;

/// The WebSocket subprotocol that a server speaks, in one version: viewers must offer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subprotocol {
    prefix: Cow<'static, str>,
    version: Cow<'static, str>,
}

impl Subprotocol {
    /// Viewers must offer `prefix` followed by `version`, such as `board-v` and `1.0`.
    pub fn new(
        prefix: impl Into<Cow<'static, str>>,
        version: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            prefix: prefix.into(),
            version: version.into(),
        }
    }

    /// What viewers must offer.
    pub(crate) fn offer(&self) -> String {
        format!("{}{}", self.prefix, self.version)
    }

    /// What viser's clients offer.
    pub fn viser() -> Self {
        Self::new(SUBPROTOCOL_PREFIX, VISER_VERSION)
    }
}

/// A viewer whose version the server does not take. Its socket is closed with code 1002 and the
/// `Display` text as reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", mismatch_reason(.client, .server))]
pub struct VersionMismatch {
    /// The version that the viewer named, or `unknown`.
    pub client: String,
    /// The version that the server speaks.
    pub server: String,
}

/// The outcome of reading a viewer's `Sec-WebSocket-Protocol` offers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Handshake {
    /// The offer to confirm, even if its version is then refused: a browser reports a close reason
    /// only for a handshake that succeeded.
    pub(crate) selected: Option<HeaderValue>,
    pub(crate) version: Result<(), VersionMismatch>,
}

/// Takes the first offer that starts with the required prefix; what follows must be the required
/// version. Where nothing is required, takes the first offer, if any.
pub(crate) fn negotiate(headers: &HeaderMap, required: Option<&Subprotocol>) -> Handshake {
    let mut offers = headers
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim);
    let select = |offer: &str| HeaderValue::from_str(offer).ok();
    let Some(required) = required else {
        return Handshake {
            selected: offers.next().and_then(select),
            version: Ok(()),
        };
    };
    let offer =
        offers.find_map(|offer| Some((offer, offer.strip_prefix(&*required.prefix)?.trim())));
    let client = offer.map_or(UNKNOWN_VERSION, |(_, version)| version);
    Handshake {
        selected: offer.and_then(|(offer, _)| select(offer)),
        version: if client == required.version {
            Ok(())
        } else {
            let shorten = |version: &str| {
                let end = version.floor_char_boundary(MAX_VERSION);
                version[..end].to_owned()
            };
            Err(VersionMismatch {
                client: shorten(client),
                server: shorten(&required.version),
            })
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_its_own_version_only() {
        type Case<'a> = (&'a [&'a str], Option<&'a str>, Result<(), &'a str>);
        let cases: &[Case] = &[
            (&["viser-v1.1.1"], Some("viser-v1.1.1"), Ok(())),
            (&["chat, viser-v1.1.1"], Some("viser-v1.1.1"), Ok(())),
            (&["chat", "viser-v1.1.1"], Some("viser-v1.1.1"), Ok(())),
            (
                &["viser-v1.0.0, viser-v1.1.1"],
                Some("viser-v1.0.0"),
                Err("1.0.0"),
            ),
            (
                &["viser-v1.1.1, viser-v1.0.0"],
                Some("viser-v1.1.1"),
                Ok(()),
            ),
            (&["viser-v1.1.10"], Some("viser-v1.1.10"), Err("1.1.10")),
            (&["viser-v1.1"], Some("viser-v1.1"), Err("1.1")),
            (&["viser-v"], Some("viser-v"), Err("")),
            (&["VISER-V1.1.1"], None, Err("unknown")),
            (&["chat"], None, Err("unknown")),
            (&[], None, Err("unknown")),
        ];
        for (offers, selected, version) in cases {
            let mut headers = HeaderMap::new();
            for offer in *offers {
                headers.append(SEC_WEBSOCKET_PROTOCOL, offer.parse().unwrap());
            }
            let expected = Handshake {
                selected: selected.map(|s| s.parse().unwrap()),
                version: version.map_err(|client| VersionMismatch {
                    client: client.into(),
                    server: "1.1.1".into(),
                }),
            };
            let found = negotiate(&headers, Some(&Subprotocol::viser()));
            assert_eq!(found, expected, "{offers:?}");
        }
    }

    #[test]
    fn the_reason_is_viser_s_and_fits_a_close_frame() {
        let mismatch = VersionMismatch {
            client: "1.0.0".into(),
            server: "1.1.1".into(),
        };
        assert_eq!(
            mismatch.to_string(),
            "Version mismatch. Client: 1.0.0, Server: 1.1.1"
        );
        let mut headers = HeaderMap::new();
        let long = format!("viser-v{}", "9".repeat(5000));
        headers.insert(SEC_WEBSOCKET_PROTOCOL, long.parse().unwrap());
        let handshake = negotiate(&headers, Some(&Subprotocol::viser()));
        let reason = handshake.version.unwrap_err().to_string();
        assert!(reason.len() <= 123, "{} bytes", reason.len());
    }

    #[test]
    fn a_server_that_requires_nothing_takes_the_first_offer() {
        let mut headers = HeaderMap::new();
        let nothing = negotiate(&headers, None);
        assert_eq!((nothing.selected, nothing.version), (None, Ok(())));
        headers.append(SEC_WEBSOCKET_PROTOCOL, "board-v1, chat".parse().unwrap());
        let first = negotiate(&headers, None);
        assert_eq!(first.selected, Some("board-v1".parse().unwrap()));
        assert_eq!(first.version, Ok(()));
    }
}
