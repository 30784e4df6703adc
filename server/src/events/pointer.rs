//! Who waits for clicks and rectangles on the scene as a whole.

use super::{Bound, Modifier, RectSelectEvent, SceneClickEvent};
use crate::infra::{event_queue::EventQueue, runtime::Runtime};
use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock},
};

/// The callbacks of one scene.
#[derive(Default)]
pub(crate) struct PointerCallbacks {
    pub(crate) clicks: Bound<Option<Modifier>, SceneClickEvent>,
    pub(crate) rects: Bound<Option<Modifier>, RectSelectEvent>,
    /// Held while callbacks change and viewers are told.
    pub(crate) change: Mutex<()>,
    queue: OnceLock<Arc<EventQueue>>,
}

impl PointerCallbacks {
    /// Where callbacks wait for their turn.
    pub(crate) fn queue(&self, runtime: &Runtime) -> &Arc<EventQueue> {
        self.queue
            .get_or_init(|| Arc::new(EventQueue::new(runtime.clone())))
    }

    /// Forgets all callbacks.
    pub(crate) fn clear(&self) {
        self.clicks.clear();
        self.rects.clear();
    }
}

impl fmt::Debug for PointerCallbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PointerCallbacks").finish_non_exhaustive()
    }
}
