//! What stands within a line: emphasis, code, links, images, HTML.

use super::emphasis::{self, Bracket, Piece, Run};
use super::html::{self, Missing};
use super::link::{self, References, Target};
use super::{MAX_BRACKETS, autolink, chip, entity, escape};

/// Longer runs of backticks are text.
const MAX_TICKS: usize = 32;

/// The HTML of a paragraph's text.
pub(super) fn html(text: &str, references: &References) -> String {
    let reader = Reader {
        text,
        at: 0,
        pieces: Vec::new(),
        plain: 0,
        brackets: Vec::new(),
        missing: Missing::default(),
        missing_ticks: [false; MAX_TICKS + 1],
        references,
    };
    reader.read()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
    /// Where text that means nothing else begins.
    plain: usize,
    /// The pieces that are brackets.
    brackets: Vec<usize>,
    missing: Missing,
    /// Runs of so many backticks are not to come any more.
    missing_ticks: [bool; MAX_TICKS + 1],
    references: &'a References,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> String {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\\' => self.backslash(),
                b'`' => self.code(),
                b'*' | b'_' | b'~' => self.run(byte),
                b'[' => self.open(1),
                b'!' if self.rest().starts_with("![") => self.open(2),
                b']' => self.close(),
                b'<' => self.tag(),
                b'\n' => self.line_end(),
                b'h' | b'H' | b'w' | b'W' => self.address(),
                b'@' => self.mail(),
                _ => self.at += 1,
            }
        }
        self.flush();
        emphasis::resolve(&mut self.pieces);
        emphasis::html(self.pieces)
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Ends plain text here.
    fn flush(&mut self) {
        self.flush_until(self.at);
    }

    fn flush_until(&mut self, end: usize) {
        if self.plain < end {
            let mut html = String::new();
            prose(&mut html, &self.text[self.plain..end]);
            self.pieces.push(Piece::Html(html));
        }
        self.plain = self.at;
    }

    /// Puts HTML in the place of the next bytes.
    fn replace(&mut self, length: usize, html: String) {
        self.flush();
        self.pieces.push(Piece::Html(html));
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        self.at += length;
        self.plain = self.at;
    }

    fn backslash(&mut self) {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'\n') => self.replace(2, "<br>\n".to_owned()),
            Some(next) if next.is_ascii_punctuation() => {
                let mut html = String::new();
                escape(&mut html, &self.text[self.at + 1..self.at + 2]);
                self.replace(2, html);
            }
            _ => self.at += 1,
        }
    }

    fn line_end(&mut self) {
        let line = self.text[self.plain..self.at].trim_end_matches(' ');
        let spaces = self.at - self.plain - line.len();
        let end = self.plain + line.len();
        let html = if spaces >= 2 { "<br>\n" } else { "\n" };
        self.flush_until(end);
        self.pieces.push(Piece::Html(html.to_owned()));
        self.skip(1);
    }

    fn code(&mut self) {
        let rest = self.rest();
        let inside = rest.trim_start_matches('`');
        let ticks = rest.len() - inside.len();
        let Some(length) = self.code_length(inside, ticks) else {
            self.at += ticks;
            return;
        };
        let code = inside[..length].replace('\n', " ");
        let is_padded = code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty();
        let code = if is_padded {
            &code[1..code.len() - 1]
        } else {
            &code
        };
        let mut html = "<code>".to_owned();
        escape(&mut html, code);
        if let Some(colour) = chip::colour(code) {
            html.push_str("<span style=\"display:inline-block;width:.625rem;height:.625rem;margin-left:.125rem;border:1px solid gray;border-radius:9999px;background-color:");
            escape(&mut html, colour);
            html.push_str("\"></span>");
        }
        html.push_str("</code>");
        self.replace(ticks * 2 + length, html);
    }

    /// How much code there is up to as many backticks.
    fn code_length(&mut self, inside: &str, ticks: usize) -> Option<usize> {
        let is_missing = self.missing_ticks.get_mut(ticks)?;
        if *is_missing {
            return None;
        }
        let bytes = inside.as_bytes();
        let mut at = 0;
        while let Some(tick) = bytes[at..].iter().position(|byte| *byte == b'`') {
            let start = at + tick;
            let run = bytes[start..]
                .iter()
                .take_while(|byte| **byte == b'`')
                .count();
            if run == ticks {
                return Some(start);
            }
            at = start + run;
        }
        *is_missing = true;
        None
    }

    fn run(&mut self, mark: u8) {
        let rest = self.rest();
        let after = rest.trim_start_matches(char::from(mark));
        let count = rest.len() - after.len();
        let before = self.text[..self.at].chars().next_back();
        let run = Run::new(mark, count, before, after.chars().next());
        self.flush();
        self.pieces.push(Piece::Run(run));
        self.skip(count);
    }

    fn open(&mut self, length: usize) {
        if self.brackets.len() >= MAX_BRACKETS {
            self.at += length;
            return;
        }
        self.flush();
        self.brackets.push(self.pieces.len());
        self.skip(length);
        self.pieces.push(Piece::Bracket(Bracket {
            is_image: length == 2,
            start: self.at,
            is_active: true,
        }));
    }

    fn close(&mut self) {
        let Some(opener) = self.brackets.pop() else {
            self.at += 1;
            return;
        };
        let Some(Piece::Bracket(bracket)) = self.pieces.get(opener) else {
            return;
        };
        let (is_image, is_active, start) = (bracket.is_image, bracket.is_active, bracket.start);
        let found = if is_active { self.target(start) } else { None };
        let Some((target, end)) = found else {
            self.at += 1;
            return;
        };
        self.flush();
        let mut inner: Vec<Piece> = self.pieces.drain(opener..).skip(1).collect();
        emphasis::resolve(&mut inner);
        let inner = emphasis::html(inner);
        let html = if is_image {
            image(&target, &inner)
        } else {
            anchor(&target, &inner)
        };
        self.pieces.push(Piece::Html(html));
        self.skip(end - self.at);
        if !is_image {
            for earlier in &self.brackets {
                if let Some(Piece::Bracket(bracket)) = self.pieces.get_mut(*earlier) {
                    bracket.is_active &= bracket.is_image;
                }
            }
        }
    }

    /// Where the link leads whose text ends here, and where all of it ends.
    fn target(&self, start: usize) -> Option<(Target, usize)> {
        let after = &self.text[self.at + 1..];
        if let Some((target, rest)) = link::target(after) {
            return Some((target, self.text.len() - rest.len()));
        }
        let own = &self.text[start..self.at];
        let (label, end) = match link::label(after) {
            Some(("", rest)) => (own, self.text.len() - rest.len()),
            Some((label, rest)) => (label, self.text.len() - rest.len()),
            None => (own, self.at + 1),
        };
        Some((self.references.get(label)?.clone(), end))
    }

    fn tag(&mut self) {
        if let Some((address, length, scheme)) = autolink::bracketed(self.rest()) {
            let html = bare_anchor(scheme, address);
            return self.replace(length, html);
        }
        let text = self.rest();
        match html::tag(text, &mut self.missing) {
            Some(length) => self.replace(length, text[..length].to_owned()),
            None => self.at += 1,
        }
    }

    fn address(&mut self) {
        let before = self.text[..self.at].chars().next_back();
        let is_start = before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c));
        let is_in_link = !self.brackets.is_empty();
        match autolink::bare(self.rest()).filter(|_| is_start && !is_in_link) {
            Some((length, scheme)) => {
                let html = bare_anchor(scheme, &self.rest()[..length]);
                self.replace(length, html);
            }
            None => self.at += 1,
        }
    }

    fn mail(&mut self) {
        let before = &self.text[self.plain..self.at];
        let mail = autolink::mail(before, &self.text[self.at + 1..]);
        match mail.filter(|_| self.brackets.is_empty()) {
            Some((name, host)) => {
                let start = self.at - name;
                let html = bare_anchor("mailto:", &self.text[start..self.at + 1 + host]);
                self.flush_until(start);
                self.pieces.push(Piece::Html(html));
                self.skip(1 + host);
            }
            None => self.at += 1,
        }
    }
}

