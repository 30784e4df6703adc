//! Live 3D scenes from a Rust program to any browser.
//!
//! A [`Server`] shows its [`Scene`](scene::Scene) to every browser that opens its address; a
//! [`Client`] is one of them. Nodes are values that are added under names; their handles change
//! them, and every open page follows.
//!
//! ```no_run
//! use scenecast::{Server, scene::{Box, Place, PointCloud}};
//!
//! # fn main() -> scenecast::Result<()> {
//! let server = Server::builder().port(8080).start()?;
//! println!("open {}", server.url());
//! let cloud = PointCloud::new([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]).point_size(0.05);
//! let cloud = server.scene().add("/cloud", cloud)?;
//! cloud.update(|p| p.point_size = 0.1)?;
//!
//! let cube = Box::new([1.0; 3]).color([230, 60, 50]).at([0.0, 2.0, 0.5]);
//! let cube = server.scene().add("/cube", cube)?;
//! let _ = cube.on_click(|event| println!("viewer {} clicked", event.client.id()))?;
//! server.wait();
//! # Ok(())
//! # }
//! ```
//!
//! * **Nodes** ([`scene`]): clouds, meshes, shapes, lines, images, cameras, lights, gizmos. A name
//!   is a path; a node moves with its parent. Positions are right-handed, +Z is up unless the scene
//!   says otherwise, rotations are quaternions `wxyz`, angles are radians. Cameras look along +Z.
//! * **Handles** ([`scene::Handle`]) are cheap to clone, can be sent to other threads, and leave
//!   their node where it is when dropped. They fail once the node is removed or replaced.
//! * **Events** ([`events`]): clicks, drags, gizmos, rectangles. Callbacks of one handle are called
//!   in order, on threads where they may block; `on_…_async` takes async ones.
//! * **GUI** ([`gui`]): buttons, sliders, texts and whatever else a panel has, in folders, tabs and
//!   windows; values go both ways.
//! * **Viewers** ([`Client`]): a scene of their own, their [`Camera`], pictures that they draw
//!   ([`Render`]), files that they save ([`Download`]), texts that they keep ([`LocalStorage`]).
//! * **Threads**: every call works from any thread, within an async runtime too; the server has
//!   threads of its own. Only [`Client::get_render`] and [`LocalStorage::get_item`] wait for a
//!   viewer, and have async twins.
//! * **Several changes in one picture**: [`Server::atomic`].
//! * **Pictures without a browser**: [`Server::render`].
//! * **Recordings** ([`Server::get_scene_serializer`]), and servers of other messages ([`infra`]).
//!
//! The wire is that of [viser](https://viser.studio) 1.1.1, whose browser client can be used with
//! these servers, and the other way round. `docs/viser-to-scenecast.md` says what each of its calls
//! becomes; `examples/` holds twins of its examples.

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
#[cfg(feature = "remote")]
pub mod remote;
#[cfg(feature = "render")]
pub mod render;
mod rivals;
pub mod scene;
mod scope;
mod server;
pub mod transforms;
pub mod tunnel;
#[cfg(feature = "urdf")]
pub mod urdf;

pub use camera::{Camera, InitialCamera};
pub use client::{Client, Download, LocalStorage, NotificationHandle, Render};
pub use error::{Error, Result};
pub use image;
pub use infra::{CallbackId, ClientId, StateSerializer};
#[cfg(feature = "render")]
pub use render::{Shot, Viewpoint};
pub use scenecast_protocol::{Array, Rgb, Scale, Wxyz};
pub use server::{Builder, Server};
