//! Where a server's tasks and callbacks run.

use std::future::Future;
use tokio::{runtime::Handle, sync::watch, task::JoinHandle};

/// The server's async runtime, and how many queues of callbacks are being worked on. Cloning is
/// cheap.
#[derive(Debug, Clone)]
pub(crate) struct Runtime {
    handle: Handle,
    busy: watch::Sender<usize>,
}

impl Runtime {
    pub(crate) fn new(handle: Handle) -> Self {
        Self {
            handle,
            busy: watch::Sender::new(0),
        }
    }

    /// Runs a task.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        task: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        self.handle.spawn(task)
    }

    /// Runs a task that works on callbacks, for which [`idle`](Self::idle) waits.
    pub(crate) fn spawn_callbacks(&self, task: impl Future<Output = ()> + Send + 'static) {
        let work = Work::begin(self.busy.clone());
        self.handle.spawn(async move {
            let _work = work;
            task.await;
        });
    }

    /// Runs what may block on a thread of its own.
    pub(crate) fn spawn_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> JoinHandle<T> {
        self.handle.spawn_blocking(work)
    }

    /// Waits until no callback runs or waits.
    pub(crate) async fn idle(&self) {
        let mut busy = self.busy.subscribe();
        // An error would mean that the sender, which is in `self`, is gone.
        let _ = busy.wait_for(|busy| *busy == 0).await;
    }
}

/// Counts as busy until it is dropped.
struct Work(watch::Sender<usize>);

impl Work {
    fn begin(busy: watch::Sender<usize>) -> Self {
        busy.send_modify(|busy| *busy += 1);
        Self(busy)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.send_modify(|busy| *busy -= 1);
    }
}
