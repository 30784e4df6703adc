//! What is around the components: the control panel's header and settings, dialogs, notifications,
//! commands, the title bar, the page's colours, and the state of the connection.

pub mod colors;
pub mod fuzzy;
pub mod hotkey;
pub mod link;
pub mod qr;

#[cfg(target_arch = "wasm32")]
mod about;
#[cfg(target_arch = "wasm32")]
pub(crate) mod body;
#[cfg(target_arch = "wasm32")]
mod dialog;
#[cfg(target_arch = "wasm32")]
pub(crate) mod header;
#[cfg(target_arch = "wasm32")]
mod icon;
#[cfg(target_arch = "wasm32")]
mod logo;
#[cfg(target_arch = "wasm32")]
mod modals;
#[cfg(target_arch = "wasm32")]
pub(crate) mod notice;
#[cfg(target_arch = "wasm32")]
pub(crate) mod notifications;
#[cfg(target_arch = "wasm32")]
mod palette;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod share;
#[cfg(target_arch = "wasm32")]
pub(crate) mod theme;
#[cfg(target_arch = "wasm32")]
pub(crate) mod titlebar;

#[cfg(target_arch = "wasm32")]
use scenecast_dom::*;

/// What is over everything else, and nowhere while it is not open.
#[cfg(target_arch = "wasm32")]
pub(crate) fn overlays() -> View {
    view! {
        {logo::view()}
        {modals::view()}
        {palette::view()}
        {share::view()}
        {about::view()}
    }
}
