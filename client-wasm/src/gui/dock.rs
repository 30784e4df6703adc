//! Where panels are, and how users and programs move them.
//!
//! What is decided here is plain data, tested natively: the [`layout`] (docked regions of columns,
//! floating windows, tabs in cells), moves of its parts ([`moves`], and what of them menus offer:
//! [`offers`]), how large they are made ([`resize`]), where that puts everything in pixels
//! ([`arrange`] makes [`frames`]), what a drag would do where it is let go ([`aim`]), and which commands of servers
//! apply ([`placement`]), all brought together by the [`desk`]. Narrow windows have a [`sheet`]
//! instead.
//!
//! In the `page`, a cell is one element wherever it is: moving it changes four numbers of its style,
//! and nothing that it contains. The content of a tab is an element of its own, which is handed
//! from cell to cell, with what is typed and selected in it.
//!
//! Coordinates are CSS pixels from the top left corner of the area that panels and scene share.

pub mod aim;
pub mod arrange;
pub mod desk;
pub mod frames;
pub mod layout;
pub mod moves;
pub mod name;
pub mod offers;
#[cfg(target_arch = "wasm32")]
pub(crate) mod page;
pub mod placement;
pub mod resize;
mod settle;
pub mod sheet;

#[cfg(test)]
mod tests;

use name::Name;

/// Names the control panel: as a panel, in placements, and as the one tab of it.
pub const MAIN: Name = Name::new("viser-control-panel");

/// A tab, named by the container whose elements it shows.
pub type TabId = Name;