/// Adds text in which characters may be written by their names.
fn prose(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        escape(html, &rest[..at]);
        rest = &rest[at..];
        let length = match entity(rest) {
            0 => {
                html.push_str("&amp;");
                1
            }
            length => {
                html.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    escape(html, rest);
}

/// Adds an address or a title, which may have escapes.
fn attribute(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        prose(html, &rest[..at]);
        rest = &rest[at + 1..];
        let is_escape = rest
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_punctuation());
        if is_escape {
            escape(html, &rest[..1]);
            rest = &rest[1..];
        } else {
            html.push('\\');
        }
    }
    prose(html, rest);
}

fn bare_anchor(scheme: &str, address: &str) -> String {
    let mut html = format!("<a href=\"{scheme}");
    prose(&mut html, address);
    html.push_str("\">");
    prose(&mut html, address);
    html.push_str("</a>");
    html
}

fn anchor(target: &Target, inner: &str) -> String {
    let mut html = "<a href=\"".to_owned();
    attribute(&mut html, &target.address);
    titled(&mut html, target);
    html.push('>');
    html.push_str(inner);
    html.push_str("</a>");
    html
}

fn image(target: &Target, inner: &str) -> String {
    let mut html = "<img src=\"".to_owned();
    attribute(&mut html, &target.address);
    html.push_str("\" alt=\"");
    text_of(&mut html, inner);
    titled(&mut html, target);
    html.push('>');
    html
}

/// Ends an attribute, and adds the title.
fn titled(html: &mut String, target: &Target) {
    html.push('"');
    if let Some(title) = &target.title {
        html.push_str(" title=\"");
        attribute(html, title);
        html.push('"');
    }
}

/// Adds HTML without its tags. Within an image's text, the text of images.
fn text_of(html: &mut String, inner: &str) {
    let mut rest = inner;
    while let Some((before, tag)) = rest.split_once('<') {
        html.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        if let Some((_, alt)) = tag.split_once("alt=\"") {
            html.push_str(alt.split('"').next().unwrap_or_default());
        }
        rest = after;
    }
    for (at, part) in rest.split('"').enumerate() {
        html.push_str(if at > 0 { "&quot;" } else { "" });
        html.push_str(part);
    }
}
