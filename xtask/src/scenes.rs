//! `cargo xtask scenes`: the reference scenes and how three renderers show them.

use crate::{
    bundle::{self, Profile},
    paths, process, progress,
    setup::{chromium, graphics, python},
};
use anyhow::{Context, Result, bail};

/// Writes a recording for each kind of node and option, has all of them drawn natively, by our
/// client and by viser's, and puts the pictures side by side. With names only scenes whose names
/// contain one of them.
pub(crate) fn run(names: &[&str]) -> Result<()> {
    bundle::make(Profile::Release)?;
    progress::step("Python packages", python::ensure)?;
    let chromium = progress::step("Chromium", chromium::ensure)?;
    progress::step("OpenGL and fonts", graphics::ensure)?;
    progress::step("scenecast and its scenes", |step| {
        let mut cargo = process::cargo();
        cargo.args(["build", "--workspace", "--bins", "--examples"]);
        process::run(step, "scenes", &mut cargo)
    })?;

    let folder = paths::own().join("scenes");
    let programs = paths::target().join("debug");
    progress::step("recordings", |step| {
        let mut command = process::command(programs.join("examples/reference_scenes"));
        command.arg(&folder).args(names);
        process::run(step, "scenes", &mut command)
    })?;
    let mut command = process::command(paths::venv().join("bin/python"));
    command
        .arg(paths::root().join("tests/browser/contact_sheet.py"))
        .arg(&folder)
        .args(names)
        .env("SCENECAST_CHROMIUM", chromium)
        .env("SCENECAST_PROGRAMS", programs)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let status = progress::quietly(|| command.status()).context("cannot run Python")?;
    if !status.success() {
        bail!("drawing the scenes ended with {status}");
    }
    println!("see {}", folder.join("index.html").display());
    Ok(())
}
