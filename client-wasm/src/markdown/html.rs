//! HTML within the text.

use super::block::is_blank;

/// Elements that begin a block of HTML wherever they stand.
const BLOCKS: &str = " address article aside base basefont blockquote body caption center col \
    colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset \
    h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol \
    optgroup option p param search section summary table tbody td tfoot th thead title tr track ul ";

/// What ends a block of HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// This text, on a line of its own or not.
    Text(&'static str),
    /// A line without content, after a tag of a block.
    BlockTag,
    /// The same after any other tag.
    AnyTag,
}

/// The kind of HTML that a line begins, if it does.
pub(super) fn kind(text: &str, in_paragraph: bool) -> Option<Kind> {
    let after = text.strip_prefix('<')?;
    if after.starts_with("!--") {
        return Some(Kind::Text("-->"));
    }
    let after = after.strip_prefix('/').unwrap_or(after);
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = after.split_at(length);
    let name = name.to_ascii_lowercase();
    let is_whole = rest.is_empty() || rest.starts_with([' ', '\t', '>', '/']);
    if name.is_empty() || !is_whole {
        return None;
    }
    if !text.starts_with("</") {
        for (verbatim, end) in [
            ("script", "</script>"),
            ("pre", "</pre>"),
            ("style", "</style>"),
            ("textarea", "</textarea>"),
        ] {
            if name == verbatim {
                return Some(Kind::Text(end));
            }
        }
    }
    if BLOCKS.contains(&format!(" {name} ")) {
        return Some(Kind::BlockTag);
    }
    let is_alone = || tag(text, &mut Missing::default()).is_some_and(|end| is_blank(&text[end..]));
    (!in_paragraph && is_alone()).then_some(Kind::AnyTag)
}

/// How many lines a block of HTML takes.
pub(super) fn lines(lines: &[&str], kind: Kind) -> usize {
    let is_last = |line: &&str| match kind {
        Kind::Text(end) => line.to_ascii_lowercase().contains(end),
        Kind::BlockTag | Kind::AnyTag => is_blank(line),
    };
    match (lines.iter().position(is_last), kind) {
        (None, _) => lines.len(),
        (Some(last), Kind::Text(_)) => last + 1,
        (Some(blank), _) => blank,
    }
}

/// What the rest of a text is known to lack, so that it is not searched again.
#[derive(Default)]
pub(super) struct Missing {
    double_quote: bool,
    single_quote: bool,
    comment_end: bool,
}

/// The length of the tag or comment that a text begins with.
pub(super) fn tag(text: &str, missing: &mut Missing) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        if missing.comment_end {
            return None;
        }
        let end = comment.find("-->");
        missing.comment_end = end.is_none();
        return end.map(|end| end + 7);
    }
    let bytes = text.as_bytes();
    let is_end = bytes.get(1) == Some(&b'/');
    let mut at = if is_end { 2 } else { 1 };
    bytes.get(at).filter(|byte| byte.is_ascii_alphabetic())?;
    let skip = |at: &mut usize, is_in: fn(&u8) -> bool| {
        *at += bytes[*at..].iter().take_while(|byte| is_in(byte)).count();
    };
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    skip(&mut at, |byte| {
        byte.is_ascii_alphanumeric() || *byte == b'-'
    });
    loop {
        let before = at;
        skip(&mut at, u8::is_ascii_whitespace);
        match bytes.get(at)? {
            b'>' => return Some(at + 1),
            b'/' if !is_end && bytes.get(at + 1) == Some(&b'>') => return Some(at + 2),
            first
                if !is_end
                    && before < at
                    && (first.is_ascii_alphabetic() || b"_:".contains(first)) => {}
            _ => return None,
        }
        skip(&mut at, is_name);
        let name_end = at;
        skip(&mut at, u8::is_ascii_whitespace);
        if bytes.get(at) != Some(&b'=') {
            at = name_end;
            continue;
        }
        at += 1;
        skip(&mut at, u8::is_ascii_whitespace);
        match *bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let is_missing = match quote {
                    b'"' => &mut missing.double_quote,
                    _ => &mut missing.single_quote,
                };
                if *is_missing {
                    return None;
                }
                let end = bytes[at + 1..].iter().position(|byte| *byte == quote);
                *is_missing = end.is_none();
                at += end? + 2;
            }
            _ => {
                let start = at;
                skip(&mut at, |byte| {
                    !byte.is_ascii_whitespace() && !b"\"'=<>`".contains(byte)
                });
                if at == start {
                    return None;
                }
            }
        }
    }
}
