//! Progress bars.

use scenecast_dom::*;

use crate::gui::color;
use crate::gui::element::{Element, prop, value};

pub(super) fn view(element: Element) -> View {
    let percent = move || value!(element, ProgressBar).clamp(0.0, 100.0);
    let fill = move || {
        let color = prop!(element, ProgressBar.color)?;
        Some(color::hex(color::filled(color).0))
    };
    view! {
        <div class="row">
            <div
                class="progress"
                role="progressbar"
                aria-label="Progress"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=percent
                class:animated=move || prop!(element, ProgressBar.animated)
                style:--fill=move || fill().unwrap_or_default()
            >
                <div class="bar" style:width=move || format!("{}%", percent()) />
            </div>
        </div>
    }
}
