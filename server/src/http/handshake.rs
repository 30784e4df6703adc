//! Which version a viewer speaks, and whether this server takes it.

use axum::http::{HeaderMap, HeaderValue, header::SEC_WEBSOCKET_PROTOCOL};
use scenecast_protocol::version::{SUBPROTOCOL_PREFIX, VISER_VERSION, mismatch_reason};

/// What a viewer that names no version counts as.
const UNKNOWN_VERSION: &str = "unknown";

/// A viewer whose version the server does not take. Its socket is closed with code 1002 and the
/// `Display` text as reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", mismatch_reason(.client, VISER_VERSION))]
pub struct VersionMismatch {
    /// The version that the viewer named, or `unknown`.
    pub client: String,
}

/// The outcome of reading a viewer's `Sec-WebSocket-Protocol` offers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Handshake {
    /// The offer to confirm, even if its version is then refused: a browser reports a close reason
    /// only for a handshake that succeeded.
    pub(crate) selected: Option<HeaderValue>,
    pub(crate) version: Result<(), VersionMismatch>,
}

/// Takes the first offer that starts with `viser-v`; what follows must be this server's version.
pub(crate) fn negotiate(headers: &HeaderMap) -> Handshake {
    let offer = headers
        .get_all(SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .find_map(|offer| Some((offer, offer.strip_prefix(SUBPROTOCOL_PREFIX)?.trim())));
    let client = offer.map_or(UNKNOWN_VERSION, |(_, version)| version);
    Handshake {
        selected: offer.and_then(|(offer, _)| HeaderValue::from_str(offer).ok()),
        version: if client == VISER_VERSION {
            Ok(())
        } else {
            // The reason must fit into a close frame, 123 bytes, with the server's version.
            let end = client.floor_char_boundary(64);
            let client = client[..end].to_owned();
            Err(VersionMismatch { client })
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
                }),
            };
            assert_eq!(negotiate(&headers), expected, "{offers:?}");
        }
    }

    #[test]
    fn the_reason_is_viser_s_and_fits_a_close_frame() {
        let mismatch = VersionMismatch {
            client: "1.0.0".into(),
        };
        assert_eq!(
            mismatch.to_string(),
            "Version mismatch. Client: 1.0.0, Server: 1.1.1"
        );
        let mut headers = HeaderMap::new();
        let long = format!("viser-v{}", "9".repeat(5000));
        headers.insert(SEC_WEBSOCKET_PROTOCOL, long.parse().unwrap());
        let reason = negotiate(&headers).version.unwrap_err().to_string();
        assert!(reason.len() <= 123, "{} bytes", reason.len());
    }
}
