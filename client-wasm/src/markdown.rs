//! Markdown as HTML, GitHub flavoured: tables, task lists, ~~strikethrough~~, bare addresses as
//! links; and, as viser has it, a chip of its colour after each colour in `code`.
//!
//! HTML within the text is handed on as it is: what becomes of this module's HTML is up to
//! [`sanitise`](crate::sanitise). Named characters such as `&nbsp;` are left to the browser, which
//! knows all of them. Footnotes are not read.
//!
//! The time taken grows with the text's length, and not faster, whatever the text: containers are
//! read to a depth of [`MAX_DEPTH`], brackets to one of [`MAX_BRACKETS`], and a search that failed
//! once is not begun again.

mod autolink;
mod block;
mod chip;
mod emphasis;
mod html;
mod inline;
mod link;
mod list;
mod render;
mod table;

/// Quotes and lists within each other; what is deeper is text.
pub const MAX_DEPTH: usize = 24;
/// Brackets that are open at a time; more are text.
pub const MAX_BRACKETS: usize = 64;

/// The text as HTML, which is not safe to show yet.
pub fn to_html(text: &str) -> String {
    let (blocks, references) = block::parse(text);
    render::blocks(&blocks, &references)
}

/// Adds text to HTML.
fn escape(html: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[plain..at]);
        html.push_str(escaped);
        plain = at + 1;
    }
    html.push_str(&text[plain..]);
}

/// How long the character at the start is, such as `&amp;` or `&#x41;`; 0 where none is.
fn entity(text: &str) -> usize {
    let Some(end) = text.bytes().take(40).position(|byte| byte == b';') else {
        return 0;
    };
    let name = &text.as_bytes()[1..end];
    let is_one = match name {
        [b'#', b'x' | b'X', digits @ ..] => {
            (1..=6).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit)
        }
        [b'#', digits @ ..] => {
            (1..=7).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
        name => !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric),
    };
    if is_one { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests;
