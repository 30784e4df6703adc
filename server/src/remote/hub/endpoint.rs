//! Where publishers connect: a port of their own, which browsers cannot use.

use super::{HubInner, Publisher, connection};
use crate::{
    error::{Error, Result},
    http::{self, AccessError, Secret, Stream, Tls, Token},
};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async_with_config,
    tungstenite::{
        handshake::server::{ErrorResponse, Request, Response},
        http::{StatusCode, header},
        protocol::WebSocketConfig,
    },
};

/// How long a publisher may take to say what it wants.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// What a connection begins with that is to be encrypted.
const TLS_HANDSHAKE: u8 = 22;

const UNENCRYPTED: &str = "HTTP/1.1 426 Upgrade Required\r\nConnection: close\r\n\
    Content-Type: text/plain\r\nContent-Length: 58\r\n\r\n\
    This hub is encrypted: connect to wss://token:TOKEN@HOST.\n";

/// How much is read from a publisher at once: frames are large.
const READ_BUFFER_BYTES: usize = 256 * 1024;

/// A port for publishers that has been taken.
pub(crate) struct Endpoint {
    listener: std::net::TcpListener,
    address: SocketAddr,
    secret: Option<Secret>,
    tls: Option<Tls>,
}

impl Endpoint {
    /// Takes the port that a hub's settings say. Where there is something to encrypt with,
    /// publishers on other machines must.
    ///
    /// # Errors
    /// The port is taken, or no token could be made.
    pub(crate) fn bind(settings: &super::RemoteSettings, tls: Option<Tls>) -> Result<Self> {
        let listener = http::bind_exactly(&settings.host, settings.server_port)?;
        let address = listener.local_addr().map_err(Error::Start)?;
        let secret = secret(&settings.token, address)?;
        Ok(Self {
            listener,
            address,
            secret,
            tls,
        })
    }

    /// Serves publishers until the server stops.
    pub(crate) fn serve(self, hub: &Arc<HubInner>) {
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        let reachable = SocketAddr::new(ip, self.address.port());
        let url = match &self.secret {
            Some(secret) => format!("token:{}@{reachable}", secret.as_str()),
            None => reachable.to_string(),
        };
        hub.set_address(self.address, url);
        tracing::info!("publishers connect to {}", self.address);
        let hub = Arc::clone(hub);
        let runtime = hub.runtime.clone();
        // Counts as a callback: the server waits for publishers to be told of its end.
        runtime.spawn_callbacks(async move {
            if let Err(error) = self.accept(hub).await {
                tracing::error!("cannot serve publishers: {error}");
            }
        });
    }

    async fn accept(self, hub: Arc<HubInner>) -> std::io::Result<()> {
        let listener = TcpListener::from_std(self.listener)?;
        let places = Arc::new(Semaphore::new(hub.settings.limits.publishers));
        let (secret, tls) = (Arc::new(self.secret), self.tls);
        let outbox = Arc::clone(&hub.viewers.scope.outbox);
        let mut connections = JoinSet::new();
        let mut stopped = std::pin::pin!(outbox.stopped());
        for id in 1.. {
            let (stream, address) = loop {
                tokio::select! {
                    () = &mut stopped => {
                        while connections.join_next().await.is_some() {}
                        return Ok(());
                    }
                    Some(_) = connections.join_next() => {}
                    accepted = listener.accept() => match accepted {
                        Ok(accepted) => break accepted,
                        Err(error) => http::recover(&error).await,
                    },
                }
            };
            let place = places.clone().try_acquire_owned().ok();
            let (hub, secret, tls) = (Arc::clone(&hub), Arc::clone(&secret), tls.clone());
            connections.spawn(async move {
                let is_full = place.is_none();
                let opening = async {
                    let stream = open(stream, tls.as_ref()).await.ok()??;
                    handshake(stream, secret.as_ref().as_ref(), is_full, &hub).await
                };
                let opened = tokio::time::timeout(HANDSHAKE_TIMEOUT, opening).await;
                let Ok(Some(socket)) = opened else {
                    return;
                };
                let (send, outgoing) = mpsc::unbounded_channel();
                let limit = hub.settings.limits.unsent_bytes;
                let publisher = Publisher::new(id, address, send, limit);
                tracing::info!("{publisher:?} connected");
                hub.add_publisher(&publisher);
                connection::run(socket, &publisher, outgoing, &hub).await;
                hub.remove_publisher(&publisher);
                tracing::info!("{publisher:?} disconnected");
                drop(place);
            });
        }
        Ok(())
    }
}

