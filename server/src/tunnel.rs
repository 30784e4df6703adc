//! Sharing: what makes a server reachable from elsewhere.
//!
//! Viewers ask for it with the share button, programs with
//! [`Server::request_share_url`](crate::Server::request_share_url). Nothing is shared unless
//! [`Builder::tunnel`](crate::Builder::tunnel) names a [`Tunnel`]; [`CommandTunnel`] is one that
//! runs a program of yours.

mod command;
pub(crate) mod sharing;

pub use command::CommandTunnel;

use std::{fmt, future::Future, io, net::SocketAddr, pin::Pin, time::Duration};
use tokio::sync::oneshot;

/// The longest public URL, bytes.
pub(crate) const MAX_URL_BYTES: usize = 2048;

/// A way by which others reach the server, such as a program that forwards a public address to it.
///
/// ```
/// use scenecast::tunnel::{Opened, Running, Tunnel, TunnelError};
/// use std::net::SocketAddr;
///
/// /// A proxy that is always there.
/// #[derive(Debug)]
/// struct Proxy;
///
/// impl Tunnel for Proxy {
///     fn run(&self, _local: SocketAddr, opened: Opened) -> Running {
///         Box::pin(async move {
///             opened.at("https://scenes.example.com");
///             std::future::pending().await
///         })
///     }
/// }
/// ```
pub trait Tunnel: fmt::Debug + Send + Sync + 'static {
    /// Opens a tunnel to the server at `local`, an address of this machine, and says where it
    /// leads in with [`Opened::at`].
    ///
    /// The future lasts as long as the tunnel does, and says why that ended. Dropping it closes
    /// the tunnel. It runs on the server's runtime, so that it must not block.
    fn run(&self, local: SocketAddr, opened: Opened) -> Running;
}

/// A tunnel while it runs, up to why it ended.
pub type Running = Pin<Box<dyn Future<Output = TunnelError> + Send>>;

/// Takes the public address of a tunnel that is open.
#[derive(Debug)]
pub struct Opened(oneshot::Sender<String>);

impl Opened {
    pub(crate) fn channel() -> (Self, oneshot::Receiver<String>) {
        let (send, receive) = oneshot::channel();
        (Self(send), receive)
    }

    /// The tunnel is open: whoever opens this URL (`http` or `https`, of 2048 bytes at most) gets
    /// to the server's page.
    pub fn at(self, url: impl Into<String>) {
        // Nobody waits for it any more where sharing has ended meanwhile.
        let _ = self.0.send(url.into());
    }
}

/// Why there is no tunnel, or none any more.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TunnelError {
    /// The server was started without a tunnel.
    #[error("This server has no tunnel: start it with --share-command COMMAND or Builder::tunnel.")]
    None,
    /// The command is no command line.
    #[error("`{0}` is no command: write a program and its arguments, quoted as for a shell")]
    Command(String),
    /// The program could not be started.
    #[error("cannot run `{program}`: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// The program ended, and the tunnel with it.
    #[error("`{program}` ended with {status}{}{last}", if .last.is_empty() { "" } else { ": " })]
    Ended {
        /// The program.
        program: String,
        /// How.
        status: String,
        /// The last line that it wrote to its error output; often empty.
        last: String,
    },
    /// No URL came in time.
    #[error("the tunnel gave no URL within {0:?}")]
    Timeout(Duration),
    /// What came is no URL that browsers can open.
    #[error("`{0}` is no URL of a page: it must start with http:// or https:// and a host")]
    Url(String),
    /// The tunnel ended for another reason.
    #[error("{0}")]
    Other(String),
}
