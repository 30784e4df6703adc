//! One port for everything: the client's files over HTTP, and WebSockets on any path.
//!
//! The layers, from the socket inwards:
//! [`bind`] a port → [`serve`] accepts connections within [`Limits`] → [`router`] applies a
//! [`SecurityPolicy`] and either answers with a file of [`Assets`] or hands a WebSocket on.

mod about;
mod assets;
mod content_type;
mod encoding;
mod handshake;
mod listen;
mod router;
mod security;
mod serve;
mod socket;
mod static_files;
mod tls;

pub use assets::Assets;
pub(crate) use assets::client_files;
pub use handshake::{Subprotocol, VersionMismatch};
#[cfg(feature = "hub")]
pub(crate) use listen::bind_exactly;
pub use listen::{BindError, bind};
pub use router::{ConnectionInfo, MAX_MESSAGE_BYTES, router};
#[cfg(feature = "hub")]
pub(crate) use security::is_authorized;
pub use security::{
    Access, AccessError, HostPattern, OriginPattern, Secret, SecurityPolicy, Token,
};
#[cfg(feature = "hub")]
pub(crate) use serve::recover;
pub(crate) use serve::serve_over;
pub use serve::{Limits, serve};
pub use socket::Socket;
#[cfg(not(feature = "tls"))]
pub(crate) use tls::Tls;
#[cfg(feature = "hub")]
pub(crate) use tls::{Stream, accept};
#[cfg(feature = "tls")]
pub use tls::{Tls, TlsError};
