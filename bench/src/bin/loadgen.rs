//! `loadgen URL [--clients N] [--seconds S] [--decode] [--watch-last] [--until-replay]
//! [--flood COUNT] [--endless] [--upload-mib SIZE] [--version V]`: N viewers of a live server;
//! prints one JSON object.
//!
//! Only the first viewer decodes with `--decode`, floods with `--flood` and uploads: the load is to
//! measure the server, not itself. With `--watch-last` the last one decodes too, and its latencies
//! are reported: how the others fare meanwhile.

use anyhow::{Context, Result, bail};
use scenecast_bench::{
    clock::monotonic_secs,
    statistics::summary,
    viewer::{self, Plan, Seen},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

struct Options {
    url: String,
    version: String,
    clients: usize,
    secs: f64,
    until_replay: bool,
    decode: bool,
    watch_last: bool,
    flood: u64,
    endless: bool,
    upload: u64,
}

impl Options {
    fn parse(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let mut options = Self {
            url: args.next().context("usage: loadgen URL [FLAGS…]")?,
            version: "1.1.1".to_owned(),
            clients: 1,
            secs: 5.0,
            until_replay: false,
            decode: false,
            watch_last: false,
            flood: 0,
            endless: false,
            upload: 0,
        };
        while let Some(flag) = args.next() {
            let mut value = || args.next().with_context(|| format!("{flag} takes a value"));
            match flag.as_str() {
                "--clients" => options.clients = value()?.parse()?,
                "--seconds" => options.secs = value()?.parse()?,
                "--version" => options.version = value()?,
                "--flood" => options.flood = value()?.parse()?,
                "--watch-last" => options.watch_last = true,
                "--endless" => options.endless = true,
                "--upload-mib" => options.upload = value()?.parse::<u64>()? << 20,
                "--until-replay" => options.until_replay = true,
                "--decode" => options.decode = true,
                _ => bail!("{flag} is not a flag of loadgen"),
            }
        }
        Ok(options)
    }

    /// Whose latencies count.
    fn watched(&self) -> usize {
        if self.watch_last {
            self.clients.saturating_sub(1)
        } else {
            0
        }
    }

    fn plan(&self, index: usize, until: Instant) -> Plan {
        Plan {
            url: self.url.clone(),
            version: self.version.clone(),
            until,
            until_replay: self.until_replay,
            decode: self.decode && (index == 0 || index == self.watched()),
            flood: if index == 0 { self.flood } else { 0 },
            endless: self.endless,
            upload: if index == 0 { self.upload } else { 0 },
        }
    }
}

fn main() -> Result<()> {
    let options = Options::parse(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let started = monotonic_secs();
    let until = Instant::now() + Duration::from_secs_f64(options.secs);
    let seen = runtime.block_on(async {
        let viewers: Vec<_> = (0..options.clients)
            .map(|index| tokio::spawn(viewer::run(options.plan(index, until))))
            .collect();
        let mut seen = Vec::with_capacity(viewers.len());
        for viewer in viewers {
            seen.push(viewer.await?);
        }
        Ok::<_, anyhow::Error>(seen)
    })?;
    let report = report(&seen, options.watched(), monotonic_secs() - started)?;
    println!("{report}");
    Ok(())
}

fn report(seen: &[Seen], watched: usize, wall_secs: f64) -> Result<Value> {
    let first = seen.first().context("--clients 0 measures nothing")?;
    let watched = seen.get(watched).unwrap_or(first);
    let bytes: u64 = seen.iter().map(|viewer| viewer.bytes).sum();
    let frames: u64 = seen.iter().map(|viewer| viewer.frames).sum();
    let replays: Vec<f64> = seen
        .iter()
        .filter_map(|viewer| viewer.replay_secs)
        .collect();
    let connects: Vec<f64> = seen.iter().map(|viewer| viewer.connect_secs).collect();
    let errors: Vec<&String> = seen
        .iter()
        .filter_map(|viewer| viewer.error.as_ref())
        .collect();
    Ok(json!({
        "clients": seen.len(),
        "wall_s": wall_secs,
        "bytes": bytes,
        "MBps": bytes as f64 / wall_secs / 1e6,
        "frames": frames,
        "frames_per_client_s": frames as f64 / seen.len() as f64 / wall_secs,
        "bytes_client0": first.bytes,
        "messages_client0": first.types.values().sum::<u64>(),
        "types_client0": first.types,
        "lat_ms": summary(&watched.latencies, 1e3),
        "replay_s": summary(&replays, 1.0),
        "connect_s": summary(&connects, 1.0),
        "errors": errors.len(),
        "first_errors": errors.iter().take(3).collect::<Vec<_>>(),
    }))
}
