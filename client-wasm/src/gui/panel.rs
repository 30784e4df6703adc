//! The control panel.

use leptos::prelude::*;
use scenecast_protocol::state::gui::ROOT_CONTAINER;

use super::components;

/// A window over the scene with the components of the root container.
pub(super) fn view() -> AnyView {
    view! {
        <section class="panel" aria-label="Control panel">
            <div class="contents">
                {components::container(ROOT_CONTAINER, 0)}
                <details><summary>"Server controls"</summary>{super::tree::view()}</details>
            </div>
        </section>
    }
    .into_any()
}
