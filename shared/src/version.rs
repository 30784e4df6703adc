//! Versions: which peers understand each other.

/// The version of viser whose wire this crate speaks.
pub const VISER_VERSION: &str = "1.1.1";

/// What a WebSocket subprotocol starts with; the version follows.
pub const SUBPROTOCOL_PREFIX: &str = "viser-v";

/// The WebSocket subprotocol, such as `viser-v1.1.1`.
pub fn subprotocol(version: &str) -> String {
    format!("{SUBPROTOCOL_PREFIX}{version}")
}

/// The close code of a server that rejects a viewer's version.
pub const MISMATCH_CLOSE_CODE: u16 = 1002;

/// The reason that goes with [`MISMATCH_CLOSE_CODE`].
pub fn mismatch_reason(client: &str, server: &str) -> String {
    format!("Version mismatch. Client: {client}, Server: {server}")
}

/// The server's version in such a reason, if it is one.
pub fn server_version_in_reason(reason: &str) -> Option<&str> {
    let (_, server) = reason
        .strip_prefix("Version mismatch. Client: ")?
        .split_once(", Server: ")?;
    Some(server.trim())
}

/// Whether this crate's messages are understood by a peer of that version: the wire is stable
/// within a minor version.
pub fn speaks(version: &str) -> bool {
    let minor = |v: &str| {
        let mut parts = v.split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??))
    };
    minor(version).is_some() && minor(version) == minor(VISER_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_reason() {
        let reason = mismatch_reason("1.1.1", "1.1.0");
        assert_eq!(server_version_in_reason(&reason), Some("1.1.0"));
        assert_eq!(server_version_in_reason("going away"), None);
    }

    #[test]
    fn speaks_within_a_minor_version() {
        assert!(speaks("1.1.1") && speaks("1.1.4"));
        assert!(!speaks("1.2.0") && !speaks("unknown") && !speaks("") && !speaks("1"));
    }
}
