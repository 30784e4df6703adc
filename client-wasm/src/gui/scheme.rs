//! Whether the page is dark, for what is drawn on canvases.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserver, MutationObserverInit};

thread_local! {
    static IS_DARK: RefCell<Option<ArcRwSignal<bool>>> = const { RefCell::new(None) };
}

/// Whether the page is dark. Whoever calls it hears of changes.
pub(crate) fn is_dark() -> bool {
    let signal = IS_DARK.with_borrow_mut(|known| known.get_or_insert_with(observed).clone());
    signal.get()
}

/// Follows the attribute that the style sheets go by, whoever sets it.
fn observed() -> ArcRwSignal<bool> {
    let signal = ArcRwSignal::new(false);
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    let Some(root) = root else {
        return signal;
    };
    let look = |root: &Element| root.get_attribute("data-theme").as_deref() == Some("dark");
    signal.set(look(&root));
    let (observed, changed) = (root.clone(), signal.clone());
    let changed = Closure::<dyn FnMut()>::new(move || changed.set(look(&observed))).into_js_value();
    let options = MutationObserverInit::new();
    options.set_attributes(true);
    if let Ok(observer) = MutationObserver::new(changed.unchecked_ref()) {
        // The options are valid.
        let _ = observer.observe_with_options(&root, &options);
    }
    signal
}
