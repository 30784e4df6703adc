//! From a request to a WebSocket.

use super::router::MAX_MESSAGE_BYTES;
use axum::{
    body::Body,
    http::{Request, Response, request::Parts},
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::future::Future;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        handshake::server::create_response_with_body,
        protocol::{Role, WebSocketConfig},
    },
};

/// A viewer's WebSocket. It is tungstenite's own rather than axum's, since that one cannot send
/// a message in pieces: one that holds a point cloud would be copied whole for each viewer.
pub type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// A viewer's read buffer: what viewers send is small, and there may be hundreds of them.
const READ_BUFFER_BYTES: usize = 16 * 1024;

/// What to answer to a request for a WebSocket, and the socket that follows the answer.
///
/// # Errors
/// Why the request is no proper one.
pub(crate) fn upgrade(
    parts: &mut Parts,
) -> Result<
    (
        Response<Body>,
        impl Future<Output = hyper::Result<Socket>> + use<>,
    ),
    String,
> {
    let on_upgrade = parts.extensions.remove::<OnUpgrade>();
    let request = Request::from_parts(parts.clone(), ());
    let answer = create_response_with_body(&request, Body::empty)
        .map_err(|error| format!("not a proper WebSocket request: {error}\n"))?;
    let on_upgrade = on_upgrade.ok_or("the connection cannot become a WebSocket\n")?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES))
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0);
    let socket = async move {
        let io = TokioIo::new(on_upgrade.await?);
        Ok(WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await)
    };
    Ok((answer, socket))
}
