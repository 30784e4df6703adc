//! What users put in, on its way to the server.
//!
//! Each element has a throttle of its own: the first edit goes out at once, and then the latest,
//! once per interval. The last edit of every element arrives, whatever happens to others. What is
//! no edit, such as a click, goes out at once, after all edits that were made before it, so that a
//! button's callback finds what was typed before the button was pressed.
//!
//! While a user is at an element, typing or dragging, what the server says of its value is known
//! but not shown: it is *withheld*, and shown once the user rests.
//!
//! Without a connection edits wait, the last one of each element, and are sent to the next one:
//! nothing that was typed is lost.

use std::sync::Arc;

use scenecast_protocol::Value;
use scenecast_protocol::gui::GuiUpdate;
use scenecast_protocol::wire::Updates;

use crate::connection::throttle::Throttle;
use crate::ordered::OrderedMap;

/// Edits of one element are at least this far apart.
const EDIT_MS: f64 = 50.0;
/// A user who has not touched an element for this time rests.
const REST_MS: f64 = 700.0;
/// Edits that were sent so shortly before the end of a connection may not have arrived.
const DOUBT_MS: f64 = 3_000.0;

/// Edits by element.
#[derive(Debug, Default)]
pub struct Outbox {
    elements: OrderedMap<Arc<str>, Edits>,
}

#[derive(Debug)]
struct Edits {
    throttle: Throttle<Value>,
    /// The last edit that was sent, and when.
    sent: Option<(Value, f64)>,
    /// When the user last touched it.
    touched_ms: f64,
    /// The user holds it: a pointer is down, or what is typed is no value yet.
    is_held: bool,
    /// The server has set the value since the last edit.
    has_news: bool,
}

impl Default for Edits {
    fn default() -> Self {
        Self {
            throttle: Throttle::new(EDIT_MS),
            sent: None,
            touched_ms: f64::NEG_INFINITY,
            is_held: false,
            has_news: false,
        }
    }
}

impl Edits {
    fn is_busy(&self, now_ms: f64) -> bool {
        self.is_held || self.throttle.wake_ms().is_some() || now_ms < self.touched_ms + REST_MS
    }
}

impl Outbox {
    fn element(&mut self, uuid: &Arc<str>) -> &mut Edits {
        self.elements
            .get_or_insert_with(uuid.clone(), Edits::default)
    }

    /// The user has given an element another value.
    pub fn edit(&mut self, uuid: &Arc<str>, value: Value, now_ms: f64) {
        let edits = self.element(uuid);
        edits.touched_ms = now_ms;
        edits.has_news = false;
        edits.throttle.offer(value);
    }

    /// The user is at an element, without a new value yet.
    pub fn touch(&mut self, uuid: &Arc<str>, now_ms: f64) {
        self.element(uuid).touched_ms = now_ms;
    }

    /// The user holds an element, or lets go of it.
    pub fn hold(&mut self, uuid: &Arc<str>, is_held: bool) {
        if is_held {
            self.element(uuid).is_held = true;
        } else if let Some(edits) = self.elements.get_mut(uuid) {
            edits.is_held = false;
            edits.touched_ms = f64::NEG_INFINITY;
        }
    }

    /// The server has set the value of an element.
    pub fn heard(&mut self, uuid: &str, now_ms: f64) {
        if let Some(edits) = self.elements.get_mut(uuid) {
            edits.sent = None;
            edits.has_news = edits.is_busy(now_ms);
        }
    }

    /// Whether the server's value of an element is not shown yet.
    pub fn is_withheld(&self, uuid: &str) -> bool {
        self.elements.get(uuid).is_some_and(|edits| edits.has_news)
    }

    /// Elements whose withheld value is to be shown now. Those that nobody is at are forgotten.
    pub fn rested(&mut self, now_ms: f64) -> Vec<Arc<str>> {
        let mut rested = Vec::new();
        self.elements.retain(|uuid, edits| {
            let is_busy = edits.is_busy(now_ms);
            if edits.has_news && !is_busy {
                edits.has_news = false;
                rested.push(uuid.clone());
            }
            let is_doubtful = edits
                .sent
                .as_ref()
                .is_some_and(|(_, sent_ms)| now_ms < sent_ms + DOUBT_MS);
            is_busy || is_doubtful
        });
        rested
    }

    /// Edits that are due.
    pub fn take(&mut self, now_ms: f64) -> Vec<GuiUpdate> {
        self.drain(now_ms, |throttle| throttle.take(now_ms))
    }

    /// All edits: something is to be sent after them.
    pub fn flush(&mut self, now_ms: f64) -> Vec<GuiUpdate> {
        self.drain(now_ms, Throttle::flush)
    }

    fn drain(
        &mut self,
        now_ms: f64,
        take: impl Fn(&mut Throttle<Value>) -> Option<Value>,
    ) -> Vec<GuiUpdate> {
        let mut due = Vec::new();
        for (uuid, edits) in self.elements.iter_mut() {
            if let Some(value) = take(&mut edits.throttle) {
                edits.sent = Some((value.clone(), now_ms));
                // It comes after whatever the server has said so far.
                edits.has_news = false;
                due.push(update(uuid, value));
            }
        }
        due
    }

    /// The connection is gone: what was sent last may not have arrived.
    pub fn hang_up(&mut self, now_ms: f64) {
        for (_, edits) in self.elements.iter_mut() {
            let sent = edits.sent.take();
            if let Some((value, sent_ms)) = sent
                && now_ms < sent_ms + DOUBT_MS
                && edits.throttle.wake_ms().is_none()
            {
                edits.throttle.offer(value);
            }
        }
    }

    /// Another connection has said all that there is: forgets edits of elements that are gone.
    pub fn keep(&mut self, is_there: impl Fn(&str) -> bool) {
        self.elements.retain(|uuid, _| is_there(uuid));
    }

    /// When to [`take`](Self::take), or to ask what [`rested`](Self::rested), again. Without a
    /// connection there is nothing to take.
    pub fn wake_ms(&self, is_connected: bool) -> Option<f64> {
        let times = self.elements.values().flat_map(|edits| {
            let waits = edits.throttle.wake_ms();
            let is_resting = edits.has_news && !edits.is_held && waits.is_none();
            let rest = is_resting.then_some(edits.touched_ms + REST_MS);
            [waits.filter(|_| is_connected), rest]
        });
        times.flatten().min_by(f64::total_cmp)
    }
}

/// The message that tells a server of an edit.
pub fn update(uuid: &Arc<str>, value: Value) -> GuiUpdate {
    GuiUpdate {
        uuid: uuid.clone(),
        updates: Updates(vec![("value".into(), value)]),
    }
}

#[cfg(test)]
mod tests;
