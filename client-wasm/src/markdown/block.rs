//! From lines to blocks.

use super::MAX_DEPTH;
use super::html::{self, Kind};
use super::link::{self, References};
use super::list::{self, List, Marker};
use super::table::{self, Table};

/// A part of the text that stands on lines of its own.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    /// With its level, 1 to 6.
    Heading(usize, String),
    Rule,
    Code(String),
    Quote(Vec<Block>),
    List(List),
    Table(Table),
    /// As it stands in the text.
    Html(String),
}

/// Blocks, and whether lines without content part them.
#[derive(Default)]
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    pub(super) is_loose: bool,
}

/// The blocks of a text, and the addresses that it defines.
pub(super) fn parse(text: &str) -> (Vec<Block>, References) {
    let lines: Vec<String> = text.lines().map(without_tabs).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut references = References::default();
    let blocks = blocks(&lines, 0, &mut references);
    (blocks.list, references)
}

/// Tabs before the content become spaces up to the next column of four.
fn without_tabs(line: &str) -> String {
    let is_margin = |byte: u8| b" \t>-+*.)".contains(&byte) || byte.is_ascii_digit();
    let margin = line.bytes().take_while(|byte| is_margin(*byte)).count();
    if !line[..margin].contains('\t') {
        return line.to_owned();
    }
    let mut spaced = String::with_capacity(line.len() + 8);
    for character in line[..margin].chars() {
        match character {
            '\t' => (0..4 - spaced.len() % 4).for_each(|_| spaced.push(' ')),
            other => spaced.push(other),
        }
    }
    spaced + &line[margin..]
}

/// Spaces before the content, and the content.
pub(super) fn indented(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len(), text)
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// A line without so many of the spaces before its content.
fn outdented(line: &str, columns: usize) -> &str {
    &line[indented(line).0.min(columns)..]
}

/// Reads lines; `depth` is that of the containers around them.
pub(super) fn blocks(lines: &[&str], depth: usize, references: &mut References) -> Blocks {
    let mut found = Blocks::default();
    let mut rest = lines;
    let mut is_parted = false;
    while let [line, after @ ..] = rest {
        if is_blank(line) {
            (rest, is_parted) = (after, true);
            continue;
        }
        let (block, count) = block(rest, depth, references);
        found.is_loose |= is_parted && !found.list.is_empty();
        is_parted = false;
        found.list.extend(block);
        rest = &rest[count.max(1)..];
    }
    found
}

/// The block at the first line, unless it only defines addresses, and how many lines it takes.
fn block(lines: &[&str], depth: usize, references: &mut References) -> (Option<Block>, usize) {
    let (indent, text) = indented(lines[0]);
    if indent >= 4 {
        return indented_code(lines);
    }
    if let Some(fence) = Fence::opened_by(text) {
        return fenced_code(lines, indent, fence);
    }
    if let Some((level, content)) = heading(text) {
        return (Some(Block::Heading(level, content.to_owned())), 1);
    }
    if is_rule(text) {
        return (Some(Block::Rule), 1);
    }
    if depth < MAX_DEPTH {
        if text.starts_with('>') {
            let (inner, count) = quoted(lines);
            let inner = blocks(&inner, depth + 1, references).list;
            return (Some(Block::Quote(inner)), count);
        }
        if let Some(marker) = Marker::of(lines[0]) {
            let (list, count) = list::parse(lines, marker, depth, references);
            return (Some(Block::List(list)), count);
        }
    }
    if let Some(kind) = html::kind(text, false) {
        let count = html::lines(lines, kind);
        return (Some(Block::Html(lines[..count].join("\n"))), count);
    }
    if let Some((table, count)) = table::parse(lines) {
        return (Some(Block::Table(table)), count);
    }
    paragraph(lines, references)
}

fn indented_code(lines: &[&str]) -> (Option<Block>, usize) {
    let is_code = |line: &&&str| is_blank(line) || indented(line).0 >= 4;
    let count = lines.iter().take_while(is_code).count();
    let last = lines[..count].iter().rposition(|line| !is_blank(line));
    let count = last.map_or(1, |last| last + 1);
    let code = lines[..count].iter().map(|line| outdented(line, 4));
    (
        Some(Block::Code(code.map(|line| format!("{line}\n")).collect())),
        count,
    )
}

/// The marks around code.
#[derive(Clone, Copy)]
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    pub(super) fn opened_by(text: &str) -> Option<Self> {
        let mark = text
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let rest = text.trim_start_matches(mark);
        let length = text.len() - rest.len();
        let is_fence = length >= 3 && (mark == '~' || !rest.contains('`'));
        is_fence.then_some(Self { mark, length })
    }

    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let (indent, text) = indented(line);
        let rest = text.trim_start_matches(self.mark);
        indent < 4 && text.len() - rest.len() >= self.length && is_blank(rest)
    }
}

fn fenced_code(lines: &[&str], indent: usize, fence: Fence) -> (Option<Block>, usize) {
    let inside = &lines[1..];
    let end = inside.iter().position(|line| fence.is_closed_by(line));
    let code = inside[..end.unwrap_or(inside.len())].iter();
    let code = code.map(|line| format!("{}\n", outdented(line, indent)));
    let count = end.map_or(lines.len(), |end| end + 2);
    (Some(Block::Code(code.collect())), count)
}

