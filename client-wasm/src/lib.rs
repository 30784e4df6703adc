//! The browser client of Scenecast: shows a live scene with WebGL2.
//!
//! What can run without a browser does, and is tested natively: the camera ([`camera`]), the
//! delivery schedule ([`pacing`]), the connection's decisions ([`connection`]), the page's address
//! ([`url_params`]), and drawing ([`render`]). What the scene holds is
//! [`scenecast_protocol::state`].

pub mod camera;
pub mod connection;
pub mod nodes;
pub mod pacing;
pub mod render;
pub mod url_params;
