//! The control panel's header: what is connected, and the buttons for everything else.

use scenecast_dom::*;

use super::icon::{ADJUSTMENTS, ALERT, BACK, CLOUD_CHECK, LIST_SEARCH, SHARE, icon};
use crate::gui::store::Store;
use crate::gui::store::page::Opened;
use crate::status::Level;

/// State and name of the connection, then the buttons. It is a row for whatever holds the panel.
pub(crate) fn view() -> View {
    let store = expect_context::<Store>();
    let page = store.page;
    let level = Memo::new(move || page.notice.with(|notice| notice.level));
    let state = move || match level.get() {
        Level::Fine => icon(CLOUD_CHECK),
        Level::Busy => view! { <span class="dots"><i/><i/><i/></span> },
        Level::Trouble => icon(ALERT),
    };
    let title = move || {
        let label = store.label.get().filter(|label| !label.is_empty());
        label.unwrap_or_else(|| page.notice.with(|notice| notice.title.to_owned()))
    };
    let is_shared = move || store.share_url.with(Option::is_some);
    let has_share_button = move || {
        store
            .theme
            .with(|theme| theme.as_ref().is_none_or(|theme| theme.show_share_button))
    };
    let is_connected = move || store.is_connected();
    let share_title = move || match is_connected() {
        true => "Share",
        false => "Share (needs a connection)",
    };
    let settings_title = move || match page.shows_settings.get() {
        true => "Back to the controls",
        false => "Configuration and diagnostics",
    };
    // The row is there to be dragged; buttons are not.
    let keep = |event: web_sys::PointerEvent| event.stop_propagation();
    view! {
        <span
            class="state"
            data-level=move || level.get().as_str()
            role="img"
            aria-label=move || page.notice.with(|notice| notice.title)
        >
            {state}
        </span>
        <span class="title">{title}</span>
        <span class="tools" on:pointerdown=keep>
            {show(move || store.commands.with(|commands| !commands.is_empty()), move || view! {
                <button
                    type="button"
                    class="tool"
                    aria-label="Commands"
                    title=if page.is_mac { "Commands (⌘K)" } else { "Commands (Ctrl+K)" }
                    on:click=move |_| page.open(Opened::Palette)
                >
                    {icon(LIST_SEARCH)}
                </button>
            })}
            {show(has_share_button, move || view! {
                <button
                    type="button"
                    class="tool"
                    class:active=is_shared
                    aria-label="Share"
                    title=share_title
                    disabled=move || !is_connected()
                    on:click=move |_| page.open(Opened::Share)
                >
                    {icon(SHARE)}
                </button>
            })}
            {show(move || store.has_components(), move || view! {
                <button
                    type="button"
                    class="tool"
                    aria-label="Settings"
                    aria-pressed=move || page.shows_settings.get().to_string()
                    title=settings_title
                    on:click=move |_| page.shows_settings.update(|shows| *shows = !*shows)
                >
                    {icon(move || if page.shows_settings.get() { BACK } else { ADJUSTMENTS })}
                </button>
            })}
        </span>
    }
}
