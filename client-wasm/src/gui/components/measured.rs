//! The width of an element.

use scenecast_dom::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// The width of what is in an element, CSS pixels: 0 while it is not in the page.
pub(super) fn measured(place: NodeRef<web_sys::HtmlElement>) -> RwSignal<f64> {
    let width = RwSignal::new(0.0);
    let observer = StoredValue::new(None::<ResizeObserver>);
    effect(move || {
        let Some(place) = place.get() else {
            return;
        };
        let element = place.clone();
        let measure = move || {
            let measured = f64::from(element.client_width());
            // The view may be gone, and its signals with it.
            if width
                .try_get_untracked()
                .is_some_and(|known| known != measured)
            {
                width.set(measured);
            }
        };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure).into_js_value();
        if let Ok(made) = ResizeObserver::new(changed.unchecked_ref()) {
            made.observe(&place);
            observer.set_value(Some(made));
        }
    });
    on_cleanup(move || {
        observer.try_update_value(|observer| {
            if let Some(observer) = observer.take() {
                observer.disconnect();
            }
        });
    });
    width
}
