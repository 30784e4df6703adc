//! The browser client of Scenecast: shows a live scene with WebGL2.
//!
//! What can run without a browser does, and is tested natively: the camera ([`camera`]), gestures
//! and keys ([`input`]), what pointers do to the scene ([`interaction`]), the connection's decisions
//! ([`connection`]), the delivery schedule ([`pacing`], [`inbox`]), what servers ask for
//! ([`requests`]), what users put in ([`gui`]), playing recordings ([`playback`]) and sequences ([`sequence`]), the page's
//! address ([`url_params`]), and drawing ([`render`]). What the scene holds is
//! [`scenecast_protocol::state`]. The module `app` puts them together in the page.

#[cfg(target_arch = "wasm32")]
mod app;
pub mod camera;
pub mod chart;
pub mod connection;
pub mod gltf;
pub mod gui;
#[cfg(not(target_arch = "wasm32"))]
pub mod headless;
pub mod inbox;
pub mod input;
pub mod interaction;
mod letters;
pub mod markdown;
pub mod nodes;
pub mod ordered;
pub mod pacing;
pub mod pixel_ratio;
pub mod playback;
pub mod render;
pub mod requests;
pub mod sanitise;
pub mod sequence;
pub mod status;
pub mod url_params;

/// Runs when the page has loaded the module.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    app::start();
}
