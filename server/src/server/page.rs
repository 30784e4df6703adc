//! What a page of this server may do that pages of others may not.

use crate::http::Assets;
use std::path::PathBuf;

/// Where the page asks. A static site serves the same file, `client-wasm/page.json`.
const SETTINGS: &str = "page.json";

/// Where Plotly is served.
const PLOTLY: &str = "plotly.js";

/// Settings for the page. They come from the server that serves it, never in a message.
#[derive(Debug, Clone, Default)]
pub(super) struct PageSettings {
    pub(super) is_html_trusted: bool,
    pub(super) plotly_js: Option<PathBuf>,
}

impl PageSettings {
    /// The files of the page with these settings.
    pub(super) fn added_to(self, assets: Assets) -> Assets {
        let plotly = self.plotly_js.as_ref().map(|_| PLOTLY);
        let settings = serde_json::json!({
            "trustHtml": self.is_html_trusted,
            "plotly": plotly,
        });
        let assets = assets.with_public_text(SETTINGS, settings.to_string());
        match self.plotly_js {
            Some(file) => assets.with_public_file(PLOTLY, file),
            None => assets,
        }
    }
}
