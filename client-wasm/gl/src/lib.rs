//! The few OpenGL calls of Scenecast's renderer that its graphics crate lacks: drawing points
//! and lines, textures of numbers that can be changed in part, pictures as the browser decodes them,
//! depth to be compared with, and, natively, a context without a window.
//!
//! All unsafe code of the workspace is in this crate.

mod data_texture;
mod depth_maps;
#[cfg(not(target_arch = "wasm32"))]
mod headless;
mod image_texture;
mod points;
mod primitives;

pub use data_texture::{DataTexture, NumberTexture, Texel};
pub use depth_maps::DepthMaps;
#[cfg(not(target_arch = "wasm32"))]
pub use headless::{Headless, HeadlessError};
pub use image_texture::{Filter, ImageTexture, Pixels, Sampling, Wrap};
pub use points::{PointBuffer, PointRange, draw_points};
pub use primitives::draw_lines_instanced;
