//! Addresses that a server gives to links.

/// The address, if it leads to a page: `javascript:` and whatever else is not for reading is none.
pub fn page(href: &str) -> Option<&str> {
    // Browsers skip these, wherever they are.
    let is_skipped = |c: char| c.is_ascii_control() || c == ' ';
    if href.contains(['\t', '\n', '\r']) || href.trim_matches(is_skipped).len() != href.len() {
        return None;
    }
    let scheme_ends = href.find([':', '/', '?', '#']);
    match scheme_ends.map(|end| href.split_at(end)) {
        Some((scheme, rest)) if rest.starts_with(':') => {
            let known = ["http", "https", "mailto"];
            known
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
                .then_some(href)
        }
        // Relative to the page.
        _ => Some(href),
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn only_pages_are_linked() {
        for href in [
            "https://a.example/b?c#d",
            "HTTP://a.example",
            "mailto:a@b.example",
            "/docs",
            "docs/a:b",
            "?a:b",
            "#a",
            "",
        ] {
            assert_eq!(page(href), Some(href));
        }
        for href in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "blob:https://a/b",
            "vbscript:a",
            ":a",
        ] {
            assert_eq!(page(href), None, "{href:?}");
        }
    }
}
