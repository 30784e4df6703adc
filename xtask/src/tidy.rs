//! `cargo xtask tidy`: the source tree's own rules.

use crate::{paths, process, progress};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// A file that says everything has no subject.
const EMPTY_NAMES: [&str; 8] = [
    "utils", "util", "helpers", "helper", "common", "manager", "misc", "mod",
];

/// A file should have one subject and be read in one sitting.
const MAX_LINES: usize = 600;

/// Sources are held to the rules on length and names; fixtures and data are not.
const SOURCES: [&str; 6] = ["rs", "py", "css", "js", "html", "glsl"];

/// Folders that exist on somebody's machine only.
const MACHINE_FOLDERS: [&str; 4] = ["/home/", "/Users/", "/root/.", "C:\\Users"];

/// Words in the name of a host that serves packages. Which one to use is each machine's own setting.
const REGISTRY_WORDS: [&str; 5] = ["registry", "mirror", "artifactory", "pypi", "npmjs"];

/// Checks all tracked files; names every breach.
pub(crate) fn run() -> Result<()> {
    progress::step("tidy", |_| {
        let listed = process::output(process::command("git").args(["ls-files"]))
            .context("cannot list the tracked files with git")?;
        let mut breaches = Vec::new();
        for name in listed.lines() {
            // A file may be tracked and deleted but not yet committed; binary files have no lines.
            if let Ok(text) = std::fs::read_to_string(paths::root().join(name)) {
                breaches.extend(check(name, &text));
            }
        }
        if !breaches.is_empty() {
            bail!("{}", breaches.join("\n"));
        }
        Ok(())
    })
}

fn check(name: &str, text: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    let path = Path::new(name);
    let part = |part: Option<&std::ffi::OsStr>| {
        part.and_then(std::ffi::OsStr::to_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    if SOURCES.contains(&extension.as_str()) {
        if EMPTY_NAMES.contains(&stem.as_str()) {
            breaches.push(format!("{name}: name the file after its subject"));
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            breaches.push(format!(
                "{name}: {lines} lines; over {MAX_LINES} it has two subjects"
            ));
        }
    }
    // Cargo itself writes where a crate comes from.
    let is_lock_file = path.file_name().is_some_and(|name| name == "Cargo.lock");
    let is_this = name.ends_with("xtask/src/tidy.rs");
    if is_lock_file || is_this {
        return breaches;
    }
    for (index, line) in text.lines().enumerate() {
        let at = index + 1;
        if let Some(folder) = MACHINE_FOLDERS
            .iter()
            .find(|folder| line.contains(**folder))
        {
            breaches.push(format!("{name}:{at}: `{folder}` is one machine's folder"));
        }
        if let Some(host) = registry_host(line) {
            breaches.push(format!(
                "{name}:{at}: `{host}` is one machine's package registry"
            ));
        }
    }
    breaches
}

/// The first host in a line's addresses that looks like a package registry.
fn registry_host(line: &str) -> Option<&str> {
    line.split("://").skip(1).find_map(|address| {
        let host = address.split(['/', '"', '\'', ' ', ')']).next()?;
        REGISTRY_WORDS
            .iter()
            .any(|word| host.contains(word))
            .then_some(host)
    })
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn names_each_breach() {
        assert_eq!(check("shared/src/utils.rs", "").len(), 1);
        assert_eq!(check("server/src/scene.rs", &"x\n".repeat(601)).len(), 1);
        assert_eq!(
            check("a.toml", "url = \"https://registry.example.org/x\"").len(),
            1
        );
        assert_eq!(check("a.md", "see /home/me/notes").len(), 1);
    }

    #[test]
    fn leaves_the_rest_alone() {
        assert!(check("server/src/scene.rs", "fn a() {}\n").is_empty());
        assert!(check("tests/fixture.json", &"1\n".repeat(2000)).is_empty());
        assert!(check("README.md", "https://example.org/registry").is_empty());
    }
}
