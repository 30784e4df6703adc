//! Icons by name.

use crate::error::{Error, Result};
use std::sync::OnceLock;

/// See `assets/icons/README.md`.
const TABLER: &[u8] = include_bytes!("../../assets/icons/tabler.zst");

/// Name and SVG of each icon, sorted by name. Some two megabytes, once an icon is asked for.
fn icons() -> &'static [(String, String)] {
    static ICONS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    ICONS.get_or_init(|| {
        let text = zstd::decode_all(TABLER).unwrap_or_default();
        let text = String::from_utf8(text).unwrap_or_default();
        let icons = text.split('\0').filter_map(|icon| icon.split_once('\n'));
        icons
            .map(|(name, svg)| (name.to_owned(), svg.to_owned()))
            .collect()
    })
}

/// The SVG of an icon.
///
/// # Errors
/// There is no icon of that name.
pub(super) fn html(name: Option<&str>) -> Result<Option<String>> {
    let Some(name) = name else {
        return Ok(None);
    };
    let icons = icons();
    match icons.binary_search_by(|(known, _)| known.as_str().cmp(name)) {
        Ok(at) => Ok(Some(icons[at].1.clone())),
        Err(at) => {
            let near = icons[..at].last().into_iter().chain(icons.get(at));
            let near: Vec<&str> = near.map(|(name, _)| name.as_str()).collect();
            Err(Error::InvalidValue {
                what: "icon",
                reason: format!(
                    "{name:?} is no icon of Tabler's, near it are {near:?}; see tabler.io/icons"
                ),
            })
        }
    }
}

/// A builder method for the icon of a component.
macro_rules! icon_builder {
    ($Kind:ident) => {
        impl $Kind {
            /// The name of one of [Tabler's icons](https://tabler.io/icons), such as `device-floppy`.
            #[must_use]
            pub fn icon(mut self, name: impl Into<String>) -> Self {
                self.icon = Some(name.into());
                self
            }
        }
    };
}

/// How the icon of a component is changed.
macro_rules! icon_handle {
    ($Kind:ident) => {
        impl $crate::gui::GuiHandle<$Kind> {
            /// Shows another of Tabler's icons, or none.
            ///
            /// # Errors
            /// The component has been removed, or there is no icon of that name.
            pub fn set_icon(&self, name: Option<&str>) -> $crate::error::Result<()> {
                let icon_html = $crate::gui::icon::html(name)?;
                self.update(|props| props.icon_html = icon_html)
            }
        }
    };
}

pub(super) use {icon_builder, icon_handle};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_found_by_name() {
        assert_eq!(icons().len(), 4285);
        assert!(icons().is_sorted());
        let svg = html(Some("device-floppy")).unwrap().unwrap();
        assert!(svg.starts_with("<svg ") && svg.contains("icon-tabler-device-floppy"));
        assert!(
            icons()
                .iter()
                .all(|(_, svg)| svg.trim_end().ends_with("</svg>"))
        );
        assert_eq!(html(None).unwrap(), None);
        let error = html(Some("device-flopp")).unwrap_err().to_string();
        assert!(error.contains("device-floppy"), "{error}");
        assert!(html(Some("")).is_err() && html(Some("~")).is_err());
    }
}
