//! Recent windows of the broadcast buffer, by the place at which they start.

use super::window::Window;
use std::{collections::VecDeque, sync::Arc};

/// Payload bytes that are kept for viewers that come to the same place later, in addition to
/// the newest window. Enough for the replay of tens of thousands of nodes to a crowd.
pub(crate) const MAX_CACHED_BYTES: usize = 8 << 20;

#[derive(Debug)]
struct Cached {
    from: u64,
    /// Whether it is for viewers that play sequences.
    plays: bool,
    window: Arc<Window>,
    /// How many messages the buffer had dropped when the window was made.
    dropped: u64,
}

/// A few windows, oldest first.
#[derive(Debug, Default)]
pub(crate) struct WindowCache {
    windows: VecDeque<Cached>,
}

impl WindowCache {
    /// The window that starts at `from`, unless so many messages have been replaced since
    /// (`dropped` in all) that most of it may be stale: then a fresh one is shorter. One without
    /// frames of sequences is the same for all.
    pub(crate) fn get(&self, from: u64, plays: bool, dropped: u64) -> Option<Arc<Window>> {
        let fits = |c: &&Cached| c.from == from && (c.plays == plays || !c.window.has_frames);
        let found = self.windows.iter().rev().find(fits)?;
        let fresh = dropped - found.dropped <= found.window.len as u64;
        fresh.then(|| Arc::clone(&found.window))
    }

    /// Keeps a window that starts at `from`, and lets the oldest ones go.
    pub(crate) fn insert(&mut self, from: u64, plays: bool, dropped: u64, window: Arc<Window>) {
        self.windows
            .retain(|cached| cached.from != from || cached.plays != plays);
        self.windows.push_back(Cached {
            from,
            plays,
            window,
            dropped,
        });
        let sizes = self.windows.iter().rev();
        let mut total = 0;
        let kept = sizes
            .take_while(|cached| {
                total += cached.window.byte_len();
                total <= MAX_CACHED_BYTES
            })
            .count();
        self.windows.drain(..self.windows.len() - kept.max(1));
    }

    /// Forgets all windows.
    pub(crate) fn clear(&mut self) {
        self.windows.clear();
    }
}
