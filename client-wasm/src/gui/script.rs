//! Libraries that only some pages need: loaded from where the page comes from, once they are.

use std::cell::RefCell;

use scenecast_dom::*;
use wasm_bindgen::prelude::*;

use crate::ordered::OrderedMap;

/// How far a library is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loading {
    /// On its way.
    Begun,
    /// It can be used.
    Done,
    /// It did not come.
    Failed,
}

thread_local! {
    static SCRIPTS: RefCell<OrderedMap<String, RcSignal<Loading>>> = RefCell::default();
}

/// The state of a library beside the page, which is asked for when this is called first. Whoever
/// calls it hears of changes. Its address is the page's business: it never comes in a message.
pub(crate) fn script(address: &str) -> Loading {
    let state = SCRIPTS.with_borrow_mut(|scripts| {
        let known = scripts.get(address).cloned();
        known.unwrap_or_else(|| {
            let state = RcSignal::new(Loading::Begun);
            if load(address, &state).is_err() {
                state.set(Loading::Failed);
            }
            scripts.insert(address.to_owned(), state.clone());
            state
        })
    });
    state.get()
}

fn load(address: &str, state: &RcSignal<Loading>) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or(JsValue::UNDEFINED)?;
    let script = document.create_element("script")?;
    for (event, outcome) in [("load", Loading::Done), ("error", Loading::Failed)] {
        let state = state.clone();
        let closure = Closure::once_into_js(move || state.set(outcome));
        script.add_event_listener_with_callback(event, closure.unchecked_ref())?;
    }
    script.set_attribute("src", address)?;
    document
        .head()
        .ok_or(JsValue::UNDEFINED)?
        .append_child(&script)?;
    Ok(())
}
