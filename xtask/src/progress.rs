//! What the terminal shows while steps run: one line per finished step, and below them one line
//! that tells what is running, for how long and how far.

use anyhow::{Error, Result, bail};
use std::{
    io::{IsTerminal, Write},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Without a terminal a line appears this often, so that a log shows that work goes on.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A step that is running. Clones speak for the same step.
#[derive(Clone)]
pub(crate) struct Step {
    name: String,
    started: Instant,
    detail: Arc<Mutex<String>>,
    up_to_date: Arc<AtomicBool>,
}

impl Step {
    /// Says how far the step is, such as `12/80`.
    pub(crate) fn set_detail(&self, detail: &str) {
        detail.clone_into(&mut lock(&self.detail));
    }

    /// Says that there was nothing to do.
    pub(crate) fn set_up_to_date(&self) {
        self.up_to_date.store(true, Ordering::Relaxed);
    }

    fn describe(&self) -> String {
        let secs = self.started.elapsed().as_secs();
        let detail = lock(&self.detail);
        let gap = if detail.is_empty() { "" } else { " " };
        format!("{}{gap}{detail} {secs} s", self.name)
    }
}

#[derive(Default)]
struct Board {
    running: Vec<Step>,
    /// While a child process owns the terminal nothing may be drawn over it.
    paused: bool,
}

fn board() -> &'static Mutex<Board> {
    static BOARD: OnceLock<Mutex<Board>> = OnceLock::new();
    BOARD.get_or_init(|| {
        thread::spawn(draw_for_ever);
        Mutex::default()
    })
}

/// A panic elsewhere must not silence the terminal.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn draw_for_ever() {
    let terminal = std::io::stderr().is_terminal();
    let pause = if terminal {
        Duration::from_millis(200)
    } else {
        HEARTBEAT
    };
    loop {
        thread::sleep(pause);
        let board = lock(board());
        if board.paused || board.running.is_empty() {
            continue;
        }
        let line: Vec<String> = board.running.iter().map(Step::describe).collect();
        let line = line.join(" · ");
        let mut out = std::io::stderr();
        // The terminal may be gone; there is nobody left to tell then.
        let _ = if terminal {
            // Without line wrap a long line cannot push others up.
            write!(out, "\r\x1b[2K\x1b[?7l    … {line}\x1b[?7h").and_then(|()| out.flush())
        } else {
            writeln!(out, "    … {line}")
        };
    }
}

/// Removes the line of running steps, so that something else can be printed.
pub(crate) fn clear() {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[2K");
    }
}

/// Prints a remark about the running step.
pub(crate) fn note(text: &str) {
    let _board = lock(board());
    clear();
    eprintln!("    ! {text}");
}

/// Runs a step and reports its time.
pub(crate) fn step<T>(name: &str, work: impl FnOnce(&Step) -> Result<T>) -> Result<T> {
    let step = Step {
        name: name.to_owned(),
        started: Instant::now(),
        detail: Arc::default(),
        up_to_date: Arc::default(),
    };
    lock(board()).running.push(step.clone());
    let result = work(&step);
    let mut board = lock(board());
    board
        .running
        .retain(|other| !Arc::ptr_eq(&other.detail, &step.detail));
    clear();
    let secs = step.started.elapsed().as_secs_f64();
    match &result {
        Err(_) => eprintln!("  ✗ {name} ({secs:.1} s)"),
        Ok(_) if step.up_to_date.load(Ordering::Relaxed) => {
            eprintln!("  ✓ {name}: up to date");
        }
        Ok(_) => eprintln!("  ✓ {name} ({secs:.1} s)"),
    }
    result
}

/// Lets a child process have the terminal to itself.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    {
        let mut board = lock(board());
        board.paused = true;
        clear();
    }
    let result = work();
    lock(board()).paused = false;
    result
}

/// Work of one or more steps, to be run beside other work.
pub(crate) type Task<'a> = Box<dyn FnOnce() -> Result<()> + Send + 'a>;

/// Runs tasks at the same time and waits for all of them.
///
/// # Errors
/// The first failure, in the order given; the others' logs stay on disk.
pub(crate) fn together(tasks: Vec<Task<'_>>) -> Result<()> {
    thread::scope(|scope| {
        let running: Vec<_> = tasks.into_iter().map(|task| scope.spawn(task)).collect();
        let results: Vec<Result<(), Error>> = running.into_iter().map(join).collect();
        results.into_iter().collect()
    })
}

/// Waits for a thread's result.
pub(crate) fn join<T>(thread: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    match thread.join() {
        Ok(result) => result,
        Err(_) => bail!("a step panicked"),
    }
}
