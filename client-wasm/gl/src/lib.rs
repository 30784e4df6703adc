//! The few OpenGL calls of Scenecast's renderer that its graphics crate lacks: drawing points
//! and lines, and, natively, a context without a window.
//!
//! three-d draws nothing but triangles. All unsafe code of the workspace is in this crate.

#[cfg(not(target_arch = "wasm32"))]
mod headless;
mod primitives;

#[cfg(not(target_arch = "wasm32"))]
pub use headless::{Headless, HeadlessError};
pub use primitives::{draw_lines_instanced, draw_points};
