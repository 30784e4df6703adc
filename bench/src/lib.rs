//! Measures live servers that speak viser's protocol, ours and others, in the same way.
//!
//! `loadgen` is N viewers that read; `compare_servers` runs each scenario for each server in turn
//! and prints one table. The decoder here is deliberately not the product's: a mistake that the
//! server and its own decoder share would go unseen.

pub mod clock;
pub mod scenario;
pub mod statistics;
pub mod table;
pub mod viewer;
pub mod window;
