//! What servers ask of a page besides showing the scene: pictures, and taking in files.

pub mod capture;
pub mod downloads;
pub mod uploads;
