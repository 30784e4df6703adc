//! The GUI: what servers put into the control panel and beside it, and the page's own controls.
//!
//! Messages change [`GuiState`](scenecast_protocol::state::GuiState). Once before each picture the
//! `store` takes over what has changed, and only those parts of the page that show it are
//! updated. What users do becomes `actions`, which reach the app. Neither views nor store know
//! messages' bytes, and the app knows no elements of the page.
//!
//! What runs without a browser is tested natively: where panels are ([`dock`]), the [`outbox`], the
//! [text of numbers](number_text), [colours](color), [sliders with several thumbs](multi_slider),
//! the table of scene nodes ([`tree`]), and parts of [`chrome`].

#[cfg(target_arch = "wasm32")]
pub(crate) mod actions;
#[cfg(target_arch = "wasm32")]
mod calm;
pub mod chrome;
pub mod color;
#[cfg(target_arch = "wasm32")]
pub(crate) mod components;
pub mod dock;
#[cfg(target_arch = "wasm32")]
pub(crate) mod element;
#[cfg(target_arch = "wasm32")]
pub(crate) mod icon;
pub mod marked;
#[cfg(target_arch = "wasm32")]
pub(crate) mod mount;
pub mod multi_slider;
pub mod number_text;
pub mod outbox;
#[cfg(target_arch = "wasm32")]
pub(crate) mod page_settings;
#[cfg(target_arch = "wasm32")]
pub(crate) mod popup;
#[cfg(target_arch = "wasm32")]
pub(crate) mod safe_html;
#[cfg(target_arch = "wasm32")]
pub(crate) mod script;
#[cfg(target_arch = "wasm32")]
pub(crate) mod store;
pub mod tree;
#[cfg(target_arch = "wasm32")]
pub(crate) mod zoom;
