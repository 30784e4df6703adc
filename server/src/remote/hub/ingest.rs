//! Decodes and applies what one publisher sends, in order, on a thread of its own.

use super::{HubInner, Publisher, connection::Arrived};
use bytes::Bytes;
use scenecast_remote::{
    Message,
    message::MessageError,
    pickle::{Limits, Reason},
};
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
};
use tokio::sync::{mpsc::UnboundedReceiver, oneshot};

/// What the thread does with a payload that holds no message that it knows.
enum Bad {
    /// A message with something in it that is not accepted: says so, and goes on.
    Refused(String),
    /// No message at all: the publisher is closed.
    Broken(String),
}

/// Starts the thread. It says on `broken` why the publisher is to be closed, if it is. The
/// receiver that is returned ends when all is applied.
pub(super) fn start(
    publisher: &Publisher,
    mut queue: UnboundedReceiver<Arrived>,
    broken: oneshot::Sender<String>,
    hub: &Arc<HubInner>,
) -> io::Result<oneshot::Receiver<()>> {
    let (publisher, hub) = (publisher.clone(), Arc::clone(hub));
    let (done, applied) = oneshot::channel();
    let name = format!("publisher {}", publisher.id());
    thread::Builder::new().name(name).spawn(move || {
        while let Some(arrived) = queue.blocking_recv() {
            match catch_unwind(AssertUnwindSafe(|| {
                ingest(&publisher, &arrived.payload, &hub)
            })) {
                Ok(Ok(())) => {}
                Ok(Err(Bad::Refused(reason))) => tell(&hub, &publisher, &reason),
                Ok(Err(Bad::Broken(reason))) => {
                    tell(&hub, &publisher, &reason);
                    // An error means that the connection has ended anyway.
                    let _ = broken.send(reason);
                    break;
                }
                Err(_) => tracing::error!("a message of {publisher:?} caused a panic"),
            }
        }
        drop(done);
    })?;
    Ok(applied)
}

fn tell(hub: &HubInner, publisher: &Publisher, reason: &str) {
    hub.notices.refused(publisher, reason);
    hub.wake();
}

fn ingest(publisher: &Publisher, payload: &Bytes, hub: &HubInner) -> Result<(), Bad> {
    let message = decode(payload, &hub.settings.limits.message)?;
    hub.receive(publisher, message)
        .map_err(|refused| Bad::Refused(refused.to_string()))
}

/// Whole pickles of real clients may hold what is not accepted; anything else is no message.
fn decode(payload: &Bytes, limits: &Limits) -> Result<Message, Bad> {
    let is_whole = payload.starts_with(&[0x80]) && payload.ends_with(b".");
    Message::decode(payload, limits).map_err(|error| {
        let text = error.to_string();
        match error {
            MessageError::Pickle(error) if is_whole && error.reason != Reason::Truncated => {
                Bad::Refused(text)
            }
            _ => Bad::Broken(text),
        }
    })
}
