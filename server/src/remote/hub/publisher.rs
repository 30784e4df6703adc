//! Publishers that are connected.

use crate::error::{Error, Result};
use bytes::Bytes;
use scenecast_remote::scene::PublisherId;
use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::sync::mpsc::UnboundedSender;

/// A program that is, or was, connected to publish. Cloning is cheap.
#[derive(Clone)]
pub struct Publisher {
    inner: Arc<Inner>,
}

struct Inner {
    id: PublisherId,
    address: SocketAddr,
    outgoing: UnboundedSender<Bytes>,
    /// Bytes in `outgoing`, which is bounded by them.
    unsent: AtomicUsize,
    limit: usize,
}

impl Publisher {
    pub(super) fn new(
        id: PublisherId,
        address: SocketAddr,
        outgoing: UnboundedSender<Bytes>,
        limit: usize,
    ) -> Self {
        let unsent = AtomicUsize::new(0);
        Self {
            inner: Arc::new(Inner {
                id,
                address,
                outgoing,
                unsent,
                limit,
            }),
        }
    }

    /// The connection's number. A program that reconnects gets a new one.
    pub fn id(&self) -> PublisherId {
        self.inner.id
    }

    /// Where it connected from.
    pub fn address(&self) -> SocketAddr {
        self.inner.address
    }

    /// Whether it is still connected.
    pub fn is_connected(&self) -> bool {
        !self.inner.outgoing.is_closed()
    }

    /// Queues a message that is encoded already.
    pub(super) fn send(&self, payload: Bytes) -> Result<()> {
        let refused = |reason: String| Error::InvalidValue {
            what: "a message to a publisher",
            reason,
        };
        let inner = &self.inner;
        let length = payload.len();
        let unsent = inner.unsent.fetch_add(length, Ordering::Relaxed);
        if unsent > 0 && unsent + length > inner.limit {
            self.sent(length);
            return Err(refused(format!(
                "{unsent} bytes wait for {self:?} to read them; the limit is {}",
                inner.limit
            )));
        }
        inner.outgoing.send(payload).map_err(|_| {
            self.sent(length);
            refused(format!("{self:?} is not connected any more"))
        })
    }

    /// Says that so many queued bytes have gone out.
    pub(super) fn sent(&self, length: usize) {
        self.inner.unsent.fetch_sub(length, Ordering::Relaxed);
    }
}

impl fmt::Debug for Publisher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Publisher({}, {})", self.inner.id, self.inner.address)
    }
}

impl PartialEq for Publisher {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }
}

/// To whom a message goes. `None` is all, as in Python.
#[derive(Debug, Clone)]
pub enum Recipients {
    /// Every publisher that is connected.
    All,
    /// One of them.
    One(Publisher),
}

impl From<&Publisher> for Recipients {
    fn from(publisher: &Publisher) -> Self {
        Self::One(publisher.clone())
    }
}

impl From<Option<&Publisher>> for Recipients {
    fn from(publisher: Option<&Publisher>) -> Self {
        publisher.map_or(Self::All, Self::from)
    }
}
