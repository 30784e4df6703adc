//! Who waits for clicks and drags on a node.

use super::{Bound, ClickEvent, DragEvent, Modifier, PointerButton, TransformControlsEvent};
use crate::{
    infra::{ClientId, callbacks::Callbacks, event_queue::EventQueue, runtime::Runtime},
    rivals::Rivals,
};
use scenecast_protocol::scene::DragBinding;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::{Duration, Instant, SystemTime},
};

/// How viewers have moved a gizmo.
#[derive(Default)]
struct Moves {
    last: Option<SystemTime>,
    rivals: Rivals,
}

/// The callbacks of one node.
#[derive(Default)]
pub(crate) struct Interaction {
    pub(crate) clicks: Bound<Option<Modifier>, ClickEvent>,
    pub(crate) drags: Bound<(PointerButton, Option<Modifier>), DragEvent>,
    pub(crate) gizmo: Callbacks<TransformControlsEvent>,
    moves: Mutex<Moves>,
    /// What viewers know of `clicks`.
    pub(crate) published: Mutex<Option<Vec<Option<Modifier>>>>,
    queue: OnceLock<Arc<EventQueue>>,
}

impl Interaction {
    /// Where callbacks wait for their turn.
    pub(crate) fn queue(&self, runtime: &Runtime) -> &Arc<EventQueue> {
        self.queue
            .get_or_init(|| Arc::new(EventQueue::new(runtime.clone())))
    }

    fn moves(&self) -> MutexGuard<'_, Moves> {
        self.moves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note that a viewer has moved the gizmo; whether that [crosses](Rivals::note) another's
    /// move.
    pub(crate) fn note_move(&self, mover: ClientId) -> bool {
        let mut moves = self.moves();
        moves.last = Some(SystemTime::now());
        moves.rivals.note(mover, Instant::now())
    }

    /// How long those who move the gizmo at the same moment have yet to rest.
    pub(crate) fn unrest(&self) -> Option<Duration> {
        self.moves().rivals.unrest(Instant::now())
    }

    /// When a viewer last moved the gizmo.
    pub(crate) fn moved(&self) -> Option<SystemTime> {
        self.moves().last
    }

    /// The bindings for clicks: always of the left button, one for each callback.
    pub(crate) fn click_bindings(modifiers: &[Option<Modifier>]) -> Vec<DragBinding> {
        let bindings = modifiers.iter().map(|modifier| DragBinding {
            button: PointerButton::Left,
            modifier: *modifier,
        });
        bindings.collect()
    }

    /// The bindings for drags, each once.
    pub(crate) fn drag_bindings(&self) -> Vec<DragBinding> {
        let bindings = self.drags.distinct().into_iter();
        bindings
            .map(|(button, modifier)| DragBinding { button, modifier })
            .collect()
    }

    /// Forgets all callbacks, and what they hold: handles of this very node, often.
    pub(crate) fn clear(&self) {
        self.clicks.clear();
        self.drags.clear();
        self.gizmo.clear();
    }
}

impl fmt::Debug for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interaction").finish_non_exhaustive()
    }
}
