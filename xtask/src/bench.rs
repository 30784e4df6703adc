//! `cargo xtask bench`: measurements beside the rivals.

use crate::{paths, process, progress, setup::python};
use anyhow::{Context, Result, bail};

/// Measures our server and viser's in one run; prints one table with ratios. Without scenarios all
/// of them run.
pub(crate) fn server(scenarios: &[&str]) -> Result<()> {
    progress::step("Python packages", python::ensure)?;
    progress::step("bench_server", |step| {
        let mut cargo = process::cargo();
        cargo.args(["build", "--release", "--package", "scenecast"]);
        cargo.args(["--example", "bench_server"]);
        process::run(step, "bench-server", &mut cargo)
    })?;
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
    let status = progress::quietly(|| command.status()).context("cannot run the benchmark")?;
    if !status.success() {
        bail!("the benchmark ended with {status}");
    }
    Ok(())
}
