//! Notes in the corner.

use std::sync::Arc;
use std::time::Duration;

use scenecast_dom::*;
use scenecast_protocol::gui::notification::RemoveNotification;
use scenecast_protocol::gui::{GuiColor, Notification};

use super::icon::{CLOSE, icon};
use crate::gui::actions::Actions;
use crate::gui::store::Store;

/// How many are shown; the others wait.
const MAX_SHOWN: usize = 10;

/// The list of notes.
pub(crate) fn view() -> View {
    let store = expect_context::<Store>();
    let shown = move || {
        store.notifications.with(|notes| {
            let uuids = notes.iter().map(|(uuid, _)| uuid.clone());
            uuids.take(MAX_SHOWN).collect::<Vec<_>>()
        })
    };
    keyed(shown, |uuid| uuid.clone(), note)
}

fn note(uuid: Arc<str>) -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let id = StoredValue::new(uuid);
    let props = Memo::with_last(move |last: Option<&Arc<Notification>>| {
        let found = store.notifications.with(|notes| {
            let found = notes
                .iter()
                .find(|(uuid, _)| id.with_value(|id| id == uuid));
            found.map(|(_, props)| props.clone())
        });
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let close = move || {
        let uuid = id.get_value();
        actions.ask(move |app| app.tell_gui(&RemoveNotification { uuid }.into()));
    };
    // Whoever points at a note reads it.
    let is_pointed_at = RwSignal::new(false);
    let timer = StoredValue::new(None::<Timeout>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.cancel();
        }
    };
    effect(move || {
        stop();
        let secs = props
            .with(|props| props.auto_close_seconds)
            .unwrap_or_default();
        if secs > 0.0 && !is_pointed_at.get() {
            let after = Duration::try_from_secs_f64(secs.min(1e6)).unwrap_or_default();
            timer.set_value(Some(scenecast_dom::after(after, close)));
        }
    });
    on_cleanup(stop);
    view! {
        <div
            class="note"
            class:loading=move || props.with(|props| props.loading)
            role="status"
            style:--note=move || props.with(|props| props.color.map(color))
            on:pointerenter=move |_| is_pointed_at.set(true)
            on:pointerleave=move |_| is_pointed_at.set(false)
        >
            <div>
                <b>{move || props.with(|props| props.title.clone())}</b>
                <p>{move || props.with(|props| props.body.clone())}</p>
            </div>
            {show(move || props.with(|props| props.with_close_button), move || view! {
                <button type="button" class="tool" aria-label="Close notification" on:click=move |_| close()>
                    {icon(CLOSE)}
                </button>
            })}
        </div>
    }
}

/// The colour as CSS: a name is a colour of the theme.
fn color(color: GuiColor) -> String {
    match color {
        GuiColor::Named(name) => format!("var(--gui-{})", name.as_str()),
        GuiColor::Rgb([r, g, b]) => format!("rgb({r},{g},{b})"),
    }
}
