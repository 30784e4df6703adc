//! Small windows beside what they belong to: tooltips and lists of choices.
//!
//! They are popovers, which the browser shows over everything else wherever they stand in the
//! page, so that no panel cuts them off.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

/// Pixels between a popup and what it belongs to.
const GAP: f64 = 5.0;

/// Shows a popup under an element, as wide as `width` says of the element's width; over it if
/// there is more room, and always on the screen.
pub(crate) fn open(popup: &HtmlElement, anchor: &Element, is_as_wide: bool) {
    // It is open already, or the browser is too old to have popovers.
    let _ = popup.show_popover();
    let place = anchor.get_bounding_client_rect();
    let style = popup.style();
    let set = |name: &str, pixels: f64| {
        // A style can always be set.
        let _ = style.set_property(name, &format!("{pixels:.1}px"));
    };
    if is_as_wide {
        set("width", place.width());
    }
    let size = popup.get_bounding_client_rect();
    let window = window();
    let length = |length: Result<wasm_bindgen::JsValue, _>| {
        length
            .ok()
            .and_then(|length| length.as_f64())
            .unwrap_or(0.0)
    };
    let (width, height) = (length(window.inner_width()), length(window.inner_height()));
    let below = place.bottom() + GAP;
    let above = place.top() - GAP - size.height();
    let is_above = below + size.height() > height && above >= 0.0;
    set("top", if is_above { above } else { below });
    let left = match is_as_wide {
        true => place.left(),
        false => place.left() + (place.width() - size.width()) / 2.0,
    };
    set(
        "left",
        left.clamp(GAP, (width - size.width() - GAP).max(GAP)),
    );
}

/// Hides a popup.
pub(crate) fn close(popup: &HtmlElement) {
    // It is closed already.
    let _ = popup.hide_popover();
}

/// Delay of tooltips, milliseconds.
const DELAY_MS: u64 = 500;

/// A tooltip with an identifier, for `aria-describedby`. It is to stand in an element of the class
/// `hinted`, and shows when the pointer rests on that or the keyboard comes to it.
pub(crate) fn tooltip(id: String, text: impl Fn() -> Option<String> + 'static) -> View {
    view! { <div popover="manual" role="tooltip" class="tooltip" id=id>{text}</div> }
}

/// Shows and hides the tooltips of the page.
pub(super) fn attach(document: &Document) {
    let shown: Rc<RefCell<Option<Shown>>> = Rc::default();
    for (name, is_focus) in [("pointerover", false), ("focusin", true)] {
        let shown = shown.clone();
        listen(document, name, move |event: Event| {
            let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else {
                return;
            };
            if is_focus && !target.matches(":focus-visible").unwrap_or(false) {
                return;
            }
            let around = target.closest(".hinted").ok().flatten();
            let mut shown = shown.borrow_mut();
            let is_same = match (&*shown, &around) {
                (Some(shown), Some(around)) => shown.around == *around,
                (None, None) => true,
                _ => false,
            };
            if !is_same {
                *shown = around.and_then(|around| Shown::new(around, is_focus));
            }
        })
        .forget();
    }
    for name in ["focusout", "pointerdown", "keydown", "input", "wheel"] {
        let shown = shown.clone();
        listen(document, name, move |_: Event| drop(shown.take())).forget();
    }
}

/// A tooltip that shows, or will in a moment; it hides when this is dropped.
struct Shown {
    around: Element,
    popup: HtmlElement,
    timer: Option<Timeout>,
}

impl Shown {
    fn new(around: Element, at_once: bool) -> Option<Self> {
        let popup = around.query_selector(":scope > .tooltip").ok().flatten()?;
        let popup: HtmlElement = popup.dyn_into().ok()?;
        if popup.text_content().unwrap_or_default().is_empty() {
            return None;
        }
        let delay = Duration::from_millis(if at_once { 0 } else { DELAY_MS });
        let (opened, anchor) = (popup.clone(), around.clone());
        let timer = Some(after(delay, move || open(&opened, &anchor, false)));
        Some(Self {
            around,
            popup,
            timer,
        })
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            timer.cancel();
        }
        close(&self.popup);
    }
}
