//! Windows over everything, which take the keyboard: the browser's own `<dialog>`, so that what is
//! behind them can be neither focused nor clicked.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use web_sys::KeyboardEvent;

/// What the keyboard can reach.
const FOCUSABLE: &str =
    ":is(a[href],button,input,select,textarea,summary,[tabindex='0']):not(:disabled)";

/// A dialog that is open for as long as it is in the page. `close` is called when the user leaves
/// it; without it, it stays until the program takes it away.
pub(super) fn dialog(
    class: &'static str,
    label: Signal<String>,
    close: Option<Callback<()>>,
    contents: View,
) -> View {
    let node = NodeRef::<web_sys::HtmlDialogElement>::new();
    node.on_load(|element| {
        // It fails for dialogs that are open, or not in the page.
        let _ = element.show_modal();
    });
    let leave = move || {
        if let Some(close) = close {
            close.run(());
        }
    };
    let clicked = move |event: web_sys::MouseEvent| {
        // What is in the dialog covers it: the dialog itself is its surroundings.
        if event.target() == event.current_target() {
            leave();
        }
    };
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            // The browser would close the dialog behind our back.
            event.prevent_default();
            event.stop_propagation();
            leave();
        }
        "Tab" => go_round(&event),
        _ => {}
    };
    view! {
        <dialog
            class=class
            closedby="none"
            aria-label=label
            node_ref=node
            on:mousedown=clicked
            on:keydown=pressed
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                leave();
            }
        >
            <div class="sheet">{contents}</div>
        </dialog>
    }
}

/// Goes on at the other end, rather than to the browser's own controls.
fn go_round(event: &KeyboardEvent) {
    let dialog = event
        .current_target()
        .and_then(|t| t.dyn_into::<HtmlElement>().ok());
    let Some((dialog, document)) = dialog.zip(web_sys::window().and_then(|w| w.document())) else {
        return;
    };
    let Ok(all) = dialog.query_selector_all(FOCUSABLE) else {
        return;
    };
    let elements = (0..all.length()).filter_map(|i| all.item(i)?.dyn_into::<HtmlElement>().ok());
    let shown: Vec<HtmlElement> = elements
        .filter(|e| !e.hidden() && e.offset_width() > 0)
        .collect();
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
        return event.prevent_default();
    };
    let at = document.active_element();
    let is_at = |element: &HtmlElement| at.as_deref() == Some(element.as_ref());
    let next = match event.shift_key() {
        true if is_at(first) => last,
        false if is_at(last) => first,
        _ => return,
    };
    event.prevent_default();
    // It fails for what cannot be focused only.
    let _ = next.focus();
}
