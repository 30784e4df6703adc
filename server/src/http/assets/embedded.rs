//! The client that is compiled into the binary.

use super::{Asset, path::INDEX};
use crate::http::encoding::Coding;
use axum::body::{Body, Bytes};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::sync::{LazyLock, Once};

/// One file of the client with its compressed forms.
#[derive(Debug)]
pub(crate) struct File {
    path: &'static str,
    /// Hexadecimal digits that change with the content.
    hash: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

// Written by build.rs: `static CLIENT: &[File]`, sorted by path, empty without a built client.
include!(concat!(env!("OUT_DIR"), "/client.rs"));

/// What is served where no client was built.
static NO_CLIENT: &[File] = &[File {
    path: INDEX,
    hash: "no-client",
    plain: include_bytes!("no_client.html"),
    brotli: None,
    gzip: None,
}];

/// The files; a page that says what is missing where no client was built.
pub(super) fn files() -> &'static [File] {
    if CLIENT.is_empty() { NO_CLIENT } else { CLIENT }
}

/// The files that the built-in client consists of.
pub(crate) struct ClientFiles {
    pub(crate) page: &'static str,
    pub(crate) glue_path: &'static str,
    pub(crate) glue: &'static str,
    pub(crate) gzipped_glue: Option<&'static [u8]>,
    pub(crate) wasm_path: &'static str,
    pub(crate) wasm: &'static [u8],
    pub(crate) gzipped_wasm: Option<&'static [u8]>,
}

/// The client's files; `None` where no client was built.
pub(crate) fn client_files() -> Option<ClientFiles> {
    // The libraries that only a GUI needs stand beside it.
    let is_own = |file: &&File| file.path == INDEX || file.path.starts_with("scenecast-client-");
    let own = || CLIENT.iter().filter(is_own);
    let find = |extension: &str| own().find(|file| file.path.ends_with(extension));
    let text = |file: &File| std::str::from_utf8(file.plain).ok();
    let (page, glue, wasm) = (find(INDEX)?, find(".js")?, find(".wasm")?);
    Some(ClientFiles {
        page: text(page)?,
        glue_path: glue.path,
        glue: text(glue)?,
        gzipped_glue: glue.gzip,
        wasm_path: wasm.path,
        wasm: wasm.plain,
        gzipped_wasm: wasm.gzip,
    })
}

/// Logs, once in a program, that no client was built.
pub(super) fn warn_if_missing() {
    static WARNED: Once = Once::new();
    if CLIENT.is_empty() {
        WARNED.call_once(|| {
            tracing::warn!(
                "this build has no browser client: run `cargo xtask bundle` and build again"
            );
        });
    }
}

pub(super) fn find(files: &[File], path: &str, preference: &[Coding]) -> Option<Asset> {
    let index = files.binary_search_by(|file| file.path.cmp(path)).ok()?;
    let file = &files[index];
    let (coding, bytes) = preference.iter().find_map(|coding| {
        let bytes = match coding {
            Coding::Brotli => file.brotli?,
            Coding::Gzip => file.gzip?,
            Coding::Identity => file.plain,
        };
        Some((*coding, bytes))
    })?;
    Some(Asset {
        body: Body::from(Bytes::from_static(bytes)),
        length: bytes.len() as u64,
        coding,
        etag: format!("\"{}{}\"", file.hash, coding.suffix()),
    })
}

/// What the built-in page may load and do. Scripts are its own files and its own inline ones, by
/// hash; WebAssembly may be compiled, text may not be run. It may connect anywhere, since
/// `?websocket=` names any server, and show images from anywhere, since a scene's Markdown may.
pub(super) fn content_security_policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        let page = files().iter().find(|file| file.path == INDEX);
        let html = String::from_utf8_lossy(page.map_or(&[], |page| page.plain));
        let hashes: String = inline_scripts(&html)
            .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
            .collect();
        format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{hashes}; \
             style-src 'self' 'unsafe-inline'; img-src * data: blob:; media-src * data: blob:; \
             font-src 'self' data:; connect-src * ws: wss: data: blob:; \
             worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'"
        )
    });
    &POLICY
}

/// The text of each `<script>` without a `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILES: &[File] = &[
        File {
            path: "a.js",
            hash: "1",
            plain: b"plain",
            brotli: Some(b"br"),
            gzip: Some(b"gz"),
        },
        File {
            path: "b.js",
            hash: "2",
            plain: b"plain",
            brotli: None,
            gzip: Some(b"gz"),
        },
    ];

    #[test]
    fn sends_the_first_form_that_exists() {
        use Coding::{Brotli, Gzip, Identity};
        let find = |path, preference: &[Coding]| {
            let asset = find(FILES, path, preference)?;
            Some((asset.coding, asset.length, asset.etag))
        };
        let all = [Brotli, Gzip, Identity];
        assert_eq!(find("a.js", &all), Some((Brotli, 2, "\"1.br\"".into())));
        assert_eq!(find("b.js", &all), Some((Gzip, 2, "\"2.gz\"".into())));
        assert_eq!(
            find("b.js", &[Brotli, Identity]),
            Some((Identity, 5, "\"2\"".into()))
        );
        assert_eq!(find("c.js", &all), None);
        assert_eq!(find("a.js.br", &all), None);
    }

    #[test]
    fn finds_inline_scripts() {
        let html = "<script src=\"a.js\"></script><script type=\"module\">\nrun()\n</script>\
                    <p></p><script>x</script><script>never closed";
        let found: Vec<&str> = inline_scripts(html).collect();
        assert_eq!(found, ["\nrun()\n", "x"]);
    }

    #[test]
    fn the_embedded_files_are_sorted() {
        assert!(files().is_sorted_by_key(|file| file.path));
        assert!(files().iter().any(|file| file.path == INDEX));
    }
}
