//! Dividers.

use leptos::prelude::*;

pub(super) fn view() -> AnyView {
    view! { <div class="row"><hr class="divider" /></div> }.into_any()
}
