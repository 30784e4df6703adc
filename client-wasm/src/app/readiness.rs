//! Gets nodes ready to be clicked while there is time, so that no click has to wait.

use scenecast_protocol::state::{Changes, NodeId};

use super::App;

/// What changes is left alone for this long: it may change again.
const QUIET_MS: f64 = 100.0;

/// The time that each frame has for it, milliseconds.
const SHARE_MS: f64 = 3.0;

/// Whether nodes that can be clicked are ready for it.
#[derive(Debug, Default)]
pub(super) struct Readiness {
    /// When to go on; `None` where nothing is left to do.
    due_ms: Option<f64>,
}

impl Readiness {
    /// Takes note of what changed in the scene.
    pub(super) fn note(&mut self, changes: &Changes, now_ms: f64) {
        if !(changes.added.is_empty() && changes.properties.is_empty()) {
            self.expire(now_ms);
        }
    }

    /// Other nodes can be clicked now.
    pub(super) fn expire(&mut self, now_ms: f64) {
        self.due_ms = Some(now_ms + QUIET_MS);
    }
}

impl App {
    /// Gets some nodes ready. Returns whether there is more to do.
    pub(super) fn get_ready(&mut self, now_ms: f64) -> bool {
        let Some(due_ms) = self.readiness.due_ms else {
            return false;
        };
        if now_ms < due_ms || self.document.hidden() {
            return !self.document.hidden();
        }
        self.roster.refresh(&self.state.scene);
        let until_ms = self.now_ms() + SHARE_MS;
        let targets = self.roster.targets().map(NodeId::index);
        let is_ready = self
            .canvas
            .prepare(targets, &mut || self.now_ms() < until_ms);
        if is_ready {
            self.readiness.due_ms = None;
        }
        !is_ready
    }
}
