//! From a URL's path to a file's.

use percent_encoding::percent_decode_str;

/// The file that stands for a folder's root.
pub(crate) const INDEX: &str = "index.html";

/// The relative file path that a URL path means: percent-decoded, `\` read as `/`, empty and `.`
/// segments dropped, nothing left read as the index. `None` for paths that could leave the folder
/// (`..`, drive letters) or that no file system knows (NUL, bytes that are not UTF-8).
pub(crate) fn static_path(url_path: &str) -> Option<String> {
    let decoded = percent_decode_str(url_path).decode_utf8().ok()?;
    let mut path = String::new();
    for segment in decoded.split(['/', '\\']) {
        match segment {
            "" | "." => continue,
            ".." => return None,
            segment if segment.contains([':', '\0']) => return None,
            segment => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(segment);
            }
        }
    }
    Some(if path.is_empty() {
        INDEX.to_owned()
    } else {
        path
    })
}

/// Whether a bundled file has a hash of its content in its name, as in
/// `scenecast-client-0123456789abcdef_bg.wasm`: then the name's content never changes.
pub(crate) fn is_content_hashed(path: &str) -> bool {
    let Some((_, tail)) = path.rsplit_once('-') else {
        return false;
    };
    let digits = tail.bytes().take_while(u8::is_ascii_hexdigit).count();
    digits == 16 && matches!(&tail[digits..], ".js" | ".css" | ".wasm" | "_bg.wasm")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_paths() {
        for (url, expected) in [
            ("/", Some("index.html")),
            ("", Some("index.html")),
            ("//./", Some("index.html")),
            ("/index.html", Some("index.html")),
            ("/a//b/./c.js", Some("a/b/c.js")),
            ("/a%20b.js", Some("a b.js")),
            ("\\a\\b.js", Some("a/b.js")),
            ("/..", None),
            ("/a/../b", None),
            ("/%2e%2e/etc/passwd", None),
            ("/%2e%2e%2fetc", None),
            ("/a%5c..%5cb", None),
            ("/..a", Some("..a")),
            ("/%252e%252e/a", Some("%2e%2e/a")),
            ("/C:/a", None),
            ("/a%00.js", None),
            ("/%ff", None),
        ] {
            assert_eq!(static_path(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn knows_hashed_names() {
        for path in [
            "scenecast-client-0123456789abcdef.js",
            "scenecast-client-0123456789abcdef_bg.wasm",
            "style-fedcba9876543210.css",
        ] {
            assert!(is_content_hashed(path), "{path}");
        }
        for path in [
            "index.html",
            "snippets/gl-0123456789abcdef/inline0.js",
            "a-0123456789abcde.js",
            "a-0123456789abcdef0.js",
            "a-0123456789abcdef.html",
            "0123456789abcdef.js",
        ] {
            assert!(!is_content_hashed(path), "{path}");
        }
    }
}
