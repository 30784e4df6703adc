//! The control panel.

use scenecast_dom::*;

use super::chrome::{body, header};

/// A window over the scene.
pub(super) fn view() -> View {
    view! {
        <section class="panel" aria-label="Control panel">
            <div class="head">{header::view()}</div>
            {body::view()}
        </section>
    }
}
