//! The page's own settings: which server, the camera, and what developers want to see.

use scenecast_dom::*;

use super::icon::{HOME, PHOTO, icon};
use crate::app::App;
use crate::gui::actions::Actions;
use crate::gui::dock::page::Dock;
use crate::gui::store::Store;
use crate::gui::tree;

/// The choices for pixels of the canvas for each CSS pixel.
const DPRS: [(&str, &str); 5] = [
    ("", "Adaptive"),
    ("0.5", "0.5"),
    ("1", "1.0"),
    ("1.5", "1.5"),
    ("2", "2.0"),
];

/// Everything.
pub(super) fn view() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let page = store.page;
    let dock = use_context::<Dock>();
    let shows_more = RwSignal::new(false);
    let entered = move |event| {
        let typed = event_target_value(&event);
        actions.ask(move |app| app.set_server(&typed));
    };
    let save = move |_| actions.ask(App::save_canvas);
    let reset = move |_| actions.ask(App::reset_view);
    view! {
        <input
            type="text"
            class="wide"
            aria-label="Server URL"
            title="Server URL"
            spellcheck="false"
            autocomplete="off"
            prop:value=move || page.server.get()
            on:change=entered
        />
        <div class="buttons">
            <button type="button" class="button" on:click=save>{icon(PHOTO)}"Save Canvas"</button>
            <button type="button" class="button" on:click=reset>{icon(HOME)}"Reset View"</button>
        </div>
        <div class="checks">
            {check("Orbit Origin Tool", page.shows_orbit_tool, move |on| {
                actions.ask(move |app| app.show_orbit_tool(on));
            })}
            {check("Dev Settings", shows_more, move |on| shows_more.set(on))}
        </div>
        <div class="checks more" hidden=move || !shows_more.get()>
            {check("Dark Mode", page.is_dark, move |on| page.is_dark.set(on))}
            {check("WebGL Stats", page.shows_stats, move |on| {
                actions.ask(move |app| app.show_stats(on));
            })}
            {check("Show Logo", page.shows_logo, move |on| page.shows_logo.set(on))}
            {check("Log Camera to Console", page.logs_camera, move |on| {
                actions.ask(move |app| app.log_camera(on));
            })}
            {check("Show Orbit Crosshair", page.shows_crosshair, move |on| {
                actions.ask(move |app| app.show_crosshair(on));
            })}
            <label class="choice">
                "Device Pixel Ratio"
                <select on:change=move |event| {
                    let ratio = crate::url_params::number(&event_target_value(&event));
                    actions.ask(move |app| app.set_pixel_ratio(ratio));
                }>
                    {DPRS.into_iter().map(|(value, name)| ratio(value, name)).collect::<Vec<_>>()}
                </select>
            </label>
            {dock.map(|dock| view! {
                <button type="button" class="button" on:click=move |_| dock.reset()>
                    "Reset Panel Layout"
                </button>
            })}
        </div>
        <section aria-label="Scene tree">{tree::view()}</section>
    }
}

fn ratio(value: &'static str, name: &'static str) -> View {
    let page = expect_context::<Store>().page;
    let ratio = crate::url_params::number(value);
    view! {
        <option value=value prop:selected=move || page.fixed_dpr.get() == ratio>{name}</option>
    }
}

fn check(label: &'static str, is_on: RwSignal<bool>, set: impl Fn(bool) + 'static) -> View {
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=move || is_on.get()
                on:change=move |event| set(event_target_checked(&event))
            />
            {label}
        </label>
    }
}
