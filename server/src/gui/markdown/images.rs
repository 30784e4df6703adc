//! Images of this machine, put into Markdown.

use base64::{Engine, prelude::BASE64_STANDARD};
use std::{
    fmt::Write,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The largest file that is put into a text, bytes.
const MAX_IMAGE: u64 = 8 << 20;

/// All files of one text together, bytes.
const MAX_IMAGES: u64 = 16 << 20;

/// Puts the files that `![…](…)` names below a folder into a text, as `data:` URLs.
pub(super) fn inline(markdown: &str, root: &Path) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    let mut room = MAX_IMAGES;
    while let Some((before, url, after)) = next_image(rest) {
        out.push_str(before);
        match data_url(url, root, &mut room) {
            Ok(Some(data)) => out.push_str(&data),
            Ok(None) => out.push_str(url),
            Err(error) => {
                tracing::warn!("{url:?} in a text is not shown from {root:?}: {error}");
                out.push_str(url);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits a text around the address of its first image.
fn next_image(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("![")?;
        let label = &text[start + 2..];
        let end = label.find(']')?;
        if label[end..].starts_with("](") {
            let begin = start + 2 + end + 2;
            let length = text[begin..].find(')')?;
            let (before, from_url) = text.split_at(begin);
            let (url, after) = from_url.split_at(length);
            return Some((before, url, after));
        }
        from = start + 2;
    }
}

/// A file as a `data:` URL; `None` if the address is none of a file.
fn data_url(url: &str, root: &Path, room: &mut u64) -> io::Result<Option<String>> {
    if url.starts_with("http") || url.starts_with("data:") {
        return Ok(None);
    }
    let other = |what: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, what.to_owned()));
    let path = root.join(url).canonicalize()?;
    if !path.starts_with(root.canonicalize()?) {
        return other("it is outside the folder");
    }
    let mime = mime_guess::from_path(&path).first_or_octet_stream();
    if mime.type_() != mime_guess::mime::IMAGE {
        return other("its name is not that of an image");
    }
    let limit = MAX_IMAGE.min(*room);
    let mut bytes = Vec::new();
    File::open(&path)?.take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit {
        return other("it is too large");
    }
    *room -= size;
    let mut data = String::new();
    // Writing to a string does not fail.
    let _ = write!(data, "data:{};base64,", mime.essence_str());
    BASE64_STANDARD.encode_string(&bytes, &mut data);
    Ok(Some(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_folder_are_put_in() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("images");
        std::fs::create_dir(&root).unwrap();
        std::fs::write(root.join("a.png"), b"abc").unwrap();
        std::fs::write(root.join("a.txt"), b"abc").unwrap();
        std::fs::write(folder.path().join("secret.png"), b"abc").unwrap();
        let cases = [
            ("x ![a](a.png) y", "x ![a](data:image/png;base64,YWJj) y"),
            (
                "![a](a.png)![b](a.png)",
                "![a](data:image/png;base64,YWJj)![b](data:image/png;base64,YWJj)",
            ),
            ("![a](http://a.b/a.png)", "![a](http://a.b/a.png)"),
            ("![a](../secret.png)", "![a](../secret.png)"),
            ("![a](a.txt) ![a](b.png)", "![a](a.txt) ![a](b.png)"),
            ("![a] ![b](a.png", "![a] ![b](a.png"),
            (
                "![ü] ![a](a.png) ![",
                "![ü] ![a](data:image/png;base64,YWJj) ![",
            ),
            ("[a](a.png)", "[a](a.png)"),
        ];
        for (text, expected) in cases {
            assert_eq!(inline(text, &root), expected);
        }
    }

    #[test]
    fn large_files_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let image = File::create(folder.path().join("a.png")).unwrap();
        image.set_len(MAX_IMAGE).unwrap();
        let three = "![](a.png)![](a.png)![](a.png)";
        let text = inline(three, folder.path());
        assert_eq!(text.matches("data:").count(), 2);
        assert!(text.ends_with("![](a.png)"));
        image.set_len(MAX_IMAGE + 1).unwrap();
        assert_eq!(inline(three, folder.path()), three);
    }
}
