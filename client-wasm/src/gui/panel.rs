//! The control panel.

use leptos::prelude::*;

use super::chrome::{body, header};

/// A window over the scene.
pub(super) fn view() -> AnyView {
    view! {
        <section class="panel" aria-label="Control panel">
            <div class="head">{header::view()}</div>
            {body::view()}
        </section>
    }
    .into_any()
}
