//! Shows that trunk and the bundler make the same page.

use super::{Profile, trunk};
use crate::{digest::files, paths, progress};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, path::Path};

/// Builds the page both ways and compares every file of one with that of the other.
pub(crate) fn run() -> Result<()> {
    if !trunk::is_here() {
        bail!(
            "trunk 0.21 is not on PATH, so there is nothing to compare with; to install it: {}",
            trunk::INSTALL
        );
    }
    let tools = super::compile(Profile::Release)?;
    let folder = paths::own().join("compare");
    let (by_trunk, by_bundler) = (folder.join("trunk"), folder.join("bundler"));
    progress::step("page by trunk", |step| {
        trunk::build(step, &tools, &by_trunk)
    })?;
    progress::step("page by the bundler", |step| {
        super::write_page(step, Profile::Release, &tools, &by_bundler)
    })?;

    let (trunks, bundlers) = (contents(&by_trunk)?, contents(&by_bundler)?);
    let mut differences = 0;
    for name in trunks
        .keys()
        .chain(bundlers.keys().filter(|n| !trunks.contains_key(*n)))
    {
        let verdict = match (trunks.get(name), bundlers.get(name)) {
            (Some(a), Some(b)) if a == b => "same",
            (Some(_), Some(_)) => "DIFFERENT",
            (Some(_), None) => "ONLY BY TRUNK",
            (None, _) => "ONLY BY THE BUNDLER",
        };
        differences += usize::from(verdict != "same");
        let bytes = trunks.get(name).or(bundlers.get(name)).map_or(0, Vec::len);
        println!("{verdict:>20}  {bytes:>9} bytes  {name}");
    }
    if differences > 0 {
        bail!(
            "{differences} files differ; compare them in {}",
            folder.display()
        );
    }
    println!("trunk and the bundler make the same page");
    Ok(())
}

/// The files of a bundle by name. The two ways hash different things into the names, and lay out
/// the space between elements differently; neither is part of what a browser sees.
fn contents(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for path in files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
        let mut bytes =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if path
            .extension()
            .is_some_and(|extension| extension == "html")
        {
            let text = without_hashes(&String::from_utf8_lossy(&bytes));
            let words: Vec<&str> = text.split_whitespace().collect();
            bytes = words.join(" ").replace("> <", "><").into_bytes();
        }
        found.insert(without_hashes(&name), bytes);
    }
    Ok(found)
}

/// A text with every `-` and up to sixteen hexadecimal digits after it as `-HASH`.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split('-');
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        result.push('-');
        if (12..=16).contains(&digits) {
            result.push_str("HASH");
            result.push_str(&part[digits..]);
        } else {
            result.push_str(part);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::without_hashes;

    #[test]
    fn only_hashes_are_replaced() {
        assert_eq!(
            without_hashes("a-client-0123456789abcdef_bg.wasm"),
            "a-client-HASH_bg.wasm"
        );
        assert_eq!(without_hashes("data-trunk-add"), "data-trunk-add");
    }
}
