//! `scenecast record`: what a running server shows, as a recording.

mod connection;
pub(crate) mod convert;
pub(crate) mod journal;

use super::{Failure, serve};
use connection::Connection;
use convert::Converted;
use indicatif::{BinaryBytes, HumanCount, ProgressBar};
use journal::Journal;
use std::{
    fmt, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// What to record, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct RecordOptions {
    /// The server: ws://localhost:8080, or what its page has in the address bar
    url: String,
    /// The recording to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// End after this many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    seconds: Option<Duration>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

pub(crate) fn run(options: &RecordOptions) -> Result<(), Failure> {
    let output = &options.output;
    let path = journal::path_for(output);
    let stop = serve::stop_signal()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut stopped = runtime.spawn_blocking(move || stop.recv());
    let recorded = runtime.block_on(async {
        let connection = tokio::select! {
            connection = Connection::open(&options.url) => connection.map_err(Failure::bad_input)?,
            _ = &mut stopped => return Ok(false),
        };
        let journal =
            Journal::create(&path).map_err(|error| cannot_start(output, &path, &error))?;
        let end = async {
            match options.seconds {
                Some(seconds) => tokio::time::sleep(seconds).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            ended = record(connection, journal) => ended?,
            () = end => {}
            _ = &mut stopped => {}
        }
        Ok::<_, Failure>(true)
    });
    // The thread that waits for signals is not waited for.
    runtime.shutdown_background();
    if recorded? {
        finish(&path, output)?;
    }
    Ok(())
}

fn cannot_start(output: &Path, journal: &Path, error: &std::io::Error) -> Failure {
    let journal = journal.display();
    Failure::bad_input(match error.kind() {
        ErrorKind::AlreadyExists => format!(
            "{journal} exists: another `record` is writing it, or was killed; \
             `scenecast repair {}` saves what it has",
            output.display()
        ),
        _ => format!("cannot write {journal}: {error}"),
    })
}

/// Writes down what comes until the server ends. The journal knows the time when this is dropped.
async fn record(mut connection: Connection, journal: Journal) -> Result<(), Failure> {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(100));
    let mut recording = Recording {
        journal,
        start: Instant::now(),
        windows: 0,
        bytes: 0,
    };
    while let Some(payload) = connection.next().await? {
        recording.append(&payload)?;
        bar.set_message(format!("{recording}; Ctrl-C ends it"));
    }
    bar.finish_and_clear();
    tracing::warn!("the server has ended the connection");
    Ok(())
}

struct Recording {
    journal: Journal,
    start: Instant,
    windows: u64,
    bytes: u64,
}

impl Recording {
    fn append(&mut self, payload: &[u8]) -> std::io::Result<()> {
        self.windows += 1;
        self.bytes += payload.len() as u64;
        let arrived_secs = self.start.elapsed().as_secs_f64();
        self.journal.append(arrived_secs, payload)
    }
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.1} s, {} windows, {}",
            self.start.elapsed().as_secs_f64(),
            HumanCount(self.windows),
            BinaryBytes(self.bytes)
        )
    }
}

impl Drop for Recording {
    /// However it ends: the recording lasts until now.
    fn drop(&mut self) {
        let now = self.start.elapsed().as_secs_f64();
        if let Err(error) = self.journal.append(now, &[]) {
            tracing::warn!("the recording ends with its last message: {error}");
        }
    }
}

/// Makes a recording of a journal and removes the journal.
pub(crate) fn finish(journal: &Path, output: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        let (journal, output) = (journal.display(), output.display());
        Failure::bad_input(format!("cannot make {output} of {journal}: {error}"))
    };
    let Converted {
        messages,
        duration_secs,
        rejected,
        lost_bytes,
    } = convert::convert(journal, output).map_err(failed)?;
    if rejected > 0 {
        tracing::warn!("{rejected} messages could not be read and are left out");
    }
    if lost_bytes > 0 {
        tracing::warn!("the last {lost_bytes} bytes of the journal are damaged and are left out");
    }
    let size = fs::metadata(output).map_or(0, |metadata| metadata.len());
    println!(
        "{}: {duration_secs:.1} s, {} messages, {}",
        output.display(),
        HumanCount(messages as u64),
        BinaryBytes(size)
    );
    fs::remove_file(journal).map_err(failed)
}