fn heading(text: &str) -> Option<(usize, &str)> {
    let content = text.trim_start_matches('#');
    let level = text.len() - content.len();
    if !(1..=6).contains(&level) || !(content.is_empty() || content.starts_with([' ', '\t'])) {
        return None;
    }
    let content = content.trim();
    let open = content.trim_end_matches('#');
    let is_closed = open.is_empty() || open.ends_with([' ', '\t']);
    Some((level, if is_closed { open.trim_end() } else { content }))
}

pub(super) fn is_rule(text: &str) -> bool {
    let mark = text.bytes().next().unwrap_or_default();
    let marks = text.bytes().filter(|byte| *byte == mark).count();
    b"-_*".contains(&mark)
        && marks >= 3
        && text
            .bytes()
            .all(|byte| byte == mark || byte == b' ' || byte == b'\t')
}

/// The level of the heading that a line below a paragraph makes of it.
fn underline(line: &str) -> Option<usize> {
    let (indent, text) = indented(line);
    let text = text.trim_end();
    let is_all = |mark: char| !text.is_empty() && text.chars().all(|c| c == mark);
    match (indent < 4, is_all('='), is_all('-')) {
        (true, true, _) => Some(1),
        (true, _, true) => Some(2),
        _ => None,
    }
}

/// The content of a quote, and how many lines it takes.
fn quoted<'a>(lines: &[&'a str]) -> (Vec<&'a str>, usize) {
    let mut inner = Vec::new();
    let mut open = Open::default();
    for line in lines {
        let (indent, text) = indented(line);
        let content = match text.strip_prefix('>').filter(|_| indent < 4) {
            Some(content) => content.strip_prefix(' ').unwrap_or(content),
            None if open.takes(line) => continued(line),
            None => break,
        };
        open.note(content);
        inner.push(content);
    }
    let count = inner.len();
    (inner, count)
}

/// A line of a paragraph that lacks its container's mark. Far enough in, it stays there: it can
/// begin nothing else.
pub(super) fn continued(line: &str) -> &str {
    match indented(line) {
        (4.., _) => line,
        (_, text) => text,
    }
}

/// What a container's last line leaves open: a paragraph goes on without the container's mark.
#[derive(Default)]
pub(super) struct Open {
    fence: Option<Fence>,
    has_paragraph: bool,
}

impl Open {
    /// A line of the content.
    pub(super) fn note(&mut self, line: &str) {
        if let Some(fence) = self.fence {
            if fence.is_closed_by(line) {
                self.fence = None;
            }
            return;
        }
        let mut content = line;
        for _ in 0..MAX_DEPTH {
            let text = indented(content).1;
            match (text.strip_prefix('>'), Marker::of(content)) {
                _ if is_rule(text) => break,
                (Some(inner), _) => content = inner.strip_prefix(' ').unwrap_or(inner),
                (None, Some(marker)) => content = marker.content(content),
                (None, None) => break,
            }
        }
        let (indent, text) = indented(content);
        self.fence = Fence::opened_by(text).filter(|_| indent < 4);
        // Code cannot come right after a paragraph: what is indented goes on with it.
        self.has_paragraph = self.fence.is_none()
            && !is_blank(text)
            && (indent < 4 || self.has_paragraph)
            && heading(text).is_none()
            && !is_rule(text);
    }

    /// Whether a line without the container's mark belongs to it all the same.
    pub(super) fn takes(&self, line: &str) -> bool {
        self.has_paragraph && !is_blank(line) && !interrupts(line)
    }
}

/// Whether a line ends the paragraph before it.
fn interrupts(line: &str) -> bool {
    let (indent, text) = indented(line);
    indent < 4
        && (text.starts_with('>')
            || Fence::opened_by(text).is_some()
            || heading(text).is_some()
            || is_rule(text)
            || Marker::of(line).is_some_and(|marker| marker.interrupts())
            || html::kind(text, true).is_some_and(|kind| kind != Kind::AnyTag))
}

fn paragraph(lines: &[&str], references: &mut References) -> (Option<Block>, usize) {
    let mut text = lines[0].trim_start().to_owned();
    let mut count = 1;
    while let Some(line) = lines.get(count).filter(|line| !is_blank(line)) {
        let level = underline(line).filter(|_| !is_only_references(&text, references));
        if let Some(level) = level {
            let rest = link::take_definitions(&text, references);
            return (
                Some(Block::Heading(level, rest.trim().to_owned())),
                count + 1,
            );
        }
        if interrupts(line) || table::begins(&lines[count..]) {
            break;
        }
        text.push('\n');
        text.push_str(line.trim_start());
        count += 1;
    }
    let rest = link::take_definitions(&text, references).trim_end();
    let block = (!rest.is_empty()).then(|| Block::Paragraph(rest.to_owned()));
    (block, count)
}

fn is_only_references(text: &str, references: &mut References) -> bool {
    text.starts_with('[') && is_blank(link::take_definitions(text, references))
}
