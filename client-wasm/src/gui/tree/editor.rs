//! The properties of a node in the page, to be changed in this viewer.

use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::schema::Editor;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use super::line::icon;
use super::property::{kind_label, label};
use crate::gui::actions::Actions;
use crate::gui::store::Store;
use crate::gui::store::nodes::{Edited, Field};

const CROSS: &str = "M6 6l12 12M18 6L6 18";
const DISK: &str = "M5 4h11l3 3v13H5zM8 4v5h7V4M12 12.5a2 2 0 1 0 0 4 2 2 0 1 0 0-4";
/// Pixels between the window and the edges of the page.
const MARGIN: f64 = 8.0;

/// The window with the properties, while there are any to be edited.
pub(super) fn view() -> View {
    let nodes = expect_context::<Store>().nodes;
    let shown = move || {
        let edited = nodes.edited.get()?;
        // Beside the panel: what is in the panel does not reach over its edges.
        let mount = document().get_element_by_id("gui")?;
        Some(portal(&mount, popover(edited)))
    };
    shown.into_view()
}

fn popover(Edited { name, kind, fields }: Edited) -> View {
    let actions = expect_context::<Actions>();
    let window = NodeRef::<web_sys::HtmlElement>::new();
    let close = move || actions.ask(|app| app.stop_editing());
    effect(move || {
        if let Some(window) = window.get() {
            place(&window);
            // Keys are for it from now on; an element that is in the page can have the keyboard.
            let _ = window.focus();
        }
    });
    let outside = listen(
        &scenecast_dom::window(),
        "pointerdown",
        move |event: Event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let is_inside = window.get_untracked().is_some_and(|window| {
                window.contains(target.as_ref().map(|target| target.unchecked_ref()))
            });
            // The pencil closes the window itself.
            let is_pencil = target.is_some_and(|target| {
                target
                    .closest(".tree .edit")
                    .is_ok_and(|found| found.is_some())
            });
            if !is_inside && !is_pencil {
                close();
            }
        },
    );
    on_cleanup(move || drop(outside));
    let title = format!("{} Props", kind_label(kind));
    let rows = fields
        .iter()
        .map(|field| property(&name, field))
        .collect::<Vec<_>>();
    view! {
        <div
            class="props"
            role="dialog"
            tabindex="-1"
            aria-label=format!("{title} of {name}")
            data-props-popover-for=name.to_string()
            node_ref=window
            on:keydown=move |event: KeyboardEvent| {
                event.stop_propagation();
                if event.key() == "Escape" {
                    close();
                    focus_table();
                }
            }
        >
            <header>
                <b>{title.clone()}</b>
                <button type="button" aria-label="Close props" title="Close props" on:click=move |_| { close(); focus_table() }>
                    {icon(CROSS)}
                </button>
            </header>
            <p class="of">{name.to_string()}</p>
            <div class="list">{rows}</div>
            <p class="aside">"Updates from the server will overwrite local changes."</p>
        </div>
    }
}

/// Puts the window beside the table, level with the edited line, where there is room; otherwise
/// below or above that line.
fn place(popover: &HtmlElement) {
    let find = |what: &str| document().query_selector(what).ok().flatten();
    let edges = |what: &str| find(what).map(|element| element.get_bounding_client_rect());
    let (Some(table), Some(line)) = (edges("#gui .tree"), edges("#gui .node.edited")) else {
        return;
    };
    let page = |size: Result<wasm_bindgen::JsValue, _>| size.ok().and_then(|s| s.as_f64());
    let width = page(window().inner_width()).unwrap_or_default();
    let height = page(window().inner_height()).unwrap_or_default();
    let size = popover.get_bounding_client_rect();
    let room = [width, height].map(|side| side - MARGIN);
    let before = table.left() - 2.0 * MARGIN - size.width();
    let after = table.right() + 2.0 * MARGIN;
    let (left, top) = if before >= MARGIN {
        (before, line.top())
    } else if after + size.width() <= room[0] {
        (after, line.top())
    } else if line.bottom() + MARGIN + size.height() <= room[1] {
        (line.left(), line.bottom() + MARGIN)
    } else {
        (line.left(), line.top() - MARGIN - size.height())
    };
    let left = left.min(room[0] - size.width()).max(MARGIN);
    let top = top.min(room[1] - size.height()).max(MARGIN);
    for (side, at) in [("left", left), ("top", top)] {
        // A style can always be set.
        let _ = popover.style().set_property(side, &format!("{at}px"));
    }
}

