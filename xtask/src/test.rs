//! `cargo xtask test`: everything that can be checked, and one line of counts.

mod count;

use crate::{
    bundle::{self, Profile},
    paths, process,
    progress::{self, Step},
    setup::{axe, chromium, firefox, graphics, python, typescript},
    tidy, toolchain,
};
use anyhow::{Error, Result};
use count::Counts;
use std::{path::PathBuf, process::Command, thread};

/// What the browser tests need of this machine.
struct Tools {
    chromium: PathBuf,
    tsc: PathBuf,
    axe: PathBuf,
}

/// Runs all checks, even after one failed.
///
/// # Errors
/// Fails when any check failed or could not run.
pub(crate) fn run() -> Result<()> {
    let mut counts = Counts::default();
    // The client's compiler ends on one core, and packages come over the network: room for lints.
    let (bundle, python, tools) = thread::scope(|scope| {
        let bundle = scope.spawn(|| bundle::make(Profile::Release));
        let python = scope.spawn(|| progress::step("Python packages", python::ensure));
        // One after the other: apt lets nobody else in.
        let tools = scope.spawn(|| {
            let chromium = progress::step("Chromium", chromium::ensure)?;
            progress::step("Firefox", firefox::ensure)?;
            progress::step("OpenGL and fonts", graphics::ensure)?;
            let tsc = progress::step("TypeScript", typescript::ensure)?;
            let axe = progress::step("axe-core", axe::ensure)?;
            Ok(Tools { chromium, tsc, axe })
        });
        lints(&mut counts);
        (
            progress::join(bundle),
            progress::join(python),
            progress::join(tools),
        )
    });
    // The server embeds the bundle, so that its own tests are compiled after it.
    let has_bundle = bundle.is_ok();
    counts.add_check("bundle", bundle);
    rust_tests(&mut counts);
    match python.and(tools) {
        Ok(tools) if has_bundle => browser_tests(&mut counts, &tools),
        Ok(_) => counts.add_failure("browser tests", &Error::msg("there is no bundle")),
        Err(error) => counts.add_failure("browser tests", &error),
    }
    counts.finish()
}

/// Formatting, clippy for both halves, documentation, the tree's own rules: one count each.
fn lints(counts: &mut Counts) {
    counts.add_check("tidy", tidy::run());
    let mut check = |name: &str, mut command: Command| {
        let log = name.replace(' ', "-");
        let result = progress::step(name, |step: &Step| process::run(step, &log, &mut command));
        counts.add_check(name, result);
    };
    let cargo = |args: &[&str]| {
        let mut command = process::cargo();
        command.args(args);
        command
    };
    check("fmt", cargo(&["fmt", "--all", "--check"]));
    check(
        "clippy",
        cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
    );
    let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    check("doc", doc);
    match toolchain::ensure() {
        Ok(()) => check(
            "clippy for wasm32",
            cargo(&[
                "clippy",
                "--package",
                "scenecast-client",
                "--package",
                "scenecast-dom",
                "--target",
                toolchain::TARGET,
                "--",
                "-D",
                "warnings",
            ]),
        ),
        Err(error) => counts.add_failure("clippy for wasm32", &error),
    }
}

fn rust_tests(counts: &mut Counts) {
    let mut command = process::cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    counts.add_cargo_tests(&mut command);
}

/// The programs that the browser tests start, and those tests.
fn browser_tests(counts: &mut Counts, tools: &Tools) {
    let built = progress::step("programs for the browser tests", |step| {
        // The whole workspace, as for its tests: another choice of packages would choose other
        // features, and compile half of everything again.
        let mut cargo = process::cargo();
        cargo.args(["build", "--workspace", "--bins", "--examples"]);
        process::run(step, "programs", &mut cargo)
    });
    if let Err(error) = built {
        return counts.add_failure("browser tests", &error);
    }
    let report = paths::own().join("pytest.xml");
    let mut command = process::command(paths::venv().join("bin/python"));
    command
        .args(["-m", "pytest", "tests", "--junitxml"])
        .arg(&report)
        .env("SCENECAST_CHROMIUM", &tools.chromium)
        .env("SCENECAST_TSC", &tools.tsc)
        .env("SCENECAST_AXE", &tools.axe)
        .env("SCENECAST_PROGRAMS", paths::target().join("debug"))
        .env("SCENECAST_PICTURES", paths::own().join("pictures"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    counts.add_pytest(&mut command, &report);
}
