//! Questions to a viewer that it answers once.

use crate::{
    client::Client,
    error::{Error, Result},
    random,
};
use rustc_hash::FxHashMap;
use std::{
    sync::{Mutex, MutexGuard, PoisonError, mpsc},
    time::Duration,
};
use tokio::sync::oneshot;

type Answer<T> = Box<dyn FnOnce(T) + Send>;

struct Waiting<T> {
    answers: FxHashMap<String, Answer<T>>,
    /// The viewer has left.
    closed: bool,
}

/// Questions that wait for their answer: a `T`.
pub(crate) struct Requests<T> {
    waiting: Mutex<Waiting<T>>,
}

impl<T> Default for Requests<T> {
    fn default() -> Self {
        Self {
            waiting: Mutex::new(Waiting {
                answers: FxHashMap::default(),
                closed: false,
            }),
        }
    }
}

impl<T: Send + 'static> Requests<T> {
    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands an answer to whoever asked.
    pub(crate) fn answer(&self, uuid: &str, value: T) {
        let answer = self.lock().answers.remove(uuid);
        match answer {
            Some(answer) => answer(value),
            None => tracing::debug!("an answer came that nobody waits for"),
        }
    }

    /// Whether the viewer has left.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// No more answers will come: the viewer has left.
    pub(crate) fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        let answers = std::mem::take(&mut waiting.answers);
        drop(waiting);
        // Who waits for them is told by their end.
        drop(answers);
    }

    /// Takes note of a question; the returned ticket forgets it in the end.
    fn ask<'a>(&'a self, client: &Client, answer: Answer<T>) -> Result<Ticket<'a, T>> {
        let uuid = random::uuid();
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(disconnected(client));
        }
        waiting.answers.insert(uuid.clone(), answer);
        drop(waiting);
        Ok(Ticket {
            requests: self,
            uuid,
        })
    }

    /// Asks with `send`, which gets the name of the question, and waits for the answer.
    ///
    /// # Errors
    /// The viewer leaves, or does not answer in time.
    pub(crate) fn wait(
        &self,
        client: &Client,
        timeout: Option<Duration>,
        send: impl FnOnce(String),
    ) -> Result<T> {
        let (sender, receiver) = mpsc::channel();
        let answer = move |value| {
            // An error means that nobody waits any more.
            let _ = sender.send(value);
        };
        let ticket = self.ask(client, Box::new(answer))?;
        send(ticket.uuid.clone());
        let Some(timeout) = timeout else {
            return receiver.recv().map_err(|_| disconnected(client));
        };
        receiver.recv_timeout(timeout).map_err(|error| match error {
            mpsc::RecvTimeoutError::Timeout => timed_out(client, timeout),
            mpsc::RecvTimeoutError::Disconnected => disconnected(client),
        })
    }

    /// Like [`wait`](Self::wait), for async code of whatever runtime.
    ///
    /// # Errors
    /// The viewer leaves, or does not answer in time.
    pub(crate) async fn wait_async(
        &self,
        client: &Client,
        timeout: Option<Duration>,
        send: impl FnOnce(String),
    ) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        let answer = move |value| {
            // An error means that nobody waits any more.
            let _ = sender.send(value);
        };
        let ticket = self.ask(client, Box::new(answer))?;
        send(ticket.uuid.clone());
        let Some(timeout) = timeout else {
            return receiver.await.map_err(|_| disconnected(client));
        };
        // The clock is that of the server's own runtime: the caller's may have none.
        let waiting = async move { tokio::time::timeout(timeout, receiver).await };
        match client.runtime().spawn(waiting).await {
            Ok(Ok(Ok(value))) => Ok(value),
            Ok(Err(_)) => Err(timed_out(client, timeout)),
            Ok(Ok(Err(_))) | Err(_) => Err(disconnected(client)),
        }
    }
}

/// A question that is forgotten when nobody waits any more.
struct Ticket<'a, T> {
    requests: &'a Requests<T>,
    uuid: String,
}

impl<T> Drop for Ticket<'_, T> {
    fn drop(&mut self) {
        let waiting = &self.requests.waiting;
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = waiting.answers.remove(&self.uuid);
        drop(waiting);
        drop(answer);
    }
}

fn disconnected(client: &Client) -> Error {
    Error::Disconnected {
        client: client.id(),
    }
}

fn timed_out(client: &Client, timeout: Duration) -> Error {
    Error::Timeout {
        client: client.id(),
        timeout,
    }
}
