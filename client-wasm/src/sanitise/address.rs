//! Addresses in foreign content.

use super::name;

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To go there.
    Link,
    /// A picture, which runs nothing even as SVG.
    Picture,
    /// Sound or film.
    Media,
    /// A part of the same content.
    Part,
}

/// Types of data that are pictures.
const PICTURES: [&str; 8] = [
    "png", "jpeg", "jpg", "gif", "webp", "avif", "bmp", "svg+xml",
];

/// An address as it may be used; `None` where it may not.
pub fn address(purpose: Use, text: &str) -> Option<String> {
    // As browsers read it.
    let text: String = text
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    if let Some(part) = text.strip_prefix('#') {
        return match purpose {
            Use::Link | Use::Part => Some(format!("#{}", name(part)?)),
            Use::Picture | Use::Media => None,
        };
    }
    if purpose == Use::Part || text.is_empty() {
        return None;
    }
    let scheme = text
        .split(['/', '?', '#'])
        .next()
        .and_then(|start| start.split_once(':'));
    let Some((scheme, rest)) = scheme else {
        return Some(text);
    };
    let scheme = scheme.to_ascii_lowercase();
    let is_allowed = match purpose {
        Use::Link => ["http", "https", "mailto", "tel", "irc", "ircs", "xmpp"].contains(&&*scheme),
        Use::Picture | Use::Media => match &*scheme {
            "http" | "https" => true,
            "data" => is_data_for(purpose, rest, &text),
            _ => false,
        },
        Use::Part => false,
    };
    is_allowed.then_some(text)
}

/// Whether `data:` is followed by a type that suits the purpose; `start` goes up to the first `/`.
fn is_data_for(purpose: Use, start: &str, text: &str) -> bool {
    let kind = start.to_ascii_lowercase();
    let after = text.get("data:".len() + start.len()..).unwrap_or_default();
    let subtype = after.strip_prefix('/').unwrap_or_default();
    let subtype = subtype.split([';', ',']).next().unwrap_or_default();
    let subtype = subtype.trim().to_ascii_lowercase();
    match purpose {
        Use::Picture => kind == "image" && PICTURES.contains(&&*subtype),
        Use::Media => kind == "audio" || kind == "video",
        Use::Link | Use::Part => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages() {
        for text in [
            "https://a.b/c",
            "HTTP://a",
            "//a.b",
            "a/b?c:d",
            "../a",
            "mailto:a@b",
            "tel:1",
            "?a=b",
        ] {
            assert_eq!(address(Use::Link, text).as_deref(), Some(text));
        }
        assert_eq!(address(Use::Link, "#a").as_deref(), Some("#content-a"));
        for text in [
            "javascript:alert(1)",
            " \u{1}JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "java\u{0}script:alert(1)",
            "\u{a0}javascript:alert(1)",
            "javascript\t:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "data:image/svg+xml,<svg>",
            "blob:http://a/b",
            "file:///etc/passwd",
            "view-source:http://a",
            "filesystem:http://a",
            "jar:http://a",
            "a:b",
            ":",
            "",
            "#a b",
        ] {
            assert_eq!(address(Use::Link, text), None, "{text}");
        }
    }

    #[test]
    fn pictures_are_pictures() {
        for text in [
            "data:image/png;base64,AAAA",
            "DATA:image/SVG+xml,<svg/>",
            "http://a/b.png",
            "b.png",
            "data:image/gif,",
        ] {
            assert_eq!(address(Use::Picture, text).as_deref(), Some(text));
        }
        for text in [
            "data:text/html,x",
            "data:,x",
            "data:image",
            "data:image/html,",
            "data:text/html;image/png,x",
            "javascript:x",
            "#a",
            "data:video/mp4,",
        ] {
            assert_eq!(address(Use::Picture, text), None, "{text}");
        }
        assert!(address(Use::Media, "data:video/mp4;base64,AA").is_some());
        assert_eq!(address(Use::Media, "data:text/html,x"), None);
        assert_eq!(address(Use::Part, "#a-1").as_deref(), Some("#content-a-1"));
        for text in [
            "a.svg#b",
            "http://a#b",
            "data:image/svg+xml,<svg id='x'/>#x",
            "",
        ] {
            assert_eq!(address(Use::Part, text), None);
        }
    }
}
