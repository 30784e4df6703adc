//! One viewer's connection: windows out, messages in, and when it ends.

use super::{
    ClientId,
    fan_out::{Eviction, Next},
    listener::{Listener, Newcomer},
    outbox::Outbox,
    window::Window,
};
use bytes::Bytes;
use futures_util::{
    Sink, SinkExt, Stream, StreamExt,
    stream::{SplitSink, SplitStream},
};
use scenecast_protocol::window::Payload;
use std::{
    borrow::Cow,
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{Semaphore, watch},
    time::{Instant, MissedTickBehavior},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        error::CapacityError,
        protocol::{
            CloseFrame,
            frame::{
                Frame,
                coding::{CloseCode, Data, OpCode},
            },
        },
    },
};

/// Longer payloads are sent in pieces of this size, so that a viewer's connection never holds
/// more of a shared window than one piece. To the viewer it is one message all the same.
const PIECE_BYTES: usize = 128 * 1024;

/// How often a viewer is asked for a sign of life, and how long it has to give one.
const KEEPALIVE: Duration = Duration::from_secs(20);

/// How long a peer has to confirm a close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Messages of one viewer that wait for callbacks. The connection reads no further meanwhile.
const MAX_UNHANDLED: usize = 1024;

/// Every begun 64 KiB of a message count as one towards [`MAX_UNHANDLED`], which bounds what waits
/// to 64 MiB.
const UNHANDLED_BYTES: usize = 64 * 1024;

/// The longest text of a close frame, bytes.
const MAX_REASON: usize = 123;

/// Why a connection ends.
#[derive(Debug)]
enum End {
    /// The viewer left, or the network did.
    Left,
    /// The server ends it.
    Close(CloseCode, Cow<'static, str>),
}

impl End {
    fn close(code: CloseCode, reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Close(code, reason.into())
    }
}

/// Serves one viewer until its connection ends.
pub(crate) async fn run<S>(
    socket: WebSocketStream<S>,
    viewer: Newcomer,
    outbox: &Outbox,
    listener: &dyn Listener,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut sink, mut stream) = socket.split();
    let alive = Alive::default();
    let id = viewer.id;
    let releases = outbox.join(id);
    listener.on_open(viewer);
    let sender = Sender {
        sink: &mut sink,
        id,
        outbox,
        alive: &alive,
        releases,
    };
    // Sending and receiving must not wait for each other.
    let end = tokio::select! {
        end = sender.run() => end,
        end = receive(&mut stream, viewer, listener, &alive) => end,
    };
    outbox.leave(id);
    listener.on_close(id);
    match end {
        End::Left => tracing::debug!("viewer {id} left"),
        End::Close(code, reason) => {
            tracing::debug!("viewer {id} is closed with {code}: {reason}");
            close(&mut sink, &mut stream, code, reason.into_owned()).await;
        }
    }
}

/// Closes a connection, and lets the peer confirm it. Of the reason is said what fits into a frame.
pub(crate) async fn close<S>(
    sink: &mut SplitSink<WebSocketStream<S>, Message>,
    stream: &mut SplitStream<WebSocketStream<S>>,
    code: CloseCode,
    mut reason: String,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    reason.truncate(reason.floor_char_boundary(MAX_REASON));
    let frame = CloseFrame {
        code,
        reason: reason.into(),
    };
    let closing = async {
        if sink.send(Message::Close(Some(frame))).await.is_ok() {
            while let Some(Ok(_)) = stream.next().await {}
        }
    };
    // Who does not answer in time is gone already.
    let _ = tokio::time::timeout(CLOSE_TIMEOUT, closing).await;
}

/// When something was last heard from a viewer.
struct Alive(Mutex<Instant>);

impl Default for Alive {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl Alive {
    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn since(&self) -> Duration {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.elapsed()
    }
}

/// The sending half.
struct Sender<'a, W> {
    sink: &'a mut W,
    id: ClientId,
    outbox: &'a Outbox,
    alive: &'a Alive,
    releases: watch::Receiver<()>,
}

