//! One publisher's connection. What it sends is decoded and applied on a thread of its own, so
//! that pings are answered and the close is confirmed whatever that thread does.

use super::{HubInner, Publisher, ingest};
use crate::infra::connection::close;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{
        Semaphore,
        mpsc::{self, UnboundedReceiver},
        oneshot,
    },
    time::{Instant, MissedTickBehavior},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Error, Message, protocol::frame::coding::CloseCode},
};

/// Between the answer to a close and the end of the connection. Clients on older versions of
/// Python's websockets wait for ever if both come at once.
const CLOSE_PAUSE: Duration = Duration::from_millis(75);

/// How often a publisher is asked for a sign of life; after three times without, it is gone.
const KEEPALIVE: Duration = Duration::from_secs(20);

/// What queued bytes are counted in.
const UNIT_BYTES: usize = 1024;

/// A message on its way to the thread that applies it, and its place in the queue.
pub(super) struct Arrived {
    pub(super) payload: Bytes,
    pub(super) _place: tokio::sync::OwnedSemaphorePermit,
}

/// Why a connection ends.
enum End {
    /// The publisher closed it, and has been answered.
    Closed,
    /// The network or the publisher is gone.
    Gone,
    /// The hub closes it.
    Close(CloseCode, String),
}

/// Serves a publisher until its connection ends, and all that it sent is applied.
pub(super) async fn run<S>(
    socket: WebSocketStream<S>,
    publisher: &Publisher,
    mut outgoing: UnboundedReceiver<Bytes>,
    hub: &Arc<HubInner>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut sink, mut stream) = socket.split();
    let (arrived, queue) = mpsc::unbounded_channel();
    let (broken, mut is_broken) = oneshot::channel();
    let applied = match ingest::start(publisher, queue, broken, hub) {
        Ok(applied) => applied,
        Err(error) => return tracing::error!("cannot serve {publisher:?}: {error}"),
    };
    let units = (hub.settings.limits.queued_bytes / UNIT_BYTES).max(1);
    let places = Arc::new(Semaphore::new(units));
    let mut pace = Pace::new(hub.settings.limits.messages_per_second);
    let heard = std::sync::Mutex::new(Instant::now());
    let receive = async {
        loop {
            let message = stream.next().await;
            let note = || {
                let mut heard = heard
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                *heard = Instant::now();
            };
            note();
            let payload = match message {
                Some(Ok(Message::Binary(payload))) => payload,
                Some(Ok(Message::Text(_))) => {
                    let reason = "messages are binary, not text".to_owned();
                    return End::Close(CloseCode::Unsupported, reason);
                }
                Some(Ok(Message::Close(_))) => return End::Closed,
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
                Some(Err(Error::Capacity(error))) => {
                    return End::Close(CloseCode::Size, error.to_string());
                }
                Some(Err(Error::Protocol(error))) => {
                    return End::Close(CloseCode::Protocol, error.to_string());
                }
                Some(Err(_)) | None => return End::Gone,
            };
            let wanted = payload.len().div_ceil(UNIT_BYTES).clamp(1, units) as u32;
            // The semaphore is never closed; the count fits.
            let Ok(place) = Arc::clone(&places).acquire_many_owned(wanted).await else {
                return End::Gone;
            };
            pace.wait().await;
            let message = Arrived {
                payload,
                _place: place,
            };
            if arrived.send(message).is_err() {
                // The thread has said why, or is about to.
                std::future::pending::<()>().await;
            }
            // Not the publisher's fault, if that took long.
            note();
        }
    };
    let silence = || {
        let heard = heard
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        heard.elapsed()
    };
    let send = async {
        let mut pings = tokio::time::interval_at(Instant::now() + KEEPALIVE, KEEPALIVE);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let frame = tokio::select! {
                payload = outgoing.recv() => match payload {
                    Some(payload) => Message::Binary(payload),
                    None => return End::Gone,
                },
                _ = pings.tick() => Message::Ping(Bytes::new()),
            };
            if matches!(frame, Message::Ping(_))
                && silence() > 3 * KEEPALIVE
                && places.available_permits() == units
            {
                return End::Gone;
            }
            let length = frame.len();
            let is_message = matches!(frame, Message::Binary(_));
            if sink.send(frame).await.is_err() {
                return End::Gone;
            }
            if is_message {
                publisher.sent(length);
            }
        }
    };
    let stopped = hub.viewers.scope.outbox.stopped();
    let end = tokio::select! {
        end = receive => end,
        end = send => end,
        Ok(reason) = &mut is_broken => End::Close(CloseCode::Invalid, reason),
        () = stopped => End::Close(CloseCode::Away, "the hub stops".to_owned()),
    };
    // What was sent before a proper end counts.
    drop(arrived);
    match end {
        End::Closed => {
            // Flushes the answer that the read has prepared. The peer may be gone already.
            let _ = sink.flush().await;
            tokio::time::sleep(CLOSE_PAUSE).await;
        }
        End::Gone => {}
        End::Close(code, reason) => close(&mut sink, &mut stream, code, reason).await,
    }
    drop((sink, stream));
    // An error means that the thread has ended without a word.
    let _ = applied.await;
}

/// Lets so many messages pass in a second, in the long run: up to a second's at once.
struct Pace {
    each: Duration,
    /// When the messages so far would have passed, one after the other.
    due: Instant,
}

impl Pace {
    fn new(per_second: u32) -> Self {
        Self {
            each: Duration::from_secs(1) / per_second.max(1),
            due: Instant::now(),
        }
    }

    async fn wait(&mut self) {
        let now = Instant::now();
        let earliest = now.checked_sub(Duration::from_secs(1)).unwrap_or(now);
        self.due = self.due.max(earliest) + self.each;
        if self.due > now {
            tokio::time::sleep_until(self.due).await;
        }
    }
}
