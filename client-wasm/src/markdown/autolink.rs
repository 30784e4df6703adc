//! Addresses that are links without brackets.

use super::emphasis::is_punctuation;

/// An address at the start of a text, before which a word ends: its length, and what comes before
/// it in the link.
pub(super) fn bare(text: &str) -> Option<(usize, &'static str)> {
    let (skip, prefix) = match text.as_bytes() {
        [b'h' | b'H', b't' | b'T', ..] => {
            let scheme = ["http://", "https://"].into_iter().find(|scheme| {
                text.get(..scheme.len())
                    .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
            })?;
            (scheme.len(), "")
        }
        [b'w' | b'W', ..] if text.get(..4)?.eq_ignore_ascii_case("www.") => (0, "http://"),
        _ => return None,
    };
    let end = text
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(text.len());
    let length = without_tail(&text[..end]);
    let host = text.get(skip..length)?;
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !is_punctuation(c);
    let is_host = |c: char| is_letter(c) || "-_.".contains(c);
    let is_known = host == "localhost" || host.trim_matches('.').contains('.') || skip > 0;
    (!host.is_empty() && host.chars().all(is_host) && is_known).then_some((length, prefix))
}

/// The length of an address without what belongs to the sentence around it.
fn without_tail(address: &str) -> usize {
    let mut length = address.len();
    let open = address.matches('(').count();
    let mut closed = address.matches(')').count();
    loop {
        let rest = &address[..length];
        let Some(last) = rest.chars().next_back() else {
            return 0;
        };
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {}
            ')' if closed > open => closed -= 1,
            ';' => {
                let name = rest[..length - 1].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                let is_entity = name.ends_with('&') && name.len() < length - 1;
                length = if is_entity { name.len() } else { length };
            }
            _ => return length,
        }
        length -= 1;
    }
}

/// An address in `<…>`: with a scheme, or of mail.
pub(super) fn bracketed(text: &str) -> Option<(&str, usize, &'static str)> {
    let is_end = |byte: &u8| matches!(byte, b'<' | b'>' | 0..=b' ');
    let end = 1 + text.as_bytes().get(1..)?.iter().position(is_end)?;
    if text.as_bytes()[end] != b'>' {
        return None;
    }
    let inside = &text[1..end];
    let scheme = inside.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    };
    if scheme.is_some_and(is_scheme) {
        return Some((inside, end + 1, ""));
    }
    let (name, host) = inside.split_once('@')?;
    let is_mail = !name.is_empty() && name.bytes().all(is_of_name) && is_host(host);
    is_mail.then_some((inside, end + 1, "mailto:"))
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

/// An address of mail around an `@`: how much of the text before and after it belongs to it.
pub(super) fn mail(before: &str, after: &str) -> Option<(usize, usize)> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let name = before.bytes().rev().take_while(is_name).count();
    let host = after
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(byte))
        .count();
    let host = after[..host].trim_end_matches('.');
    let is_mail = name > 0
        && host.contains('.')
        && !host.ends_with(['-', '_'])
        && is_host(&host.replace('_', "-"));
    is_mail.then_some((name, host.len()))
}
