//! Runs other programs.

mod limit;

use crate::{
    paths,
    progress::{self, Step},
};
use anyhow::{Context, Result, bail};
pub(crate) use limit::Limit;
use std::{
    ffi::OsStr,
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

/// How much of a failed program's log is printed.
const LOG_TAIL_LINES: usize = 60;

/// A command in the project's root, free of the variables that `cargo run` gave this program.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root()).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || text == "CARGO_BIN_NAME"
            || text == "CARGO_CRATE_NAME"
            || text == "CARGO_PRIMARY_PACKAGE"
        {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started this program.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The full path of a program on `PATH`.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// What a command prints, trimmed; `None` where it is missing or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Runs a command to its end. Its output goes to a log named like the step and is shown only when
/// it fails; of cargo's the progress is shown beside the step.
pub(crate) fn run(step: &Step, log: &str, command: &mut Command) -> Result<()> {
    run_within(step, log, command, None)
}

/// The same with a limit of time, after which the program is killed with all that it started.
pub(crate) fn run_within(
    step: &Step,
    log: &str,
    command: &mut Command,
    limit: Option<Duration>,
) -> Result<()> {
    let folder = paths::own().join("logs");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let log = folder.join(format!("{log}.log"));
    let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let file = Arc::new(Mutex::new(file));
    let name = command.get_program().to_string_lossy().into_owned();

    let mut child = command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {name}"))?;
    let limit = limit.map(|limit| Limit::new(&child, limit));
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let status = thread::scope(|scope| {
        scope.spawn(|| stdout.map(|pipe| follow(pipe, &file, step)));
        scope.spawn(|| stderr.map(|pipe| follow(pipe, &file, step)));
        child.wait()
    })?;
    if limit.is_some_and(Limit::was_reached) {
        bail!(
            "{name} did not end in time; all it said is in {}",
            log.display()
        );
    }
    if !status.success() {
        show_tail(&log);
        bail!(
            "{name} failed ({status}); all it said is in {}",
            log.display()
        );
    }
    Ok(())
}

/// Copies a program's output into its log, line by line; cargo's progress bar becomes the detail
/// of the step.
fn follow(mut pipe: impl Read, log: &Mutex<File>, step: &Step) {
    let mut line = Vec::new();
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = pipe.read(&mut chunk) {
        for &byte in &chunk[..count] {
            line.push(byte);
            if byte != b'\n' && byte != b'\r' {
                continue;
            }
            let text = String::from_utf8_lossy(&line);
            match text.split_once("Building [") {
                Some((_, bar)) => step.set_detail(counts(bar)),
                None => {
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    // A full disk shows in what the program itself cannot write.
                    let _ = log.write_all(text.as_bytes());
                }
            }
            line.clear();
        }
    }
}

/// The `12/80` of cargo's `=====>   ] 12/80: serde, …`.
fn counts(bar: &str) -> &str {
    let after = bar.split_once("] ").map_or("", |(_, after)| after);
    after.split([':', ' ']).next().unwrap_or_default()
}

fn show_tail(log: &Path) {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    progress::quietly(|| {
        for line in &lines[lines.len().saturating_sub(LOG_TAIL_LINES)..] {
            eprintln!("      {line}");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn reads_cargos_progress_bar() {
        assert_eq!(counts("=====>      ] 12/80: serde, syn"), "12/80");
        assert_eq!(counts("nothing of the kind"), "");
    }
}
