//! What the page says about the connection.

use scenecast_protocol::version::VISER_VERSION;

use crate::connection::Status;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// All is well; the notice goes away by itself.
    Fine,
    /// Something is under way.
    Busy,
    /// The user has to do something.
    Trouble,
}

impl Level {
    /// Its name in the page's style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Busy => "busy",
            Self::Trouble => "trouble",
        }
    }
}

/// A notice: a few words, and perhaps a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// The few words.
    pub title: &'static str,
    /// The sentence; often empty.
    pub detail: String,
}

impl Notice {
    /// What to say about a connection to `server`.
    pub fn of(status: &Status, server: &str) -> Self {
        // A token in the address is nobody's business who looks at the screen.
        let server = server.split('?').next().unwrap_or_default();
        let notice = |level, title, detail| Self {
            level,
            title,
            detail,
        };
        match status {
            Status::Connecting => notice(Level::Busy, "Connecting…", server.to_owned()),
            Status::Connected {
                other_version: None,
            } => notice(Level::Fine, "Connected", String::new()),
            Status::Connected {
                other_version: Some(version),
            } => notice(
                Level::Fine,
                "Connected",
                format!("The server speaks version {version}, this page {VISER_VERSION}."),
            ),
            Status::Reconnecting { reason } => notice(Level::Busy, "Reconnecting…", reason.clone()),
            Status::Gone => notice(
                Level::Trouble,
                "Server gone",
                format!("{server} does not answer. This page goes on trying."),
            ),
            Status::TokenNeeded { reason } => {
                notice(Level::Trouble, "Token needed", reason.clone())
            }
            Status::Mismatch { ours, server } => notice(
                Level::Trouble,
                "Version mismatch",
                format!(
                    "The server speaks version {server}, this page {ours}. Open the page that the server itself serves."
                ),
            ),
            Status::Refused { reason } if reason.is_empty() => notice(
                Level::Trouble,
                "Connection refused",
                format!("{server} gives no reason."),
            ),
            Status::Refused { reason } => {
                notice(Level::Trouble, "Connection refused", reason.clone())
            }
            Status::Broken { error } => notice(
                Level::Trouble,
                "Connection closed",
                format!("The server sent what this page cannot read: {error}."),
            ),
            Status::BadAddress { error } => notice(
                Level::Trouble,
                "Not a server's address",
                format!("{server}: {error}. Give one like ?websocket=ws://localhost:8080."),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_are_named() {
        let status = Status::Mismatch {
            ours: "1.1.1".to_owned(),
            server: "2.0.0".to_owned(),
        };
        let notice = Notice::of(&status, "ws://a");
        assert_eq!(notice.level, Level::Trouble);
        assert!(notice.detail.contains("1.1.1") && notice.detail.contains("2.0.0"));
    }

    #[test]
    fn tokens_are_not_shown() {
        for status in [
            Status::Connecting,
            Status::Refused {
                reason: String::new(),
            },
        ] {
            let notice = Notice::of(&status, "ws://a:1?token=secret");
            assert!(notice.detail.contains("ws://a:1") && !notice.detail.contains("secret"));
        }
    }
}
