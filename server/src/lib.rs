//! Live 3D scenes from a Rust program to any browser.

pub mod http;
pub mod loaders;
