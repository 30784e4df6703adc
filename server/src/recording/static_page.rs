//! A recording and its player as one page, which opens without a server, from a file too.

use crate::{
    error::{Error, Result},
    http::client_files,
};
use base64::{Engine, engine::general_purpose::STANDARD, write::EncoderWriter};
use std::io::Write;

/// Where the page starts the client.
const MODULE: &str = "<script type=\"module\">";

/// The parts of the page around the recording, which goes in between in Base64.
#[derive(Debug)]
pub(crate) struct StaticPage {
    before: String,
    after: String,
}

impl StaticPage {
    /// The page of the client that is built in.
    ///
    /// # Errors
    /// [`NoClient`](Error::NoClient) where none is.
    pub(crate) fn new(dark_mode: bool) -> Result<Self> {
        let files = client_files().ok_or(Error::NoClient)?;
        // What the glue imports would have to be loaded.
        if files.glue.lines().any(|line| line.starts_with("import ")) {
            return Err(Error::NoClient);
        }
        let script = match (files.gzipped_glue, files.gzipped_wasm) {
            (Some(glue), Some(wasm)) => carried(GUNZIPPED, glue, wasm),
            _ => carried(PLAIN, files.glue.as_bytes(), files.wasm),
        };
        let page = inline(files.page, files.glue_path, files.wasm_path, &script);
        page.and_then(|page| Self::around(&page, dark_mode))
            .ok_or(Error::NoClient)
    }

    fn around(page: &str, dark_mode: bool) -> Option<Self> {
        let (head, rest) = page.split_at(page.find("</head>")?);
        Some(Self {
            before: format!("{head}<script>window.__VISER_EMBED_DATA__=\""),
            after: format!(
                "\";window.__VISER_EMBED_CONFIG__={{darkMode:{dark_mode}}};</script>{rest}"
            ),
        })
    }

    /// Writes the page. `write_recording` writes the bytes of a `.viser` file.
    ///
    /// # Errors
    /// What `write_recording` fails with; [`Recording`](Error::Recording) where `out` fails.
    pub(crate) fn write(
        &self,
        mut out: impl Write,
        write_recording: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let before = out.write_all(self.before.as_bytes());
        before.map_err(Error::Recording)?;
        let mut encoder = EncoderWriter::new(&mut out, &STANDARD);
        write_recording(&mut encoder)?;
        let ended = encoder.finish().map(drop);
        drop(encoder);
        ended
            .and_then(|()| out.write_all(self.after.as_bytes()))
            .and_then(|()| out.flush())
            .map_err(Error::Recording)
    }
}

/// JavaScript that makes a response of bytes.
const PLAIN: &str = "new Response(bytes)";
/// The same of compressed ones.
const GUNZIPPED: &str =
    "new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(\"gzip\")))";

/// JavaScript with the glue and the WebAssembly in it. Pages from files may not load modules, but
/// import what they have made themselves.
fn carried(response: &str, glue: &[u8], wasm: &[u8]) -> String {
    let [glue, wasm] = [glue, wasm].map(|bytes| STANDARD.encode(bytes));
    format!(
        "const unpacked = (base64) => {{\n\
         const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));\n\
         return {response};\n\
         }};\n\
         const glue = new Blob([await unpacked(\"{glue}\").text()], {{ type: \"text/javascript\" }});\n\
         const {{ default: init }} = await import(URL.createObjectURL(glue));\n\
         const wasmFile = new Response(unpacked(\"{wasm}\").body, {{ headers: {{ \"Content-Type\": \"application/wasm\" }} }});\n"
    )
}

/// Puts what carries the glue and the WebAssembly into the page's module script, which imports them
/// by path.
fn inline(page: &str, glue_path: &str, wasm_path: &str, carried: &str) -> Option<String> {
    let start = page.find(MODULE)? + MODULE.len();
    let end = start + page[start..].find("</script>")?;
    let import = format!("import init from './{glue_path}';");
    let path = format!("'./{wasm_path}'");
    let script = &page[start..end];
    if !script.contains(&import) || !script.contains(&path) {
        return None;
    }
    let script = script.replace(&path, "wasmFile").replace(&import, "");
    let script = format!("\n{carried}{}\n", script.trim());
    let before = without_preloads(&page[..start]);
    let after = without_preloads(&page[end..]);
    Some(format!("{before}{script}{after}"))
}

fn without_preloads(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<link rel=\"") {
        let end = rest[at..].find('>').map_or(rest.len(), |len| at + len + 1);
        let is_preload = rest[at..end].contains("preload\"");
        kept.push_str(&rest[..if is_preload { at } else { end }]);
        rest = &rest[end..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<link rel=\"icon\" href=\"data:,\">\n\
        <script>first()</script>\n<script type=\"module\">\nimport init from './a-1.js';\n\
        const wasm = await init({ module_or_path: './a-1_bg.wasm' });\n</script>\n\
        <link rel=\"modulepreload\" href=\"./a-1.js\"><link rel=\"preload\" href=\"./a-1_bg.wasm\">\
        </head><body>b</body>";

    #[test]
    fn everything_is_on_the_page() {
        let page = inline(PAGE, "a-1.js", "a-1_bg.wasm", "const wasmFile = 1;\n").unwrap();
        assert_eq!(
            page,
            "<head>\n<link rel=\"icon\" href=\"data:,\">\n<script>first()</script>\n\
             <script type=\"module\">\nconst wasmFile = 1;\n\
             const wasm = await init({ module_or_path: wasmFile });\n</script>\n</head><body>b</body>"
        );
        let mut out = Vec::new();
        let page = StaticPage::around(&page, true).unwrap();
        let write = |out: &mut dyn Write| out.write_all(b"recorded").map_err(Error::Recording);
        page.write(&mut out, write).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.ends_with(
            "</script>\n<script>window.__VISER_EMBED_DATA__=\"cmVjb3JkZWQ=\";\
             window.__VISER_EMBED_CONFIG__={darkMode:true};</script></head><body>b</body>"
        ));
    }

    #[test]
    fn a_page_of_another_make_is_refused() {
        let inlined = |page: &str| inline(page, "a-1.js", "a-1_bg.wasm", "");
        assert_eq!(inlined("<head></head>"), None);
        assert_eq!(inlined(&PAGE.replace("a-1_bg", "b")), None);
    }

    #[test]
    fn what_is_carried_can_stand_in_a_script() {
        let script = carried(PLAIN, b"</script><!--", b"\0asm");
        assert!(!script.contains('<'), "{script}");
        assert!(script.contains("PC9zY3JpcHQ+PCEtLQ=="), "{script}");
    }
}
