//! Where a hub waits for publishers, and what each may cost.

use crate::http::Token;
use scenecast_remote::{pickle::Limits as MessageLimits, scene::SceneLimits};
use std::path::PathBuf;

/// Where and how a hub waits for publishers. A port number makes one with all else as by default.
///
/// ```
/// use scenecast::remote::RemoteSettings;
/// let settings = RemoteSettings { host: "127.0.0.1".into(), ..RemoteSettings::from(8417) };
/// ```
#[derive(Debug, Clone)]
pub struct RemoteSettings {
    /// Whether to wait for publishers at all. Default true.
    pub server_enabled: bool,
    /// The port. 0 lets the system choose. Default 8417, which is aitviewer's.
    pub server_port: u16,
    /// The address or name to listen on. Default `127.0.0.1`: this machine only.
    pub host: String,
    /// The secret that publishers must bring, as in `RemoteViewer("token:SECRET@host")`. By
    /// default a random one, unless only this machine can connect.
    pub token: Token,
    /// What each publisher may cost.
    pub limits: RemoteLimits,
    /// The folder with body models: see [`ModelFolder`](scenecast_remote::smpl::ModelFolder).
    /// Default `../data/smplx_models`, as in aitviewer.
    pub smplx_models: PathBuf,
    /// The folder below which publishers may name textures (`path_to_texture`: PNG or JPEG of at
    /// most 16 MiB and 8192 pixels a side). None unless set: meshes have their colour instead.
    pub textures: Option<PathBuf>,
}

impl Default for RemoteSettings {
    fn default() -> Self {
        Self {
            server_enabled: true,
            server_port: 8417,
            host: "127.0.0.1".to_owned(),
            token: Token::Auto,
            limits: RemoteLimits::default(),
            smplx_models: "../data/smplx_models".into(),
            textures: None,
        }
    }
}

impl From<u16> for RemoteSettings {
    fn from(server_port: u16) -> Self {
        Self {
            server_port,
            ..Self::default()
        }
    }
}

/// What publishers may cost. Beyond a limit a message is refused, or waits.
#[derive(Debug, Clone)]
pub struct RemoteLimits {
    /// Publishers that are connected at one time. More are answered 503. Default 256.
    pub publishers: usize,
    /// Bytes, values and depth of one message. A longer one closes its publisher.
    pub message: MessageLimits,
    /// Messages of one publisher in a second. More of them wait, and with them the publisher.
    /// Default 10,000.
    pub messages_per_second: u32,
    /// Bytes of one publisher that have arrived and are not applied yet. More wait, and with
    /// them the publisher; a single message may be longer. Default 64 MiB.
    pub queued_bytes: usize,
    /// Bytes for one publisher that it has not taken yet. Messages beyond are refused. Default
    /// 64 MiB.
    pub unsent_bytes: usize,
    /// Nodes, and bytes of their frames, of each publisher and of all.
    pub scene: SceneLimits,
}

impl Default for RemoteLimits {
    fn default() -> Self {
        Self {
            publishers: 256,
            message: MessageLimits::default(),
            messages_per_second: 10_000,
            queued_bytes: 64 << 20,
            unsent_bytes: 64 << 20,
            scene: SceneLimits::default(),
        }
    }
}