/// Gives the keyboard back to the table.
fn focus_table() {
    let table = document()
        .query_selector("#gui .tree .lines")
        .ok()
        .flatten();
    if let Some(table) = table.and_then(|table| table.dyn_into::<HtmlElement>().ok()) {
        // An element that is in the page can have the keyboard.
        let _ = table.focus();
    }
}

/// A property with what it is changed with.
fn property(name: &Arc<str>, field: &Field) -> View {
    let actions = expect_context::<Actions>();
    let Field { property, text } = field.clone();
    let text = Signal::derive(move || text.get());
    let error = RwSignal::new(None::<String>);
    let id = format!("prop-{}", property.name);
    let fixed = property.is_fixed;
    let (key, doc) = (property.name, property.doc.trim());
    let editor = property.editor;
    let name = name.clone();
    let commit = Commit(StoredValue::new(Arc::new(move |typed: String| {
        let name = name.clone();
        match property.value_of(&typed) {
            Ok(value) => {
                actions.ask(move |app| error.set(app.set_property(&name, key, value).err()))
            }
            Err(wrong) => error.set(Some(wrong)),
        }
        error.with_untracked(Option::is_none)
    })));
    let input = match editor {
        _ if fixed => {
            view! { <input id=id.clone() type="text" disabled prop:value=text/> }
        }
        Editor::Checkbox => view! {
            <input
                id=id.clone()
                type="checkbox"
                prop:checked=move || text.get() == "true"
                on:change=move |event| { commit.run(event_target_checked(&event).to_string()); }
            />
        },
        Editor::Choice(options) => {
            let option = |option: &'static str| {
                view! { <option value=option prop:selected=move || text.get() == option>{option}</option> }
            };
            let options = options.iter().copied().map(option).collect::<Vec<_>>();
            view! {
                <select id=id.clone() on:change=move |event| { commit.run(event_target_value(&event)); }>
                    {options}
                </select>
            }
        }
        Editor::Color => view! {
            <input
                type="color"
                aria-label=format!("Pick {}", label(key))
                prop:value=text
                on:input=move |event| { commit.run(event_target_value(&event)); }
            />
            {text_input(id.clone(), text, commit)}
        },
        Editor::Hidden | Editor::Text => text_input(id.clone(), text, commit),
    };
    view! {
        <div class="prop" data-prop-key=key>
            <label for=id title=doc>{label(key)}</label>
            <span>{input}</span>
            {move || error.get().map(|error| view! { <p role="alert">{error}</p> })}
        </div>
    }
}

/// Changes a property to what was typed; says whether that makes sense.
#[derive(Clone, Copy)]
struct Commit(StoredValue<Arc<dyn Fn(String) -> bool>>);

impl Commit {
    fn run(self, typed: String) -> bool {
        self.0.get_value()(typed)
    }
}

/// A text that is taken over with Enter or with the disk beside it. What the server says meanwhile
/// replaces what was typed.
fn text_input(id: String, text: Signal<String>, commit: Commit) -> View {
    let typed = RwSignal::new(None::<String>);
    effect(move || {
        text.track();
        typed.set(None);
    });
    let shown = move || typed.get().unwrap_or_else(|| text.get());
    let is_dirty =
        move || typed.with(|typed| typed.as_ref().is_some_and(|typed| *typed != text.get()));
    let save = move || {
        if let Some(text) = typed.get_untracked()
            && commit.run(text)
        {
            typed.set(None);
        }
    };
    view! {
        <input
            id=id
            type="text"
            autocomplete="off"
            spellcheck="false"
            prop:value=shown
            on:input=move |event| typed.set(Some(event_target_value(&event)))
            on:keydown=move |event: KeyboardEvent| {
                if event.key() == "Enter" {
                    event.prevent_default();
                    save();
                }
            }
        />
        <button type="button" aria-label="Save" title="Save (Enter)" disabled=move || !is_dirty() on:click=move |_| save()>
            {icon(DISK)}
        </button>
    }
}
