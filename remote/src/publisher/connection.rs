//! The WebSocket, on a thread of its own, so that pings are answered whatever the program does.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use futures_util::future::{Either, select};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::AUTHORIZATION;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async_with_config};

use super::RemoteError;
use super::address::Address;
use super::queue::{MAX_INCOMING, Queues};
use crate::pickle::{self, Limits};

/// How long a closing connection may take to send what is queued and to be confirmed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Between two attempts to connect.
const RETRY_AFTER: Duration = Duration::from_millis(100);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Connects, trying again until `limit` has passed.
pub(super) async fn connect(address: &Address, limit: Duration) -> Result<Socket, RemoteError> {
    let deadline = Instant::now() + limit;
    let mut reason = format!("no answer within {} s", limit.as_secs_f32());
    loop {
        match timeout_at(deadline, attempt(address)).await {
            Ok(Ok(socket)) => return Ok(socket),
            Ok(Err(error)) => {
                // An answer that will not change.
                let refused = matches!(error, Error::Http(_) | Error::HttpFormat(_));
                reason = error.to_string();
                if refused || Instant::now() + RETRY_AFTER >= deadline {
                    break;
                }
                sleep(RETRY_AFTER).await;
            }
            Err(_) => break,
        }
    }
    Err(RemoteError::Connect {
        address: address.host.clone(),
        reason,
    })
}

async fn attempt(address: &Address) -> Result<Socket, Error> {
    let stream = TcpStream::connect(&address.host).await?;
    stream.set_nodelay(true)?;
    let scheme = if address.is_encrypted { "wss" } else { "ws" };
    let mut request = format!("{scheme}://{}/", address.host).into_client_request()?;
    if let Some(credentials) = &address.credentials {
        let encoded = base64::engine::general_purpose::STANDARD.encode(credentials);
        let value = HeaderValue::from_str(&format!("Basic {encoded}"));
        let value = value.map_err(|error| Error::HttpFormat(error.into()))?;
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_INCOMING))
        .max_frame_size(Some(MAX_INCOMING));
    let stream = encrypted(address, stream).await?;
    let (socket, _) = client_async_with_config(request, stream, Some(config)).await?;
    Ok(socket)
}

/// Encrypts the connection, if it is to be, with a peer that has a certificate which the system
/// trusts, or a file that the variable `SSL_CERT_FILE` names.
#[cfg(feature = "tls")]
async fn encrypted(
    address: &Address,
    stream: TcpStream,
) -> Result<MaybeTlsStream<TcpStream>, Error> {
    use tokio_rustls::TlsConnector;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::ServerName;
    use tokio_rustls::rustls::{ClientConfig, RootCertStore};

    if !address.is_encrypted {
        return Ok(MaybeTlsStream::Plain(stream));
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = address.host.rsplit_once(':').map_or("", |(name, _)| name);
    let name = name
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let name = ServerName::try_from(name).map_err(std::io::Error::other)?;
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await?;
    Ok(MaybeTlsStream::Rustls(stream))
}

/// Without the feature `tls`, there is nothing to encrypt with.
#[cfg(not(feature = "tls"))]
async fn encrypted(
    address: &Address,
    stream: TcpStream,
) -> Result<MaybeTlsStream<TcpStream>, Error> {
    match address.is_encrypted {
        true => Err(std::io::Error::other("wss:// needs the feature `tls`").into()),
        false => Ok(MaybeTlsStream::Plain(stream)),
    }
}

/// Sends and receives until either side ends it.
pub(super) async fn run(socket: Socket, queues: Arc<Queues>) {
    let (mut sink, mut stream) = socket.split();
    let limits = Limits {
        bytes: MAX_INCOMING,
        ..Limits::default()
    };
    let read = pin!(async {
        while let Some(Ok(message)) = stream.next().await {
            match message {
                Message::Binary(payload) => {
                    queues.arrived(payload.len(), pickle::decode(&payload, &limits));
                }
                Message::Close(_) => break,
                // A text is no message; pings are answered below us.
                Message::Text(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    });
    let write = pin!(async {
        while let Some(payload) = queues.next().await {
            let length = payload.len();
            sink.send(Message::Binary(payload)).await?;
            queues.sent(length);
        }
        let frame = CloseFrame {
            code: CloseCode::Normal,
            reason: "".into(),
        };
        sink.send(Message::Close(Some(frame))).await
    });
    let closing = pin!(async {
        // Slow peers must not keep a program from ending.
        queues.closing().await;
        sleep(CLOSE_TIMEOUT).await;
    });
    let both = pin!(async {
        if let Either::Right((Ok(()), read)) = select(read, write).await {
            let _ = timeout(CLOSE_TIMEOUT, read).await;
        }
    });
    select(both, closing).await;
    queues.end();
}
