//! Dialogs of the server. Only the server closes them.

use scenecast_dom::*;
use scenecast_protocol::sort;

use super::dialog::dialog;
use crate::gui::components;
use crate::gui::store::Store;

/// All that are open, the last one over the others.
pub(super) fn view() -> View {
    let store = expect_context::<Store>();
    let open = move || {
        let mut modals = store.modals.get();
        sort::by(&mut modals, |a, b| a.order.total_cmp(&b.order));
        modals
    };
    keyed(
        open,
        |modal| modal.uuid.clone(),
        move |modal| {
            let uuid = modal.uuid.clone();
            let title = Signal::derive(move || {
                store.modals.with(|modals| {
                    let modal = modals.iter().find(|modal| modal.uuid == uuid);
                    modal.map_or_else(String::new, |modal| modal.title.clone())
                })
            });
            let contents = view! {
                <h2>{title}</h2>
                {components::container(&modal.uuid, 0)}
            };
            dialog("modal", title, None, contents)
        },
    )
}
