//! Numbers about drawing, over the scene: what `?showStats` asks for.

use web_sys::{Document, Element};

use crate::render::DrawStats;

/// The rate is taken over this time, milliseconds.
const SPAN_MS: f64 = 500.0;

/// The page's element for the numbers.
pub(super) struct Overlay {
    element: Element,
    since_ms: f64,
    pictures: u32,
    rate: f64,
}

impl Overlay {
    /// The overlay, shown; `None` if the page has no room for it.
    pub(super) fn new(document: &Document) -> Option<Self> {
        let element = document.get_element_by_id("stats")?;
        // An element's attributes can always be removed.
        let _ = element.remove_attribute("hidden");
        Some(Self {
            element,
            since_ms: f64::NEG_INFINITY,
            pictures: 0,
            rate: 0.0,
        })
    }

    /// Takes the numbers away.
    pub(super) fn hide(self) {
        // An element's attributes can always be set.
        let _ = self.element.set_attribute("hidden", "");
    }

    /// A picture of a scene of `nodes` nodes has been drawn.
    pub(super) fn drawn(&mut self, stats: DrawStats, nodes: usize, now_ms: f64) {
        self.pictures += 1;
        let span_ms = now_ms - self.since_ms;
        if span_ms >= SPAN_MS {
            // The first picture after a rest says nothing about the rate.
            let is_running = span_ms < 4.0 * SPAN_MS;
            self.rate = if is_running {
                f64::from(self.pictures) * 1e3 / span_ms
            } else {
                0.0
            };
            (self.since_ms, self.pictures) = (now_ms, 0);
        }
        let DrawStats {
            draw_calls,
            instances,
            ..
        } = stats;
        let rate = self.rate;
        self.element.set_text_content(Some(&format!(
            "{rate:.0} pictures/s · {draw_calls} draw calls · {instances} instances · {nodes} nodes"
        )));
    }
}
