//! The way to a server, as one of its viewers.

use super::journal::MAX_PAYLOAD_BYTES;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use scenecast_protocol::{
    Wxyz,
    camera::ViewerCamera,
    message::to_server,
    version::{VISER_VERSION, server_version_in_reason, subprotocol},
};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error as SocketError, Message,
        client::IntoClientRequest,
        handshake::client::Request,
        http::{HeaderValue, header::SEC_WEBSOCKET_PROTOCOL},
        protocol::{CloseFrame, WebSocketConfig},
    },
};

/// A server that takes longer for a connection is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Why a server cannot be recorded.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error("{url}: {reason}; expected an address such as ws://localhost:8080")]
    Url { url: String, reason: String },
    #[error("cannot connect to {url}: {reason}")]
    Connect { url: String, reason: String },
    #[error("{url} closed the connection: {reason}")]
    Closed { url: String, reason: String },
}

/// A connection on which the server has said something already.
pub(super) struct Connection {
    socket: WebSocketStream<TcpStream>,
    first: Option<Bytes>,
}

impl Connection {
    /// Connects with our version, or else with the one that the server says it has.
    pub(super) async fn open(url: &str) -> Result<Self, ConnectError> {
        let url = &socket_url(url);
        match Self::open_as(url, VISER_VERSION).await {
            Err(ConnectError::Closed { reason, .. })
                if server_version_in_reason(&reason).is_some() =>
            {
                let version = server_version_in_reason(&reason).unwrap_or_default();
                Self::open_as(url, version).await
            }
            opened => opened,
        }
    }

    async fn open_as(url: &str, version: &str) -> Result<Self, ConnectError> {
        let request = request(url, version)?;
        let connecting = async {
            let mut socket = connect(url, request).await?;
            let first = loop {
                match socket.next().await {
                    Some(Ok(Message::Binary(payload))) => break payload,
                    Some(Ok(Message::Close(close))) => {
                        let reason = close_reason(close);
                        let url = url.to_owned();
                        return Err(ConnectError::Closed { url, reason });
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(connect_error(url, &error)),
                    None => return Err(connect_error(url, &"it ended")),
                }
            };
            // Servers count who shows a camera.
            let camera = Message::binary(to_server(&camera()));
            let sent = socket.send(camera).await;
            sent.map_err(|error| connect_error(url, &error))?;
            let first = Some(first);
            Ok(Self { socket, first })
        };
        tokio::time::timeout(CONNECT_TIMEOUT, connecting)
            .await
            .unwrap_or_else(|_| Err(connect_error(url, &"it does not answer")))
    }

    /// The next window; `None` when the server has ended the connection.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, SocketError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(payload))) => return Ok(Some(payload)),
                Some(Ok(Message::Close(_))) | None => return Ok(None),
                Some(Ok(_)) => {}
                // A server that was killed has ended the connection too.
                Some(Err(
                    SocketError::ConnectionClosed | SocketError::Protocol(_) | SocketError::Io(_),
                )) => return Ok(None),
                Some(Err(error)) => return Err(error),
            }
        }
    }
}

/// The address of a page is that of its server.
fn socket_url(url: &str) -> String {
    match url.strip_prefix("http://") {
        Some(rest) => format!("ws://{rest}"),
        None if url.contains("://") => url.to_owned(),
        None => format!("ws://{url}"),
    }
}

fn request(url: &str, version: &str) -> Result<Request, ConnectError> {
    let wrong = |reason: String| ConnectError::Url {
        url: url.to_owned(),
        reason,
    };
    if url.starts_with("wss://") || url.starts_with("https://") {
        return Err(wrong("encrypted connections are not supported".to_owned()));
    }
    if !url.starts_with("ws://") {
        return Err(wrong("this is no server's address".to_owned()));
    }
    let mut request = url
        .into_client_request()
        .map_err(|e| wrong(e.to_string()))?;
    let protocol = HeaderValue::from_str(&subprotocol(version));
    let protocol = protocol.map_err(|error| wrong(error.to_string()))?;
    request
        .headers_mut()
        .insert(SEC_WEBSOCKET_PROTOCOL, protocol);
    Ok(request)
}

async fn connect(url: &str, request: Request) -> Result<WebSocketStream<TcpStream>, ConnectError> {
    let uri = request.uri();
    let host = uri.host().unwrap_or_default();
    // IPv6 addresses stand in brackets.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let address = (host, uri.port_u16().unwrap_or(80));
    let stream = TcpStream::connect(address).await;
    let stream = stream.map_err(|error| connect_error(url, &error))?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_PAYLOAD_BYTES))
        .max_frame_size(Some(MAX_PAYLOAD_BYTES));
    let opened = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await;
    match opened {
        Ok((socket, _)) => Ok(socket),
        Err(SocketError::Http(answer)) => {
            let body = answer.body().as_deref().unwrap_or_default();
            let text = format!("{} {}", answer.status(), String::from_utf8_lossy(body));
            Err(connect_error(url, &text.trim()))
        }
        Err(error) => Err(connect_error(url, &error)),
    }
}

fn connect_error(url: &str, reason: &dyn std::fmt::Display) -> ConnectError {
    ConnectError::Connect {
        url: url.to_owned(),
        reason: reason.to_string(),
    }
}

fn close_reason(close: Option<CloseFrame>) -> String {
    match close {
        Some(close) if !close.reason.is_empty() => close.reason.to_string(),
        Some(close) => format!("code {}", close.code),
        None => "without a reason".to_owned(),
    }
}

/// Where the stock client's camera starts.
fn camera() -> ViewerCamera {
    ViewerCamera {
        wxyz: Wxyz::IDENTITY,
        position: [3.0, 3.0, 3.0],
        fov: 75f64.to_radians(),
        near: 0.01,
        far: 1000.0,
        image_height: 720,
        image_width: 1280,
        look_at: [0.0; 3],
        up_direction: [0.0, 0.0, 1.0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_those_of_servers() {
        for (given, expected) in [
            ("ws://a:1", "ws://a:1"),
            ("http://a:1/?token=x", "ws://a:1/?token=x"),
            ("localhost:8080", "ws://localhost:8080"),
            ("wss://a", "wss://a"),
        ] {
            assert_eq!(socket_url(given), expected);
        }
        for wrong in ["wss://a", "ws://", "ftp://a", "ws://a b"] {
            assert!(request(wrong, "1.1.1").is_err(), "{wrong}");
        }
    }
}
