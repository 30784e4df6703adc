//! The accept loop: connections in, with bounds on what each may take.

use super::tls::{self, Tls};
use axum::{Router, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    task::JoinSet,
};
use tower_service::Service;

/// Connections beyond the limit that are told so at the same time; more are just closed.
const FULL_REPLIES: usize = 16;

/// How much of a request is read from a connection that is turned away.
const MAX_UNREAD_BYTES: u64 = 64 * 1024;

const FULL: &str = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\
    Content-Type: text/plain\r\nContent-Length: 42\r\n\r\n\
    The server has too many open connections.\n";

/// Bounds on what connections may take before they are viewers.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Open connections, viewers included. More are answered 503 and closed. Default 512, which
    /// fits the usual limit of 1024 open files.
    pub connections: usize,
    /// Request line and headers, in bytes. Default 16 KiB.
    pub header_bytes: usize,
    /// Time for a request's headers to arrive, and for an idle connection to stay open. Default
    /// 15 s.
    pub header_timeout: Duration,
    /// Time for a connection that is no WebSocket, from accept to close, so that a peer which
    /// reads a byte a minute does not hold its place. Default 5 minutes.
    pub http_lifetime: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 512,
            header_bytes: 16 * 1024,
            header_timeout: Duration::from_secs(15),
            http_lifetime: Duration::from_secs(300),
        }
    }
}

/// What is known about the connection of a request; in its extensions.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    /// The connection's place among [`Limits::connections`], free again when the last clone goes.
    pub(crate) _place: Arc<OwnedSemaphorePermit>,
}

/// Serves a [`router`](super::router) until `stop` completes. Open plain connections are then cut;
/// WebSockets belong to the router's handler, which ends them.
///
/// # Errors
/// If the listener cannot be handed to the runtime. Failures of single connections are logged.
pub async fn serve(
    listener: std::net::TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    serve_over(listener, router, limits, None, stop).await
}

/// The same, over encrypted connections where there is something to encrypt with.
pub(crate) async fn serve_over(
    listener: std::net::TcpListener,
    router: Router,
    limits: Limits,
    tls: Option<Tls>,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(limits.connections));
    let full_replies = Arc::new(Semaphore::new(FULL_REPLIES));
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    recover(&error).await;
                    continue;
                }
            },
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            if let Ok(place) = full_replies.clone().try_acquire_owned() {
                connections.spawn(turn_away(stream, place));
            }
            continue;
        };
        let peer = Peer {
            address,
            _place: Arc::new(place),
        };
        let (router, limits, tls) = (router.clone(), limits.clone(), tls.clone());
        connections.spawn(connection(stream, peer, router, limits, tls));
    }
    connections.shutdown().await;
    Ok(())
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    limits: Limits,
    tls: Option<Tls>,
) {
    // Poses are small and urgent: do not wait to fill a packet.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!("{}: {error}", peer.address);
    }
    let address = peer.address;
    let opening = tls::accept(tls.as_ref(), stream);
    let stream = match tokio::time::timeout(limits.header_timeout, opening).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return tracing::debug!("{address}: {error}"),
        Err(_) => return tracing::debug!("{address}: no handshake in time"),
    };
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer.clone());
        router.clone().call(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_header_size(limits.header_bytes)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    match tokio::time::timeout(limits.http_lifetime, served).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!("{address}: {error}"),
        Err(_) => tracing::debug!("{address}: closed, its time is over"),
    }
}

/// Says that the server is full, and reads on for a moment: to close a socket with unread bytes
/// in it resets the connection, and the peer might never see the reply.
async fn turn_away(mut stream: TcpStream, _place: OwnedSemaphorePermit) {
    let reply = async {
        stream.write_all(FULL.as_bytes()).await?;
        stream.shutdown().await?;
        let mut rest = (&mut stream).take(MAX_UNREAD_BYTES);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
    };
    if let Ok(Err(error)) = tokio::time::timeout(Duration::from_secs(1), reply).await {
        tracing::debug!("could not turn a connection away: {error}");
    }
}

/// Waits where an immediate retry would fail again, such as without free file descriptors.
pub(crate) async fn recover(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    ) {
        tracing::error!("cannot accept connections: {error}");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
