//! Figures that can be seen larger.

use std::sync::Arc;

use scenecast_dom::*;

/// Makes the view of a figure; called once more for the larger one.
pub(crate) type Figure = Arc<dyn Fn() -> View>;

/// A figure with a button that shows it in a dialog. `style` is the dialog's, `title` what it is
/// called.
pub(crate) fn zoomable(
    title: impl Fn() -> String + Copy + 'static,
    style: Signal<String>,
    figure: Figure,
) -> View {
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    let is_open = RwSignal::new(false);
    let open = move |_| {
        is_open.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            // It fails for dialogs that are open already.
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let clicked = move |event: web_sys::MouseEvent| {
        // What is in the dialog covers it: the dialog itself is its surroundings.
        if event.target() == event.current_target() {
            close();
        }
    };
    let larger = figure.clone();
    view! {
        <div class="figure">
            {figure()}
            <button type="button" class="zoom" aria-label="Expand" title="Expand" on:click=open>
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M16 4h4v4M14 10l6-6M8 20h-4v-4M4 20l6-6M16 20h4v-4M14 14l6 6M8 4h-4v4M4 4l6 6"/>
                </svg>
            </button>
            <dialog
                class="zoomed"
                style=style
                aria-label=move || if title().is_empty() { "Figure".to_owned() } else { title() }
                node_ref=dialog
                on:click=clicked
                on:close=move |_| is_open.set(false)
            >
                <div>
                    <header>
                        <span>{title}</span>
                        <button type="button" aria-label="Close" on:click=move |_| close()>"✕"</button>
                    </header>
                    {move || is_open.get().then(|| larger())}
                </div>
            </dialog>
        </div>
    }
}
