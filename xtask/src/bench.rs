//! `cargo xtask bench`: measurements beside the rivals.

use crate::{
    bundle::{self, Profile},
    paths, process, progress,
    setup::{chromium, python},
};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Measures our server and viser's in one run; prints one table with ratios. Without scenarios all
/// of them run.
pub(crate) fn server(scenarios: &[&str]) -> Result<()> {
    progress::step("Python packages", python::ensure)?;
    build_example("bench_server")?;
    progress::step("load generator", |step| {
        let mut cargo = process::cargo();
        cargo.args(["build", "--release", "--package", "scenecast-bench"]);
        process::run(step, "bench", &mut cargo)
    })?;

    let release = paths::target().join("release");
    let rival = paths::root().join("bench/server_viser.py");
    let mut command = process::command(release.join("compare_servers"));
    command
        .arg(paths::own().join("bench-server.json"))
        .arg(format!(
            "viser={} {}",
            paths::venv().join("bin/python").display(),
            rival.display()
        ))
        .arg(format!(
            "scenecast={}",
            release.join("examples/bench_server").display()
        ))
        .args(scenarios);
    run(command)
}

/// Measures our client and viser's on the same scenes in one browser; prints one table with
/// ratios. Without names all scenes are shown.
pub(crate) fn client(scenes: &[&str]) -> Result<()> {
    bundle::make(Profile::Release)?;
    progress::step("Python packages", python::ensure)?;
    let chromium = progress::step("Chromium", chromium::ensure)?;
    build_example("bench_scenes")?;

    let mut command = process::command(paths::venv().join("bin/python"));
    command
        .arg(paths::root().join("bench/clients.py"))
        .args(scenes)
        .env("SCENECAST_CHROMIUM", chromium)
        .env("SCENECAST_PROGRAMS", paths::target().join("release"))
        .env("SCENECAST_RESULTS", paths::own().join("bench-client.json"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    run(command)
}

/// Records the same data with us and with viser; prints one table with ratios. Without scenarios all
/// of them run.
pub(crate) fn recording(scenarios: &[&str]) -> Result<()> {
    progress::step("Python packages", python::ensure)?;
    build_example("bench_recording")?;
    let mut command = process::command(paths::venv().join("bin/python"));
    command
        .arg(paths::root().join("bench/recordings.py"))
        .args(scenarios)
        .env("SCENECAST_PROGRAMS", paths::target().join("release"))
        .env(
            "SCENECAST_RESULTS",
            paths::own().join("bench-recording.json"),
        )
        .env("PYTHONDONTWRITEBYTECODE", "1");
    run(command)
}

/// Measures how our client plays sequences of a hub; prints one table. Without scenarios all of them
/// run.
pub(crate) fn hub(scenarios: &[&str]) -> Result<()> {
    bundle::make(Profile::Release)?;
    progress::step("Python packages", python::ensure)?;
    let chromium = progress::step("Chromium", chromium::ensure)?;
    progress::step("scenecast", |step| {
        let mut cargo = process::cargo();
        cargo.args([
            "build",
            "--release",
            "--package",
            "scenecast",
            "--bin",
            "scenecast",
        ]);
        process::run(step, "scenecast", &mut cargo)
    })?;
    let mut command = process::command(paths::venv().join("bin/python"));
    command
        .arg(paths::root().join("bench/hub.py"))
        .args(scenarios)
        .env("SCENECAST_CHROMIUM", chromium)
        .env("SCENECAST_PROGRAMS", paths::target().join("release"))
        .env("SCENECAST_RESULTS", paths::own().join("bench-hub.json"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    run(command)
}

fn build_example(name: &str) -> Result<()> {
    progress::step(name, |step| {
        let mut cargo = process::cargo();
        cargo.args(["build", "--release", "--package", "scenecast"]);
        cargo.args(["--example", name]);
        process::run(step, name, &mut cargo)
    })
}

fn run(mut command: Command) -> Result<()> {
    let status = progress::quietly(|| command.status()).context("cannot run the benchmark")?;
    if !status.success() {
        bail!("the benchmark ended with {status}");
    }
    Ok(())
}
