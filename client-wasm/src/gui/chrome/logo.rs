//! The logo in the corner, which says what this is.

use scenecast_dom::*;

use crate::gui::store::Store;
use crate::gui::store::page::Opened;

/// The button.
pub(super) fn view() -> View {
    let page = expect_context::<Store>().page;
    let button = move || {
        view! {
            <button
                type="button"
                class="logo"
                aria-label="About Scenecast"
                title="About Scenecast"
                on:click=move |_| page.open(Opened::About)
            >
                {picture()}
            </button>
        }
    };
    show(move || page.shows_logo.get(), button)
}

/// The picture.
pub(super) fn picture() -> View {
    view! {
        <svg viewBox="0 0 16 16" aria-hidden="true">
            <path fill="#3b82f6" d="M8 1l6.5 3.5v7L8 15l-6.5-3.5v-7z"/>
            <path fill="#fff" fill-opacity=".45" d="M8 1l6.5 3.5L8 8 1.5 4.5z"/>
        </svg>
    }
}
