//! Values as people read them.
//!
//! A server may move a value with every picture. What moves, such as a thumb, is drawn as often;
//! text that changes sixty times a second nobody can read, and it costs the browser far more. So
//! text, and what screen readers hear, follows at most five times a second. What the user does
//! shows at once.

use std::time::Duration;

use scenecast_dom::*;

use super::element::Element;
use super::store::Store;

/// A value that goes on changing is read once in this time.
const PERIOD: Duration = Duration::from_millis(200);

/// When values are read. It beats while any of them changes.
#[derive(Clone, Copy)]
pub(super) struct Beat {
    count: RwSignal<u64>,
    is_beating: StoredValue<bool>,
}

impl Beat {
    pub(super) fn new() -> Self {
        Self {
            count: RwSignal::default(),
            is_beating: StoredValue::new(false),
        }
    }

    fn go_on(self) {
        if self.is_beating.get_value() {
            return;
        }
        self.is_beating.set_value(true);
        after(PERIOD, move || {
            self.is_beating.set_value(false);
            self.count.update(|count| *count += 1);
        });
    }
}

/// A value of an element, for text: as it is now, or, while it keeps changing, as it was a moment
/// ago.
pub(super) fn calm(element: Element, value: Signal<f64>) -> Signal<f64> {
    let beat = expect_context::<Store>().beat;
    let shown = RwSignal::new(value.get_untracked());
    let mut changed_at = None;
    effect(move || {
        let value = value.get();
        if shown.get_untracked() == value {
            return;
        }
        let now = beat.count.get_untracked();
        if changed_at == Some(now) && !element.is_edited() {
            // Runs again at the next beat, which is on its way.
            return beat.count.with(|_| ());
        }
        changed_at = Some(now);
        beat.go_on();
        shown.set(value);
    });
    shown.into()
}
