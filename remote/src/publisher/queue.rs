//! What waits to be sent, and what waits to be read: both bounded in bytes.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::Notify;

use super::RemoteError;
use crate::Value;
use crate::pickle::DecodeError;

/// Bytes that may wait to be sent; whoever sends more waits, as in Python.
pub(super) const MAX_OUTGOING: usize = 64 << 20;

/// Bytes that may wait to be read; beyond it the oldest messages are dropped.
pub(super) const MAX_INCOMING: usize = 64 << 20;

/// A message of the viewer's, or why it could not be read.
pub(super) type Incoming = Result<Value, DecodeError>;

#[derive(Default)]
struct State {
    outgoing: VecDeque<Bytes>,
    outgoing_bytes: usize,
    incoming: VecDeque<(usize, Incoming)>,
    incoming_bytes: usize,
    closing: bool,
    ended: bool,
}

/// The two queues between a program's threads and the connection's.
#[derive(Default)]
pub(super) struct Queues {
    state: Mutex<State>,
    /// There is room, something to be read, or an end.
    changed: Condvar,
    /// There is something to be sent, or the connection is to be closed.
    to_send: Notify,
    /// The connection is to be closed.
    to_close: Notify,
}

impl Queues {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a message; waits while too much is queued already.
    pub(super) fn send(&self, payload: Bytes) -> Result<(), RemoteError> {
        let mut state = self.lock();
        while !state.ended && state.outgoing_bytes >= MAX_OUTGOING {
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
        if state.ended {
            return Err(RemoteError::Disconnected);
        }
        state.outgoing_bytes += payload.len();
        state.outgoing.push_back(payload);
        drop(state);
        self.to_send.notify_one();
        Ok(())
    }

    /// The next message to be sent; `None` once all are and the connection is to be closed.
    pub(super) async fn next(&self) -> Option<Bytes> {
        loop {
            {
                let mut state = self.lock();
                if let Some(payload) = state.outgoing.pop_front() {
                    return Some(payload);
                }
                if state.closing {
                    return None;
                }
            }
            self.to_send.notified().await;
        }
    }

    /// Says that a message of this length has gone out.
    pub(super) fn sent(&self, length: usize) {
        self.lock().outgoing_bytes -= length;
        self.changed.notify_all();
    }

    pub(super) fn arrived(&self, length: usize, message: Incoming) {
        let mut state = self.lock();
        state.incoming_bytes += length;
        state.incoming.push_back((length, message));
        while state.incoming_bytes > MAX_INCOMING
            && let Some((length, _)) = state.incoming.pop_front()
        {
            state.incoming_bytes -= length;
        }
        drop(state);
        self.changed.notify_all();
    }

    /// The oldest unread message. Waits for one until `deadline`, or for ever.
    pub(super) fn read(&self, deadline: Option<Instant>) -> Result<Option<Incoming>, RemoteError> {
        let mut state = self.lock();
        loop {
            if let Some((length, message)) = state.incoming.pop_front() {
                state.incoming_bytes -= length;
                return Ok(Some(message));
            }
            if state.ended {
                return Err(RemoteError::Disconnected);
            }
            state = match deadline {
                None => {
                    let waited = self.changed.wait(state);
                    waited.unwrap_or_else(PoisonError::into_inner)
                }
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left == Duration::ZERO {
                        return Ok(None);
                    }
                    let waited = self.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Asks for the connection to be closed once all is sent.
    pub(super) fn close(&self) {
        self.lock().closing = true;
        self.to_send.notify_one();
        self.to_close.notify_one();
    }

    /// Waits until somebody asks for that.
    pub(super) async fn closing(&self) {
        self.to_close.notified().await;
    }

    /// Says that the connection is no more.
    pub(super) fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    pub(super) fn ended(&self) -> bool {
        self.lock().ended
    }
}
