//! The end of a program that does not end by itself.

use std::{
    fs,
    process::{Child, Command},
    sync::mpsc::{self, RecvTimeoutError},
    thread::{self, JoinHandle},
    time::Duration,
};

/// Kills a program and all that it started once its time is over.
///
/// Killing a program alone would leave what it started holding its output: whoever reads that
/// would go on waiting.
pub(crate) struct Limit {
    /// Says that the program ended by itself when it is dropped.
    ended: mpsc::Sender<()>,
    watch: JoinHandle<bool>,
}

impl Limit {
    pub(crate) fn new(child: &Child, limit: Duration) -> Self {
        let (ended, end) = mpsc::channel();
        let id = child.id();
        let watch = thread::spawn(move || {
            let is_over = end.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
            if is_over {
                kill_with_descendants(id);
            }
            is_over
        });
        Self { ended, watch }
    }

    /// Whether the time was over; to be asked when the program has ended.
    pub(crate) fn was_reached(self) -> bool {
        drop(self.ended);
        self.watch.join().unwrap_or(false)
    }
}

/// Stops it first: it would start the next when one of its programs ends.
fn kill_with_descendants(id: u32) {
    signal("STOP", id);
    for child in children(id) {
        kill_with_descendants(child);
    }
    signal("KILL", id);
}

/// Signals a process; who is gone is gone.
fn signal(name: &str, id: u32) {
    // The shell has `kill` built in; it is no program of its own everywhere.
    let kill = format!("kill -{name} {id} 2>/dev/null");
    let _ = Command::new("sh").args(["-c", &kill]).status();
}

/// What a process's threads have started and is still there, as Linux tells; elsewhere nothing.
fn children(id: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{id}/task"))
        .into_iter()
        .flatten();
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            list.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Limit;
    use std::{
        io::Read,
        process::{Command, Stdio},
        time::{Duration, Instant},
    };

    fn run(script: &str, limit: Duration) -> (String, bool) {
        let mut child = Command::new("sh")
            .args(["-c", script])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let limit = Limit::new(&child, limit);
        let mut said = String::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        child.wait().unwrap();
        (said, limit.was_reached())
    }

    #[test]
    fn what_ends_in_time_is_left_alone() {
        assert_eq!(
            run("echo done", Duration::from_secs(60)),
            ("done\n".into(), false)
        );
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_hangs_is_ended_with_what_it_started() {
        let started = Instant::now();
        let (said, was_reached) = run(
            "echo on; (sleep 60; echo no) | cat; echo no",
            Duration::from_millis(200),
        );
        assert_eq!((&*said, was_reached), ("on\n", true));
        assert!(started.elapsed() < Duration::from_secs(50));
    }
}
