//! Lists and their items.

use super::block::{self, Block, Open, indented, is_blank, is_rule};
use super::link::References;

/// A list.
#[derive(Debug)]
pub(super) struct List {
    /// The first item's number, in an ordered list.
    pub(super) start: Option<u32>,
    /// Its items are paragraphs, with space between them.
    pub(super) is_loose: bool,
    pub(super) items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Item {
    /// Whether the task is done, if the item is one.
    pub(super) task: Option<bool>,
    pub(super) blocks: Vec<Block>,
}

/// What an item begins with: a bullet or a number.
#[derive(Clone, Copy)]
pub(super) struct Marker {
    /// The bullet, or what stands after the number.
    mark: u8,
    number: Option<u32>,
    /// The column of the content.
    column: usize,
    is_empty: bool,
}

impl Marker {
    /// The marker of a line.
    pub(super) fn of(line: &str) -> Option<Self> {
        let (indent, text) = indented(line);
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let mark = *text.as_bytes().get(digits)?;
        let is_marker = match digits {
            0 => b"-+*".contains(&mark),
            1..=9 => b".)".contains(&mark),
            _ => false,
        };
        let rest = text.get(digits + 1..)?;
        if indent >= 4 || !is_marker || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
            return None;
        }
        let is_empty = is_blank(rest);
        let spaces = match indented(rest).0 {
            spaces @ 1..=4 if !is_empty => spaces,
            _ => 1,
        };
        Some(Self {
            mark,
            number: text[..digits].parse().ok(),
            column: indent + digits + 1 + spaces,
            is_empty,
        })
    }

    /// What is after the marker.
    pub(super) fn content(self, line: &str) -> &str {
        line.get(self.column..).unwrap_or_default()
    }

    /// Whether it ends a paragraph: numbers other than 1 may stand in a text.
    pub(super) fn interrupts(self) -> bool {
        !self.is_empty && matches!(self.number, None | Some(1))
    }

    fn continues(self, other: Self) -> bool {
        self.mark == other.mark && self.number.is_some() == other.number.is_some()
    }
}

/// The list that begins with a marker, and how many lines it takes.
pub(super) fn parse(
    lines: &[&str],
    first: Marker,
    depth: usize,
    references: &mut References,
) -> (List, usize) {
    let mut list = List {
        start: first.number,
        is_loose: false,
        items: Vec::new(),
    };
    let (mut marker, mut at) = (first, 0);
    loop {
        let (content, count) = item(&lines[at..], marker);
        let mut blocks = block::blocks(&content, depth + 1, references);
        list.is_loose |= blocks.is_loose;
        let task = take_task(&mut blocks.list);
        let blocks = blocks.list;
        list.items.push(Item { task, blocks });
        let end = at + count;
        let blank = lines[end..]
            .iter()
            .take_while(|line| is_blank(line))
            .count();
        let next = lines
            .get(end + blank)
            .filter(|line| !is_rule(indented(line).1));
        match next
            .and_then(|line| Marker::of(line))
            .filter(|next| next.continues(marker))
        {
            Some(next) => {
                list.is_loose |= blank > 0;
                (marker, at) = (next, end + blank);
            }
            None => return (list, end),
        }
    }
}

/// The content of an item, and how many lines it takes.
fn item<'a>(lines: &[&'a str], marker: Marker) -> (Vec<&'a str>, usize) {
    let mut open = Open::default();
    let mut content = vec![marker.content(lines[0])];
    open.note(content[0]);
    let mut count = 1;
    for line in &lines[1..] {
        let inner = match line {
            line if is_blank(line) => "",
            line if indented(line).0 >= marker.column => &line[marker.column..],
            line if Marker::of(line).is_none() && open.takes(line) => block::continued(line),
            _ => break,
        };
        if inner.is_empty() && marker.is_empty && content.len() == 1 {
            break;
        }
        open.note(inner);
        content.push(inner);
        if !inner.is_empty() {
            count = content.len();
        }
    }
    content.truncate(count);
    (content, count)
}

/// Takes `[x]` from the start of an item.
fn take_task(blocks: &mut [Block]) -> Option<bool> {
    let Some(Block::Paragraph(text)) = blocks.first_mut() else {
        return None;
    };
    let is_done = match text.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    if !text[3..].starts_with([' ', '\t', '\n']) {
        return None;
    }
    text.drain(..4);
    Some(is_done)
}