impl<W: Sink<Message, Error = Error> + Unpin> Sender<'_, W> {
    async fn run(mut self) -> End {
        let mut pings = tokio::time::interval_at(Instant::now() + KEEPALIVE, KEEPALIVE);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            // Before looking for a window, so that no release between is missed.
            self.releases.borrow_and_update();
            let sent = match self.outbox.next(self.id) {
                Next::Window(window) => self.window(&window).await,
                Next::ReplayDone => self.replay_done().await,
                Next::Gone => return End::Left,
                Next::Close(eviction) => return evict(eviction),
                Next::Wait => tokio::select! {
                    changed = self.releases.changed() => match changed {
                        Ok(()) => Ok(()),
                        Err(_) => return End::Left,
                    },
                    _ = pings.tick() => self.ping().await,
                },
            };
            match sent {
                Ok(()) => {}
                Err(end) => return end,
            }
        }
    }

    async fn window(&mut self, window: &Window) -> Result<(), End> {
        let client_api = self.outbox.client_api();
        let payloads = window.payloads(client_api).await;
        for payload in payloads.map_err(|error| broken(&error))?.iter() {
            self.payload(payload).await?;
        }
        Ok(())
    }

    async fn replay_done(&mut self) -> Result<(), End> {
        let Some(message) = self.outbox.backlog_done() else {
            return Ok(());
        };
        let payloads = self.outbox.client_api().encode(&[message]);
        for payload in payloads.map_err(|error| broken(&error))?.iter() {
            self.payload(payload).await?;
        }
        Ok(())
    }

    /// Sends a payload as one message, in frames of at most [`PIECE_BYTES`].
    async fn payload(&mut self, payload: &Payload) -> Result<(), End> {
        let mut left = payload.byte_len();
        let mut kind = Data::Binary;
        for piece in payload.pieces() {
            let mut rest = piece.clone();
            while !rest.is_empty() {
                let part = rest.split_to(rest.len().min(PIECE_BYTES));
                left -= part.len();
                let frame = Frame::message(part, OpCode::Data(kind), left == 0);
                self.send(Message::Frame(frame)).await?;
                kind = Data::Continue;
            }
        }
        Ok(())
    }

    /// Sends a frame. While a viewer is slow to take it, its queue may overflow.
    async fn send(&mut self, frame: Message) -> Result<(), End> {
        let mut sending = std::pin::pin!(self.sink.send(frame));
        let mut checks = tokio::time::interval_at(Instant::now() + KEEPALIVE, KEEPALIVE);
        loop {
            tokio::select! {
                // Most frames are taken at once: then nothing else needs to be asked.
                biased;
                sent = &mut sending => {
                    self.alive.note();
                    return sent.map_err(|error| left(&error));
                }
                _ = self.releases.changed() => {
                    if let Some(eviction) = self.outbox.eviction(self.id) {
                        return Err(evict(eviction));
                    }
                }
                _ = checks.tick() => check_alive(self.alive)?,
            }
        }
    }

    async fn ping(&mut self) -> Result<(), End> {
        check_alive(self.alive)?;
        let sent = self.sink.send(Message::Ping(Bytes::new())).await;
        sent.map_err(|error| left(&error))
    }
}

fn check_alive(alive: &Alive) -> Result<(), End> {
    if alive.since() >= 2 * KEEPALIVE {
        return Err(End::close(CloseCode::Error, "no sign of life for 40 s"));
    }
    Ok(())
}

fn evict(eviction: Eviction) -> End {
    match eviction {
        Eviction::Stopped => End::close(CloseCode::Away, "the server stops"),
        Eviction::Disconnected => End::close(CloseCode::Normal, "the server disconnects everyone"),
        Eviction::Overflow { queued, limit } => End::close(
            CloseCode::Again,
            format!(
                "{queued} bytes are queued for this viewer, the limit is {limit} (max_queued_bytes)"
            ),
        ),
    }
}

fn broken(error: &io::Error) -> End {
    tracing::error!("cannot encode a window: {error}");
    End::close(CloseCode::Error, "the server cannot encode a window")
}

fn left(error: &Error) -> End {
    tracing::debug!("cannot send to a viewer: {error}");
    End::Left
}

/// Reads messages until the connection ends.
async fn receive<R>(stream: &mut R, viewer: Newcomer, listener: &dyn Listener, alive: &Alive) -> End
where
    R: Stream<Item = Result<Message, Error>> + Unpin,
{
    let places = Arc::new(Semaphore::new(MAX_UNHANDLED));
    loop {
        let bytes = match stream.next().await {
            Some(Ok(Message::Binary(bytes))) => bytes,
            Some(Ok(Message::Text(_))) => {
                return End::close(CloseCode::Unsupported, "text frames are not understood");
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                alive.note();
                continue;
            }
            Some(Err(Error::Capacity(error))) => return too_long(&error),
            Some(Err(error @ (Error::Protocol(_) | Error::Utf8(_)))) => {
                return End::close(CloseCode::Protocol, error.to_string());
            }
            Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Left,
        };
        let wanted = (1 + bytes.len() / UNHANDLED_BYTES).min(MAX_UNHANDLED);
        // The semaphore is never closed; the count fits.
        let Ok(permit) = Arc::clone(&places).acquire_many_owned(wanted as u32).await else {
            return End::Left;
        };
        // Not before: a viewer that has to wait here is not to blame for it.
        alive.note();
        if let Err(refusal) = listener.on_message(viewer, &bytes, Arc::new(permit)) {
            return End::close(refusal.code, refusal.reason);
        }
    }
}

fn too_long(error: &CapacityError) -> End {
    End::close(CloseCode::Size, error.to_string())
}

#[cfg(test)]
mod tests;
