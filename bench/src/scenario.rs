//! The scenarios, and one run of one of them.
//!
//! A server under test is a command that gets `SCENARIO PORT SECONDS CLIENTS`, prints `ready` when
//! its scene exists, waits for that many viewers, does what the scenario says and prints one JSON
//! object on its last line.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long the server and the load may take beyond the scenario's own seconds.
const GRACE: Duration = Duration::from_secs(40);

/// One row of the plan.
pub struct Scenario {
    /// What the server is asked to do.
    pub name: &'static str,
    /// How many viewers watch.
    pub clients: u32,
    /// For how long.
    pub seconds: u32,
    /// Further flags of `loadgen`.
    pub flags: &'static [&'static str],
}

const fn row(
    name: &'static str,
    clients: u32,
    seconds: u32,
    flags: &'static [&'static str],
) -> Scenario {
    Scenario {
        name,
        clients,
        seconds,
        flags,
    }
}

/// All scenarios.
pub const PLAN: [Scenario; 17] = [
    row("marks", 1, 5, &["--decode"]),
    row("poses", 1, 5, &["--decode"]),
    row("poses", 8, 5, &["--decode"]),
    row("poses", 32, 5, &["--decode"]),
    row("poses", 128, 5, &["--decode"]),
    row("poses_plain", 1, 5, &["--decode"]),
    row("poses_plain", 8, 5, &["--decode"]),
    row("poses_plain", 32, 5, &["--decode"]),
    row("poses_plain", 128, 5, &["--decode"]),
    row("cloud", 1, 5, &[]),
    row("cloud", 8, 5, &[]),
    row("replay", 1, 14, &["--until-replay"]),
    row("replay", 16, 25, &["--until-replay"]),
    row("push", 1, 5, &[]),
    row("inbound", 1, 12, &["--decode", "--flood", "20000"]),
    row(
        "flood",
        4,
        5,
        &["--decode", "--watch-last", "--flood", "20000", "--endless"],
    ),
    row("upload", 1, 10, &["--decode", "--upload-mib", "200"]),
];

/// Runs one scenario on one server. What goes wrong is part of the result.
pub fn run(scenario: &Scenario, server: &[&str], port: u16, loadgen: &Path) -> Value {
    match measure(scenario, server, port, loadgen) {
        Ok(result) => result,
        Err(error) => json!({ "error": format!("{error:#}") }),
    }
}

fn measure(scenario: &Scenario, server: &[&str], port: u16, loadgen: &Path) -> Result<Value> {
    let [program, args @ ..] = server else {
        bail!("a server's command is empty");
    };
    let mut server = Server(
        Command::new(program)
            .args(args)
            .arg(scenario.name)
            .args([u32::from(port), scenario.seconds, scenario.clients].map(|n| n.to_string()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot run {program}"))?,
    );
    let mut said = BufReader::new(server.0.stdout.take().context("no standard output")?);
    wait_until_ready(&mut said)?;

    let load = Command::new(loadgen)
        .arg(format!("ws://127.0.0.1:{port}/"))
        .args(["--clients", &scenario.clients.to_string()])
        .args(["--seconds", &(scenario.seconds + 1).to_string()])
        .args(scenario.flags)
        .output()
        .with_context(|| format!("cannot run {}", loadgen.display()))?;
    let viewer: Value = serde_json::from_slice(&load.stdout)
        .with_context(|| format!("loadgen said: {}", String::from_utf8_lossy(&load.stderr)))?;

    let deadline = Instant::now() + Duration::from_secs(scenario.seconds.into()) + GRACE;
    let rest = thread::spawn(move || {
        let mut text = String::new();
        said.read_to_string(&mut text).map(|_| text)
    });
    while server.0.try_wait()?.is_none() {
        if Instant::now() > deadline {
            bail!("the server did not end");
        }
        thread::sleep(Duration::from_millis(20));
    }
    let rest = match rest.join() {
        Ok(text) => text?,
        Err(_) => bail!("cannot read what the server said"),
    };
    let last = rest.lines().rev().find(|line| line.starts_with('{'));
    let server: Value = serde_json::from_str(last.context("the server printed no result")?)?;
    let marks = viewer.pointer("/lat_ms/n").and_then(Value::as_f64);
    let delivered = marks.map(|marks| marks / f64::from(scenario.seconds));
    Ok(json!({ "viewer": viewer, "server": server, "delivered_per_s": delivered }))
}

/// A server's process, ended with the run whatever happened in it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only for a process that has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn wait_until_ready(said: &mut BufReader<ChildStdout>) -> Result<()> {
    let mut line = String::new();
    while line.trim() != "ready" {
        line.clear();
        if said.read_line(&mut line)? == 0 {
            bail!("the server ended before it was ready");
        }
    }
    Ok(())
}
