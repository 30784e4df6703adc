//! Shows a page to the user: in the notebook that the program runs in, or in the browser.

use crate::error::{Error, Result};
use std::{
    fs,
    io::{self, Write},
};

/// Set in programs that evcxr, the Rust kernel of Jupyter, runs.
const NOTEBOOK_VARIABLE: &str = "EVCXR_IS_RUNTIME";

/// Shows a page; in a notebook in a frame of so many pixels' height.
pub(crate) fn show(html: &str, height: u32) -> Result<()> {
    if std::env::var_os(NOTEBOOK_VARIABLE).is_some() {
        let mut out = io::stdout().lock();
        let written = out.write_all(notebook_content(html, height).as_bytes());
        return written.and_then(|()| out.flush()).map_err(Error::Display);
    }
    open(html).map_err(Error::Display)
}

/// What evcxr takes for something to display: see its `evcxr_display` protocol.
fn notebook_content(html: &str, height: u32) -> String {
    let escaped = html
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "EVCXR_BEGIN_CONTENT text/html\n\
         <iframe srcdoc=\"{escaped}\" width=\"100%\" height=\"{height}\" \
         style=\"border:1px solid #ddd\"></iframe>\n\
         EVCXR_END_CONTENT\n"
    )
}

/// Opens a page in the browser. The file stays, since the browser may read it any time later.
fn open(html: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    let file = builder.prefix("scenecast-").suffix(".html").tempfile()?;
    fs::write(file.path(), html)?;
    let (_, path) = file.keep().map_err(|error| error.error)?;
    open::that_detached(&path).map_err(|error| {
        let message = format!("{error}; open {} yourself", path.display());
        io::Error::new(error.kind(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notebooks_get_an_escaped_frame() {
        let content = notebook_content("<p title=\"a&b\">\nx</p>", 300);
        assert_eq!(
            content,
            "EVCXR_BEGIN_CONTENT text/html\n\
             <iframe srcdoc=\"&lt;p title=&quot;a&amp;b&quot;&gt;\nx&lt;/p&gt;\" width=\"100%\" \
             height=\"300\" style=\"border:1px solid #ddd\"></iframe>\n\
             EVCXR_END_CONTENT\n"
        );
    }
}
