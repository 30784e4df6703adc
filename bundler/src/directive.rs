//! Finds the `<link data-trunk …>` elements of a page.

use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, ops::Range};

/// One `<link data-trunk …>` element: what the page asks the bundler to put in its place.
#[derive(Debug)]
pub(crate) struct Directive {
    /// Where the element stands in the page, in bytes.
    pub(crate) span: Range<usize>,
    attributes: BTreeMap<String, String>,
}

impl Directive {
    /// An attribute's value; empty where it is written without one.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// An attribute that the element cannot do without.
    pub(crate) fn require(&self, name: &str) -> Result<&str> {
        let rel = self.get("rel").unwrap_or_default();
        self.get(name)
            .with_context(|| format!("<link data-trunk rel=\"{rel}\"> has no attribute `{name}`"))
    }
}

/// All directives of a page, in its order. Comments are skipped.
pub(crate) fn find_all(html: &str) -> Result<Vec<Directive>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = html[at..].find('<') {
        let start = at + offset;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").context("a comment is not closed")?;
        } else if rest.starts_with("<link") && rest[5..].starts_with(char::is_whitespace) {
            let (attributes, length) = attributes(&rest[5..])
                .with_context(|| format!("in the <link> at byte {start} of the page"))?;
            let span = start..start + 5 + length;
            at = span.end;
            if attributes.contains_key("data-trunk") {
                found.push(Directive { span, attributes });
            }
        } else {
            at = start + 1;
        }
    }
    Ok(found)
}

/// Reads attributes up to and including the closing `>`; returns them and the bytes read.
fn attributes(text: &str) -> Result<(BTreeMap<String, String>, usize)> {
    let mut attributes = BTreeMap::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((attributes, text.len() - after.len()));
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .context("the element is not closed")?;
        let (name, after) = rest.split_at(end);
        rest = after.trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => quote,
                _ => bail!("the value of `{name}` is not quoted"),
            };
            (value, rest) = after[1..]
                .split_once(quote)
                .with_context(|| format!("the value of `{name}` is not closed"))?;
        }
        attributes.insert(name.to_owned(), value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::find_all;

    #[test]
    fn finds_attributes_with_and_without_values() {
        let html = r#"<head><link data-trunk rel='rust' href="a b/Cargo.toml" data-x/></head>"#;
        let found = find_all(html).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].get("href"), Some("a b/Cargo.toml"));
        assert_eq!(found[0].get("data-x"), Some(""));
        assert_eq!(&html[found[0].span.clone()], &html[6..html.len() - 7]);
    }

    #[test]
    fn passes_over_comments_and_other_elements() {
        let html = "<!-- <link data-trunk rel=\"css\"> --><link rel=\"icon\" href=\"x\"><linkx>";
        assert!(find_all(html).unwrap().is_empty());
    }

    #[test]
    fn refuses_what_is_not_closed() {
        for html in [
            "<link data-trunk",
            "<link data-trunk rel=\"css>",
            "<link rel=css>",
            "<!-- ",
        ] {
            assert!(find_all(html).is_err(), "{html}");
        }
    }
}
