//! What is in the control panel: the server's components, or the page's own settings.

use scenecast_dom::*;
use scenecast_protocol::state::gui::ROOT_CONTAINER;

use super::settings;
use crate::gui::components;
use crate::gui::store::Store;

/// Both, one of them hidden. Where there are no components there are always settings.
pub(crate) fn view() -> View {
    let store = expect_context::<Store>();
    let is_asked = store.page.shows_settings;
    let shows_settings = Memo::new(move || !store.has_components() || is_asked.get());
    view! {
        <div class="contents" hidden=move || shows_settings.get()>
            {components::container(ROOT_CONTAINER, 0)}
        </div>
        <div class="settings" hidden=move || !shows_settings.get()>{settings::view()}</div>
    }
}