/// The token of a port: a random one, or none, where nothing else is said.
fn secret(token: &Token, address: SocketAddr) -> Result<Option<Secret>, AccessError> {
    Ok(match token {
        Token::Fixed(secret) => Some(secret.clone()),
        Token::Auto if !address.ip().to_canonical().is_loopback() => Some(Secret::random()?),
        Token::Auto | Token::None => None,
    })
}

/// The stream of a publisher, encrypted where it asks for that; `None` if it would have to.
/// Programs on this machine need not: aitviewer's client cannot.
async fn open(mut stream: TcpStream, tls: Option<&Tls>) -> io::Result<Option<Stream>> {
    stream.set_nodelay(true)?;
    let Some(tls) = tls else {
        return http::accept(None, stream).await.map(Some);
    };
    let mut first = [0];
    stream.peek(&mut first).await?;
    if first == [TLS_HANDSHAKE] {
        return http::accept(Some(tls), stream).await.map(Some);
    }
    if stream.peer_addr()?.ip().to_canonical().is_loopback() {
        return http::accept(None, stream).await.map(Some);
    }
    stream.write_all(UNENCRYPTED.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(None)
}

/// Answers the request for a WebSocket; `None` if it is refused.
async fn handshake(
    stream: Stream,
    secret: Option<&Secret>,
    is_full: bool,
    hub: &HubInner,
) -> Option<WebSocketStream<Stream>> {
    let limit = hub.settings.limits.message.bytes;
    let config = WebSocketConfig::default()
        .max_message_size(Some(limit))
        .max_frame_size(Some(limit))
        .read_buffer_size(READ_BUFFER_BYTES);
    #[allow(clippy::result_large_err, reason = "tungstenite wants it so")]
    let check = |request: &Request, answer: Response| match refusal(request, secret, is_full) {
        None => Ok(answer),
        Some((status, text)) => {
            let mut refused = ErrorResponse::new(Some(text.to_owned()));
            *refused.status_mut() = status;
            if status == StatusCode::UNAUTHORIZED {
                let ask = header::HeaderValue::from_static("Basic realm=\"scenecast\"");
                refused.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
            }
            Err(refused)
        }
    };
    let socket = accept_hdr_async_with_config(stream, check, Some(config)).await;
    socket
        .inspect_err(|error| tracing::debug!("a publisher was not let in: {error}"))
        .ok()
}

/// Why a request is refused. The path and the query do not matter, as in aitviewer.
fn refusal(
    request: &Request,
    secret: Option<&Secret>,
    is_full: bool,
) -> Option<(StatusCode, &'static str)> {
    if is_full {
        return Some((
            StatusCode::SERVICE_UNAVAILABLE,
            "The hub has too many publishers.\n",
        ));
    }
    // Programs send none; pages always do.
    if request.headers().contains_key(header::ORIGIN) {
        return Some((
            StatusCode::FORBIDDEN,
            "This port is for publishers, not for pages in a browser.\n",
        ));
    }
    match secret {
        Some(secret) if !http::is_authorized(secret, request.headers()) => Some((
            StatusCode::UNAUTHORIZED,
            "This hub asks for a token: connect to token:TOKEN@HOST.\n",
        )),
        Some(_) | None => None,
    }
}
