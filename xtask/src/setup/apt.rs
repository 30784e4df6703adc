//! Debian's packages.

use crate::{
    process,
    progress::{self, Step},
};
use anyhow::{Result, bail};

/// Whether Debian's package manager is here.
pub(crate) fn is_here() -> bool {
    process::find("apt-get").is_some() && process::find("dpkg-query").is_some()
}

fn is_installed(package: &str) -> bool {
    let mut query = process::command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    process::output(&mut query).is_some_and(|status| status == "installed")
}

/// Installs the packages that are missing. The package lists are fetched only where the machine's
/// own do not do.
pub(crate) fn ensure(step: &Step, packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !is_here() {
        bail!("install {names} by hand: only Debian's packages are installed from here");
    }
    progress::note(&format!("installing with apt: {names}"));
    let install = || {
        let mut args = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
        args.extend(&missing);
        args
    };
    if process::run(step, "apt-install", apt_get().args(install())).is_err() {
        process::run(step, "apt-update", apt_get().args(["update", "--quiet"]))?;
        process::run(step, "apt-install", apt_get().args(install()))?;
    }
    Ok(())
}

/// `apt-get`, through sudo where this user needs it.
fn apt_get() -> std::process::Command {
    let is_root = process::output(process::command("id").arg("-u")).is_none_or(|user| user == "0");
    let mut command = process::command(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.args(["--non-interactive", "env"]);
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}
