//! Writes the page: each directive of `index.html` replaced by what it stands for.

use crate::{
    directive::{self, Directive},
    files, glue, read, unindented, write,
};
use anyhow::{Context, Result, bail};
use std::{
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
};

/// What to bundle and where to.
pub(crate) struct Request {
    /// The page, with `<link data-trunk …>` elements in it.
    pub(crate) index: PathBuf,
    /// The client as the compiler left it.
    pub(crate) wasm: PathBuf,
    /// The folder to write; it is emptied first.
    pub(crate) dist: PathBuf,
    /// The wasm-opt program; without it the wasm stays as wasm-bindgen left it.
    pub(crate) wasm_opt: Option<PathBuf>,
}

/// Writes `index.html` and every file that it names into the folder.
///
/// Scripts, wasm and style sheets get a hash of their content into their names, so that a server
/// may let browsers keep them for ever. `copy-file` and `copy-dir` keep their names.
pub(crate) fn make(request: &Request) -> Result<()> {
    let html = String::from_utf8(read(&request.index)?).context("the page is not UTF-8")?;
    let folder = request.index.parent().unwrap_or(Path::new("."));
    if request.dist.exists() {
        std::fs::remove_dir_all(&request.dist)
            .with_context(|| format!("cannot empty {}", request.dist.display()))?;
    }

    let mut page = String::with_capacity(html.len() + 1024);
    let mut preloads = String::new();
    let mut copied = 0;
    for directive in directive::find_all(&html)? {
        page.push_str(&html[copied..directive.span.start]);
        copied = directive.span.end;
        let href = folder.join(directive.require("href")?);
        match directive.require("rel")? {
            "rust" => page.push_str(&client(request, &directive, &href, &mut preloads)?),
            "css" => page.push_str(&style_sheet(request, &href)?),
            "inline" => page.push_str(&inline(&directive, &href)?),
            "copy-file" => copy(&href, &request.dist.join(file_name(&href)?))?,
            "copy-dir" => copy_folder(&href, &request.dist.join(file_name(&href)?))?,
            other => bail!(
                "the page uses <link data-trunk rel=\"{other}\">, which only trunk knows; \
                 use rust, css, inline, copy-file or copy-dir"
            ),
        }
    }
    page.push_str(&html[copied..]);

    let head_end = page.find("</head>").context("the page has no </head>")?;
    page.insert_str(head_end, &preloads);
    write(&request.dist.join("index.html"), page.as_bytes())
}

/// Writes glue and wasm; returns the script that starts them and appends what to load ahead of it.
fn client(
    request: &Request,
    directive: &Directive,
    manifest: &Path,
    preloads: &mut String,
) -> Result<String> {
    let name = package_name(manifest)?;
    let scratch = request.wasm.with_extension("bundle");
    let glue = glue::make(
        &request.wasm,
        &name,
        directive,
        request.wasm_opt.as_deref(),
        &scratch,
    )?;
    // One hash over both: the glue fits only the wasm that it was made with.
    let hash = hash(&[&glue.js, &glue.wasm]);
    let (js, wasm) = (
        format!("{name}-{hash}.js"),
        format!("{name}-{hash}_bg.wasm"),
    );
    write_to(request, &js, &glue.js)?;
    write_to(request, &wasm, &glue.wasm)?;
    let mut modules = vec![js.clone()];
    for (path, text) in &glue.snippets {
        write_to(request, path, text)?;
        modules.push(path.clone());
    }
    for module in modules {
        preloads.push_str(&format!(
            "<link rel=\"modulepreload\" href=\"./{module}\" crossorigin=\"anonymous\">"
        ));
    }
    preloads.push_str(&format!(
        "<link rel=\"preload\" href=\"./{wasm}\" crossorigin=\"anonymous\" as=\"fetch\" \
         type=\"application/wasm\">"
    ));
    Ok(format!(
        "
<script type=\"module\">
import init from './{js}';
const wasm = await init({{ module_or_path: './{wasm}' }});


dispatchEvent(new CustomEvent(\"TrunkApplicationStarted\", {{detail: {{wasm}}}}));

</script>"
    ))
}

fn style_sheet(request: &Request, source: &Path) -> Result<String> {
    let css = read(source)?;
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}-{}.css", hash(&[&css]));
    write_to(request, &name, &css)?;
    Ok(format!("<link rel=\"stylesheet\" href=\"./{name}\"/>"))
}

fn inline(directive: &Directive, source: &Path) -> Result<String> {
    let text = String::from_utf8(read(source)?)
        .with_context(|| format!("{} is not UTF-8", source.display()))?;
    let extension = source.extension().and_then(|e| e.to_str());
    match directive.get("type").or(extension) {
        Some("css") => Ok(format!("<style>{}</style>", plain_css(&text))),
        Some("html" | "svg") => Ok(text),
        Some("js") => Ok(format!("<script>{text}</script>")),
        Some("mjs" | "module") => Ok(format!("<script type=\"module\">{text}</script>")),
        _ => bail!(
            "cannot inline {}: not css, html, svg or js",
            source.display()
        ),
    }
}

/// A style sheet without comments and indentation.
fn plain_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for (at, part) in css.split("/*").enumerate() {
        let shown = match at {
            0 => part,
            _ => part.split_once("*/").map_or("", |(_, after)| after),
        };
        out.push_str(shown);
    }
    unindented(&out, |_| false)
}

/// The package's name is the stem of the bundle's file names, as trunk does it.
fn package_name(manifest: &Path) -> Result<String> {
    let text = String::from_utf8(read(manifest)?).context("a Cargo.toml is not UTF-8")?;
    text.lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .with_context(|| format!("{} names no package", manifest.display()))
}

fn write_to(request: &Request, name: &str, bytes: &[u8]) -> Result<()> {
    write(&request.dist.join(name), bytes)
}

fn file_name(path: &Path) -> Result<&std::ffi::OsStr> {
    path.file_name()
        .with_context(|| format!("{} has no file name", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, &read(from)?)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        copy(&file, &to.join(file.strip_prefix(from)?))?;
    }
    Ok(())
}

/// Sixteen hexadecimal digits that change with the content. A later compiler may count otherwise;
/// then browsers load the same content once more.
fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
    }
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_lose_comments_and_indentation() {
        let css = "/* Why\n   so. */\n.a {\n    color: red; /* red */\n\n    top: 0;\n}\n";
        assert_eq!(plain_css(css), ".a {\ncolor: red;\ntop: 0;\n}\n");
        assert_eq!(plain_css("a {} /* never ends"), "a {}\n");
    }
}
