//! Live 3D scenes from a Rust program to any browser.

// What derives messages names this crate from outside.
#[cfg(test)]
extern crate self as scenecast;

pub mod http;
pub mod loaders;

mod camera;
mod client;
mod core;
mod error;
pub mod events;
pub mod gui;
pub mod infra;
mod random;
pub mod recording;
pub mod scene;
mod scope;
mod server;

pub use camera::{Camera, InitialCamera};
pub use client::{Client, Download, LocalStorage, NotificationHandle, Render};
pub use error::{Error, Result};
pub use image;
pub use infra::{CallbackId, ClientId, StateSerializer};
pub use scenecast_protocol::{Array, Rgb, Scale, Wxyz};
pub use server::{Builder, Server};
