//! Counts of what passed and what did not, over all kinds of checks.

use crate::{process::Limit, progress};
use anyhow::{Context, Error, Result, bail};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    time::Duration,
};

/// How long all Rust tests, and all browser tests, may take: several times what they do, so that
/// one that hangs is a failure that names it.
const LIMIT: Duration = Duration::from_secs(35 * 60);

/// What was counted so far.
#[derive(Default)]
pub(super) struct Counts {
    passed: u64,
    failed: u64,
    skipped: u64,
    /// Where to look: one line per check with a failure.
    failures: Vec<String>,
}

impl Counts {
    /// Counts a check that passes or fails as a whole.
    pub(super) fn add_check(&mut self, name: &str, result: Result<()>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(error) => self.add_failure(name, &error),
        }
    }

    /// Counts a check that failed, or could not run.
    pub(super) fn add_failure(&mut self, name: &str, error: &Error) {
        self.failed += 1;
        self.failures.push(format!("{name}: {error:#}"));
    }

    /// Runs `cargo test`, shows what it prints and adds up its results.
    pub(super) fn add_cargo_tests(&mut self, command: &mut Command) {
        let failed_before = self.failed;
        let result = progress::quietly(|| -> Result<bool> {
            let mut child = command.stdout(Stdio::piped()).spawn()?;
            let limit = Limit::new(&child, LIMIT);
            let stdout = child.stdout.take().context("no standard output")?;
            for line in BufReader::new(stdout).lines() {
                let line = line?;
                println!("{line}");
                self.add_cargo_result(&line);
            }
            ended_in_time(child.wait()?, limit)
        });
        match result {
            Ok(true) => {}
            Ok(false) if self.failed > failed_before => {
                self.failures.push("cargo test: see above".to_owned());
            }
            // It did not come as far as running a test.
            Ok(false) => {
                self.add_failure("cargo test", &Error::msg("the tests do not compile"));
            }
            Err(error) => self.add_failure("cargo test", &error),
        }
    }

    /// Adds a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`; passes over others.
    fn add_cargo_result(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        let count = |word: &str| -> u64 {
            let mut words = result.split([' ', ';', '.']).filter(|w| !w.is_empty());
            let mut last = "";
            words
                .find_map(|next| {
                    let number = if next == word {
                        last.parse().ok()
                    } else {
                        None
                    };
                    last = next;
                    number
                })
                .unwrap_or(0)
        };
        self.passed += count("passed");
        self.failed += count("failed");
        self.skipped += count("ignored");
    }

    /// Runs pytest, shows what it prints and reads the counts from its report.
    pub(super) fn add_pytest(&mut self, command: &mut Command, report: &Path) {
        let result = progress::quietly(|| -> Result<bool> {
            if report.exists() {
                std::fs::remove_file(report)?;
            }
            let mut child = command.spawn().context("cannot run pytest")?;
            let limit = Limit::new(&child, LIMIT);
            let has_passed = ended_in_time(child.wait()?, limit)?;
            let text = std::fs::read_to_string(report).context("pytest wrote no report")?;
            self.add_report(&text)?;
            Ok(has_passed)
        });
        match result {
            Ok(true) => {}
            Ok(false) => self.failures.push("browser tests: see above".to_owned()),
            Err(error) => self.add_failure("browser tests", &error),
        }
    }

    /// Adds the totals of a JUnit report with one suite.
    fn add_report(&mut self, report: &str) -> Result<()> {
        let (_, suite) = report
            .split_once("<testsuite ")
            .context("pytest's report has no suite")?;
        let suite = suite.split('>').next().unwrap_or_default();
        let count = |name: &str| -> Result<u64> {
            let (_, value) = suite
                .split_once(&format!(" {name}=\""))
                .with_context(|| format!("pytest's report has no {name}"))?;
            let value = value.split('"').next().unwrap_or_default();
            value
                .parse()
                .with_context(|| format!("{name} is `{value}`"))
        };
        let failed = count("failures")? + count("errors")?;
        let skipped = count("skipped")?;
        self.passed += count("tests")?.saturating_sub(failed + skipped);
        self.failed += failed;
        self.skipped += skipped;
        Ok(())
    }

    /// Prints the failures and the closing line.
    pub(super) fn finish(self) -> Result<()> {
        for failure in &self.failures {
            println!("FAILED {failure}");
        }
        let Self {
            passed,
            failed,
            skipped,
            ..
        } = self;
        println!("{passed} passed, {failed} failed, {skipped} skipped");
        // A run that a check ended early may have counted no failure of its own.
        if failed > 0 || !self.failures.is_empty() {
            bail!("not everything passed");
        }
        Ok(())
    }
}

/// Whether a program succeeded.
fn ended_in_time(status: ExitStatus, limit: Limit) -> Result<bool> {
    if limit.was_reached() {
        bail!(
            "not done within {} minutes: what is printed last hangs",
            LIMIT.as_secs() / 60
        );
    }
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn adds_up_cargos_results() {
        let mut counts = Counts::default();
        counts.add_cargo_result("test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured");
        counts.add_cargo_result("test result: FAILED. 1 passed; 2 failed; 0 ignored;");
        counts.add_cargo_result("test a::b ... ok");
        assert_eq!((counts.passed, counts.failed, counts.skipped), (13, 2, 3));
    }

    #[test]
    fn adds_up_pytests_report() {
        let mut counts = Counts::default();
        let report = r#"<testsuites name="x"><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.0"><testcase/>"#;
        counts.add_report(report).unwrap();
        assert_eq!((counts.passed, counts.failed, counts.skipped), (4, 3, 3));
        assert!(counts.add_report("<testsuites/>").is_err());
    }
}
