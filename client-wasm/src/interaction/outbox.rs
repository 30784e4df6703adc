//! What the server is told, and how often.

use std::sync::Arc;

use scenecast_protocol::event::{
    SceneNodeClick, SceneNodeDrag, ScenePointer, TransformControlsUpdate,
};
use scenecast_protocol::{Wire, message};

use crate::connection::throttle::Throttle;
use crate::ordered::OrderedMap;

/// Clicks and rectangles in the scene are at least this far apart.
const POINTER_MS: f64 = 20.0;
/// Clicks on one node, and moves of a node or gizmo, are at least this far apart.
const NODE_MS: f64 = 50.0;
/// Beyond this many nodes that were clicked, the longest quiet are forgotten.
const MAX_CLICKED: usize = 256;

/// Messages on their way to the server, in order.
#[derive(Debug)]
pub(super) struct Outbox {
    ready: Vec<Vec<u8>>,
    pointer: Throttle<ScenePointer>,
    clicks: OrderedMap<Arc<str>, Throttle<SceneNodeClick>>,
    drag: Throttle<SceneNodeDrag>,
    gizmo: Throttle<TransformControlsUpdate>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            ready: Vec::new(),
            pointer: Throttle::new(POINTER_MS),
            clicks: OrderedMap::default(),
            drag: Throttle::new(NODE_MS),
            gizmo: Throttle::new(NODE_MS),
        }
    }
}

impl Outbox {
    /// Sends at once.
    pub(super) fn send(&mut self, message: &impl Wire) {
        self.ready.push(message::to_server(message));
    }

    pub(super) fn pointed(&mut self, event: ScenePointer, now_ms: f64) {
        self.pointer.offer(event);
        send_due(&mut self.ready, &mut self.pointer, now_ms);
    }

    pub(super) fn clicked(&mut self, click: SceneNodeClick, now_ms: f64) {
        if self.clicks.len() >= MAX_CLICKED {
            self.clicks.retain(|_, clicks| clicks.wake_ms().is_some());
        }
        let clicks = self
            .clicks
            .get_or_insert_with(click.name.clone(), || Throttle::new(NODE_MS));
        clicks.offer(click);
        send_due(&mut self.ready, clicks, now_ms);
    }

    pub(super) fn drag_moved(&mut self, update: SceneNodeDrag, now_ms: f64) {
        self.drag.offer(update);
        send_due(&mut self.ready, &mut self.drag, now_ms);
    }

    pub(super) fn gizmo_moved(&mut self, update: TransformControlsUpdate, now_ms: f64) {
        self.gizmo.offer(update);
        send_due(&mut self.ready, &mut self.gizmo, now_ms);
    }

    /// Sends a move that waits: its drag ends.
    pub(super) fn flush_drag(&mut self) {
        self.ready
            .extend(self.drag.flush().map(|m| message::to_server(&m)));
    }

    /// Sends a move that waits: its drag ends.
    pub(super) fn flush_gizmo(&mut self) {
        self.ready
            .extend(self.gizmo.flush().map(|m| message::to_server(&m)));
    }

    /// What is to be sent now.
    pub(super) fn take(&mut self, now_ms: f64) -> Vec<Vec<u8>> {
        send_due(&mut self.ready, &mut self.pointer, now_ms);
        for clicks in self.clicks.values_mut() {
            send_due(&mut self.ready, clicks, now_ms);
        }
        send_due(&mut self.ready, &mut self.drag, now_ms);
        send_due(&mut self.ready, &mut self.gizmo, now_ms);
        std::mem::take(&mut self.ready)
    }

    /// When to [`take`](Self::take) again.
    pub(super) fn wake_ms(&self) -> Option<f64> {
        let clicks = self.clicks.values().map(Throttle::wake_ms);
        clicks
            .chain([
                self.pointer.wake_ms(),
                self.drag.wake_ms(),
                self.gizmo.wake_ms(),
            ])
            .flatten()
            .min_by(f64::total_cmp)
    }
}

fn send_due<T: Wire>(ready: &mut Vec<Vec<u8>>, throttle: &mut Throttle<T>, now_ms: f64) {
    ready.extend(throttle.take(now_ms).map(|m| message::to_server(&m)));
}
