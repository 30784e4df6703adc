//! Dividers.

use scenecast_dom::*;

pub(super) fn view() -> View {
    view! { <div class="row"><hr class="divider" /></div> }
}
