//! Where links lead: `(address "title")`, and `[label]: address "title"` elsewhere in the text.

use std::collections::BTreeMap;

/// The longest label, as CommonMark has it.
const MAX_LABEL: usize = 999;
/// Parentheses within each other in an address.
const MAX_PARENTHESES: usize = 32;

/// The addresses that a text defines, by label.
#[derive(Debug, Default)]
pub(super) struct References(BTreeMap<String, Target>);

/// Where a link leads; as written, with escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) address: String,
    pub(super) title: Option<String>,
}

impl References {
    /// The target of a label.
    pub(super) fn get(&self, label: &str) -> Option<&Target> {
        self.0.get(&normal(label)?)
    }
}

/// A label without what does not matter.
fn normal(label: &str) -> Option<String> {
    let words: Vec<&str> = label.split_whitespace().collect();
    let label = words.join(" ").to_ascii_lowercase();
    (!label.is_empty()).then_some(label)
}

/// The label in brackets that a text begins with, and what is after it.
pub(super) fn label(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len().min(MAX_LABEL) {
        match bytes[at] {
            b']' => return Some((&inside[..at], &inside[at + 1..])),
            b'[' => return None,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

/// Takes definitions from the start of a paragraph; returns the rest of it.
pub(super) fn take_definitions<'a>(text: &'a str, references: &mut References) -> &'a str {
    let mut rest = text;
    while let Some((label, target, after)) = definition(rest) {
        references.0.entry(label).or_insert(target);
        rest = after;
    }
    rest
}

fn definition(text: &str) -> Option<(String, Target, &str)> {
    let (name, rest) = label(text)?;
    let name = normal(name)?;
    let (destination, rest) = address(rest.strip_prefix(':')?.trim_start())?;
    if destination.is_empty() && !rest.starts_with(['\n', ' ']) && !rest.is_empty() {
        return None;
    }
    let mut target = Target {
        address: destination.to_owned(),
        title: None,
    };
    let trimmed = rest.trim_start();
    if trimmed.len() < rest.len()
        && let Some((title, after)) = title(trimmed)
        && let Some(after) = at_line_end(after)
    {
        target.title = Some(title.to_owned());
        return Some((name, target, after));
    }
    Some((name, target, at_line_end(rest)?))
}

/// What is after the line, if nothing more is on it.
fn at_line_end(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t']);
    if rest.is_empty() {
        Some(rest)
    } else {
        rest.strip_prefix('\n')
    }
}

/// `(address "title")`, and what is after it.
pub(super) fn target(text: &str) -> Option<(Target, &str)> {
    let inside = text.strip_prefix('(')?.trim_start();
    if let Some(after) = inside.strip_prefix(')') {
        return Some((Target::default(), after));
    }
    let (destination, rest) = address(inside)?;
    let mut target = Target {
        address: destination.to_owned(),
        title: None,
    };
    let mut after = rest.trim_start();
    if after.len() < rest.len()
        && let Some((title, rest)) = title(after)
    {
        target.title = Some(title.to_owned());
        after = rest.trim_start();
    }
    Some((target, after.strip_prefix(')')?))
}

fn address(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'<') {
        let mut at = 1;
        loop {
            match *bytes.get(at)? {
                b'>' => return Some((&text[1..at], &text[at + 1..])),
                b'<' | b'\n' => return None,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
    }
    let (mut at, mut depth) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            0..=b' ' => break,
            _ => {}
        }
        if depth > MAX_PARENTHESES {
            return None;
        }
        at += 1;
    }
    (at > 0 && depth == 0).then(|| text.split_at(at))
}

fn title(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let close = match bytes.first()? {
        b'(' => b')',
        quote @ (b'"' | b'\'') => *quote,
        _ => return None,
    };
    let mut at = 1;
    loop {
        match *bytes.get(at)? {
            b'\\' => at += 2,
            byte if byte == close => return Some((&text[1..at], &text[at + 1..])),
            b'(' if close == b')' => return None,
            _ => at += 1,
        }
    }
}
