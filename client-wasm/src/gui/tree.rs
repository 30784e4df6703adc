//! The table of scene nodes: what is in it, what its keys do, and how properties are edited.

#[cfg(target_arch = "wasm32")]
mod editor;
#[cfg(target_arch = "wasm32")]
mod line;
pub mod property;
pub mod rows;
pub mod search;
#[cfg(target_arch = "wasm32")]
mod table;

#[cfg(target_arch = "wasm32")]
pub(crate) use table::view;
