//! Commands: by name from a list, or by their keys.

use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::gui::Command;
use scenecast_protocol::gui::command::CommandTrigger;
use scenecast_protocol::sort;
use wasm_bindgen::JsCast;
use web_sys::Element;
use web_sys::KeyboardEvent;

use super::dialog::dialog;
use super::fuzzy;
use super::hotkey::{Press, shown};
use crate::gui::actions::Actions;
use crate::gui::icon::icon;
use crate::gui::marked::marked;
use crate::gui::store::Store;
use crate::gui::store::page::Opened;

type Entry = (Arc<str>, Arc<Command>);

/// The list, while it is open, and the keys, always.
pub(super) fn view() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let keys = listen(&window(), "keydown", move |event: KeyboardEvent| {
        pressed(&event, store, actions);
    });
    on_cleanup(move || drop(keys));
    let is_open = move || store.page.opened.get() == Some(Opened::Palette);
    show(is_open, list)
}

fn pressed(event: &KeyboardEvent, store: Store, actions: Actions) {
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        ctrl_or_meta: event.ctrl_key() || event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
    };
    let commands = store.commands.get_untracked();
    if commands.is_empty() || event.default_prevented() || event.is_composing() {
        return;
    }
    if press.opens_palette() {
        event.prevent_default();
        let page = store.page;
        return match page.opened.get_untracked() {
            Some(Opened::Palette) => page.close(),
            _ => page.open(Opened::Palette),
        };
    }
    if event.repeat() || is_typing(event) {
        return;
    }
    for (uuid, command) in &commands {
        let is_it = |hotkey| press.is(hotkey, command.modifier);
        if !command.disabled && command.hotkey.is_some_and(is_it) {
            event.prevent_default();
            actions.send(&CommandTrigger { uuid: uuid.clone() });
        }
    }
}

/// Whether the key is for something that takes text, or a choice.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        let selector = "input, textarea, select, [contenteditable]";
        element.closest(selector).is_ok_and(|found| found.is_some())
    })
}

fn list() -> View {
    let (store, actions) = (expect_context::<Store>(), expect_context::<Actions>());
    let page = store.page;
    let query = RwSignal::new(String::new());
    let found = Memo::new(move || store.commands.with(|commands| find(commands, &query.get())));
    let selected = RwSignal::new(0_usize);
    let at = move || selected.get().min(found.with(Vec::len).saturating_sub(1));
    let run = move |(uuid, command): Entry| {
        if !command.disabled {
            page.close();
            actions.send(&CommandTrigger { uuid });
        }
    };
    let typed = move |event| {
        query.set(event_target_value(&event));
        selected.set(0);
    };
    let keys = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let at = selected.get_untracked().min(count.saturating_sub(1));
        let next = match event.key().as_str() {
            "ArrowDown" => (at + 1) % count.max(1),
            "ArrowUp" => (at + count.max(1) - 1) % count.max(1),
            "Home" if event.ctrl_key() => 0,
            "End" if event.ctrl_key() => count.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                let entry = found.with_untracked(|found| found.get(at).cloned());
                return entry.into_iter().for_each(run);
            }
            _ => return,
        };
        event.prevent_default();
        selected.set(next);
        reveal(next);
    };
    let option = move |index: usize, entry: Entry| {
        let (_, command) = &entry;
        let keys = command
            .hotkey
            .map(|hotkey| shown(hotkey, command.modifier, page.is_mac));
        let svg = command.icon_html.clone();
        let icon = svg.map(|svg| icon(move || Some(svg.to_string())));
        let query = query.get_untracked();
        let label = marked(fuzzy::highlighted(&query, &command.label));
        let description = command.description.as_deref().unwrap_or_default();
        // What is in the label already need not be found here as well.
        let sought = match fuzzy::score(&query, &command.label, "") {
            Some(_) => "",
            None => &query,
        };
        let description = marked(fuzzy::highlighted(sought, description));
        let disabled = command.disabled;
        view! {
            <li
                id=option_id(index)
                role="option"
                aria-selected=move || (at() == index).to_string()
                aria-disabled=disabled.to_string()
                on:click=move |_| run(entry.clone())
                on:pointermove=move |_| selected.set(index)
            >
                {icon}
                <span>{label}<small>{description}</small></span>
                {keys.map(|keys| view! { <kbd>{keys}</kbd> })}
            </li>
        }
    };
    // Other letters are marked in the same commands, too.
    let options = move || {
        query.track();
        let found = found.get().into_iter().enumerate();
        found
            .map(|(index, entry)| option(index, entry))
            .collect::<Vec<_>>()
    };
    let contents = view! {
        <input
            type="text"
            role="combobox"
            aria-label="Search commands"
            aria-expanded="true"
            aria-controls="commands"
            aria-autocomplete="list"
            aria-activedescendant=move || found.with(|f| !f.is_empty()).then(|| option_id(at()))
            placeholder="Search commands..."
            autocomplete="off"
            spellcheck="false"
            autofocus
            on:input=typed
            on:keydown=keys
        />
        <ul id="commands" role="listbox" aria-label="Commands">{options}</ul>
        <p class="nothing" role="status">
            {move || found.with(Vec::is_empty).then_some("No matching commands")}
        </p>
    };
    let close = Callback::new(move |()| page.close());
    dialog(
        "palette",
        Signal::stored("Commands".to_owned()),
        Some(close),
        contents,
    )
}

/// The commands that fit a query, the best first.
fn find(commands: &[Entry], query: &str) -> Vec<Entry> {
    let score = |(uuid, command): &Entry| {
        let description = command.description.as_deref().unwrap_or_default();
        let score = fuzzy::score(query, &command.label, description)?;
        Some((score, (uuid.clone(), command.clone())))
    };
    let mut found: Vec<(f64, Entry)> = commands.iter().filter_map(score).collect();
    sort::by(&mut found, |(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn option_id(index: usize) -> String {
    format!("command-{index}")
}

/// Scrolls the list to an entry.
fn reveal(index: usize) {
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(element) = document.and_then(|d| d.get_element_by_id(&option_id(index))) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
