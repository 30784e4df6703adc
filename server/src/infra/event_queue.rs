//! Runs callbacks one after the other, away from the threads that serve viewers.

use super::runtime::Runtime;
use std::{
    any::Any,
    collections::VecDeque,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A callback with the event that it is called for.
pub(crate) enum Job {
    /// Runs on a thread of the pool for blocking work.
    Blocking(Box<dyn FnOnce() + Send>),
    /// Runs on the runtime.
    Async(Pin<Box<dyn Future<Output = ()> + Send>>),
    /// Says what to do when its turn comes, since what is before it may have a say in that. Runs
    /// none of the user's code.
    Deferred(Box<dyn FnOnce() -> Vec<Job> + Send>),
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    /// A task works on them.
    is_served: bool,
}

/// Callbacks that keep their order, such as those of one handle. Queues run beside each other,
/// at most as many as the runtime has threads for blocking work.
///
/// What waits here is bounded where events come from: see [`Permit`].
pub(crate) struct EventQueue {
    waiting: Mutex<Waiting>,
    runtime: Runtime,
}

/// A viewer's place among its unhandled messages: the connection reads no further while its
/// viewer has used up its places. Freed when the last callback of the message is done.
pub(crate) type Permit = Arc<tokio::sync::OwnedSemaphorePermit>;

impl EventQueue {
    pub(crate) fn new(runtime: Runtime) -> Self {
        Self {
            waiting: Mutex::default(),
            runtime,
        }
    }

    /// Queues a job.
    pub(crate) fn push(self: &Arc<Self>, job: Job) {
        self.add(|jobs| jobs.push_back(job));
    }

    /// Queues a job before all that wait.
    pub(crate) fn push_first(self: &Arc<Self>, job: Job) {
        self.add(|jobs| jobs.push_front(job));
    }

    fn add(self: &Arc<Self>, add: impl FnOnce(&mut VecDeque<Job>)) {
        let mut waiting = self.lock();
        add(&mut waiting.jobs);
        if !std::mem::replace(&mut waiting.is_served, true) {
            drop(waiting);
            self.runtime.spawn_callbacks(Arc::clone(self).serve());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(self: Arc<Self>) {
        while let Some(job) = self.next() {
            let done = match job {
                Job::Blocking(first) => {
                    let queue = Arc::clone(&self);
                    self.runtime
                        .spawn_blocking(move || queue.run_blocking(first))
                        .await
                }
                Job::Async(job) => self.runtime.spawn(job).await,
                Job::Deferred(jobs) => {
                    self.push_front(jobs());
                    continue;
                }
            };
            if let Err(error) = done
                && let Ok(panic) = error.try_into_panic()
            {
                report(panic.as_ref());
            }
        }
    }

    /// Runs a job and those that follow until one is async, without a change of threads.
    fn run_blocking(&self, first: Box<dyn FnOnce() + Send>) {
        let mut next = Some(first);
        while let Some(job) = next {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(job)) {
                report(panic.as_ref());
            }
            next = self.next_blocking();
        }
    }

    fn next_blocking(&self) -> Option<Box<dyn FnOnce() + Send>> {
        let jobs = &mut self.lock().jobs;
        match jobs.pop_front()? {
            Job::Blocking(job) => Some(job),
            job @ (Job::Async(_) | Job::Deferred(_)) => {
                jobs.push_front(job);
                None
            }
        }
    }

    /// Puts jobs before all others.
    fn push_front(&self, jobs: Vec<Job>) {
        let mut waiting = self.lock();
        for job in jobs.into_iter().rev() {
            waiting.jobs.push_front(job);
        }
    }

    fn next(&self) -> Option<Job> {
        let mut waiting = self.lock();
        let job = waiting.jobs.pop_front();
        waiting.is_served = job.is_some();
        job
    }
}

fn report(panic: &(dyn Any + Send)) {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of an unknown kind");
    tracing::error!("a callback panicked: {message}");
}
