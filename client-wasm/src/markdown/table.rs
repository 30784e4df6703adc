//! Tables.

use super::block::{indented, is_blank};

/// The most columns; what has more is text.
const MAX_COLUMNS: usize = 128;

/// A table; every row has as many cells as the first.
#[derive(Debug)]
pub(super) struct Table {
    /// For each column: left, centre, right, or nothing.
    pub(super) alignments: Vec<&'static str>,
    /// The first is the head.
    pub(super) rows: Vec<Vec<String>>,
}

/// Whether a table begins here.
pub(super) fn begins(lines: &[&str]) -> bool {
    head(lines).is_some()
}

/// The table that begins here, and how many lines it takes.
pub(super) fn parse(lines: &[&str]) -> Option<(Table, usize)> {
    let (head, alignments) = head(lines)?;
    let mut rows = vec![head];
    let is_row = |line: &str| !is_blank(line) && !is_other_block(line);
    for line in lines[2..].iter().take_while(|line| is_row(line)) {
        let mut row = cells(line);
        row.resize(alignments.len(), String::new());
        rows.push(row);
    }
    let count = rows.len() + 1;
    Some((Table { alignments, rows }, count))
}

/// Blocks that end a table.
fn is_other_block(line: &str) -> bool {
    let (indent, text) = indented(line);
    indent >= 4 || text.starts_with(['>', '#']) || text.starts_with("```")
}

fn head(lines: &[&str]) -> Option<(Vec<String>, Vec<&'static str>)> {
    let [first, second, ..] = lines else {
        return None;
    };
    if indented(first).0 >= 4
        || !second.contains('-')
        || !(first.contains('|') || second.contains('|'))
    {
        return None;
    }
    let alignments: Option<Vec<_>> = cells(second).iter().map(|cell| alignment(cell)).collect();
    let alignments = alignments.filter(|alignments| alignments.len() <= MAX_COLUMNS)?;
    let head = cells(first);
    (head.len() == alignments.len()).then_some((head, alignments))
}

/// What `:-:` stands for.
fn alignment(cell: &str) -> Option<&'static str> {
    let (left, cell) = match cell.strip_prefix(':') {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let (right, cell) = match cell.strip_suffix(':') {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let is_line = !cell.is_empty() && cell.bytes().all(|byte| byte == b'-');
    is_line.then_some(match (left, right) {
        (true, true) => "center",
        (true, false) => "left",
        (false, true) => "right",
        (false, false) => "",
    })
}

/// The cells of a line; `\|` is no border.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let last = cells.len() - 1;
        match character {
            '|' if characters.peek().is_none() => break,
            '|' if cells.len() > MAX_COLUMNS => break,
            '|' => cells.push(String::new()),
            '\\' if characters.peek() == Some(&'|') => {
                cells[last].push('|');
                characters.next();
            }
            '\\' => {
                cells[last].push('\\');
                cells[last].extend(characters.next());
            }
            other => cells[last].push(other),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}
