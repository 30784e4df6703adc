//! Dropdowns that can be searched.

use scenecast_dom::*;
use scenecast_protocol::Value;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use super::row::{described_by, row};
use crate::gui::element::{Element, prop, value};
use crate::gui::popup;
use crate::letters::lowercase;

/// What is open: the list, and what was typed to search it.
#[derive(Clone, Copy)]
struct List {
    element: Element,
    input: NodeRef<web_sys::HtmlInputElement>,
    popup: NodeRef<web_sys::HtmlElement>,
    is_open: RwSignal<bool>,
    search: RwSignal<Option<String>>,
    /// The option that Enter takes.
    active: RwSignal<usize>,
}

pub(super) fn view(element: Element) -> View {
    let list = List {
        element,
        input: NodeRef::new(),
        popup: NodeRef::new(),
        is_open: RwSignal::new(false),
        search: RwSignal::new(None),
        active: RwSignal::new(0),
    };
    // The field shows the value, but for what is typed to search.
    effect(move || {
        let text = list
            .search
            .get()
            .unwrap_or_else(|| value!(element, Dropdown));
        if let Some(input) = list.input.get()
            && input.value() != text
        {
            input.set_value(&text);
        }
    });
    effect(move || {
        let (Some(popup), Some(input)) = (list.popup.get(), list.input.get()) else {
            return;
        };
        match list.is_open.get() {
            true => {
                popup::open(&popup, &input, true);
                list.scroll();
            }
            false => popup::close(&popup),
        }
    });
    let option = move |(index, text): (usize, String)| {
        let chosen = text.clone();
        let is_selected = {
            let text = text.clone();
            move || value!(element, Dropdown) == text
        };
        view! {
            <div
                role="option"
                class="choice"
                id=element.id(&format!("option{index}"))
                aria-selected=move || if is_selected() { "true" } else { "false" }
                class:active=move || list.active.get() == index
                on:pointerenter=move |_| list.active.set(index)
                on:pointerdown=|event: PointerEvent| event.prevent_default()
                on:click=move |_| list.choose(&chosen)
            >
                {text}
            </div>
        }
    };
    // Closed lists are not in the page: they may be long.
    let found = Memo::new(move || list.is_open.get().then(|| list.found()));
    let options = move || {
        let found = found.get();
        let is_empty = found.as_ref().is_some_and(Vec::is_empty);
        let nothing = is_empty.then(|| view! { <div class="nothing">"Nothing found"</div> });
        let options = found.unwrap_or_default();
        let options = options.into_iter().enumerate().map(option);
        options.chain(nothing).collect::<Vec<_>>()
    };
    let input = view! {
        <span class="dropdown">
            <input
                type="text"
                class="field"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                id=element.id("input")
                node_ref=list.input
                aria-haspopup="listbox"
                aria-autocomplete="list"
                aria-expanded=move || if list.is_open.get() { "true" } else { "false" }
                aria-controls=element.id("list")
                aria-activedescendant=move || list.active_id()
                aria-describedby=described_by(element)
                disabled=move || element.is_disabled()
                on:click=move |_| list.open()
                on:input=move |event| list.look_for(event_target_value(&event))
                on:keydown=move |event| list.key(&event)
                on:blur=move |_| list.close()
            />
            <div
                popover="manual"
                role="listbox"
                class="choices"
                tabindex="-1"
                id=element.id("list")
                aria-label="Choices"
                node_ref=list.popup
                on:pointerdown=|event: PointerEvent| event.prevent_default()
            >
                {options}
            </div>
        </span>
    };
    row(element, input)
}

impl List {
    fn options(self) -> Vec<String> {
        prop!(self.element, Dropdown.options)
    }

    /// The options that contain what was typed.
    fn found(self) -> Vec<String> {
        let mut options = self.options();
        if let Some(search) = self.search.get() {
            let search = lowercase(search.trim());
            options.retain(|option| lowercase(option).contains(&search));
        }
        options
    }

    fn open(self) {
        if self.is_open.get_untracked() || untrack(|| self.element.is_disabled()) {
            return;
        }
        let value = untrack(|| value!(self.element, Dropdown));
        let options = untrack(|| self.options());
        let active = options.iter().position(|option| *option == value);
        self.active.set(active.unwrap_or(0));
        self.is_open.set(true);
        if let Some(input) = self.input.get_untracked() {
            input.select();
        }
    }

    fn close(self) {
        if !self.element.is_there() {
            return;
        }
        self.is_open.set(false);
        self.search.set(None);
    }

    fn look_for(self, text: String) {
        self.open();
        self.search.set(Some(text));
        self.active.set(0);
    }

    fn choose(self, option: &str) {
        if untrack(|| value!(self.element, Dropdown)) != *option {
            self.element.edit(Value::Str(option.to_owned().into()));
        }
        self.close();
    }

    fn key(self, event: &KeyboardEvent) {
        let is_open = self.is_open.get_untracked();
        match (event.key().as_str(), is_open) {
            ("ArrowDown" | "ArrowUp", false) => self.open(),
            ("ArrowDown", true) => self.go(1),
            ("ArrowUp", true) => self.go(-1),
            ("PageDown", true) => self.go(10),
            ("PageUp", true) => self.go(-10),
            ("Enter", true) => {
                let found = untrack(|| self.found());
                match found.get(self.active.get_untracked()) {
                    Some(option) => self.choose(option),
                    None => self.close(),
                }
            }
            ("Escape", true) => self.close(),
            _ => return,
        }
        event.prevent_default();
    }

    fn go(self, by: isize) {
        let count = untrack(|| self.found()).len() as isize;
        if count > 0 {
            let active = self.active.get_untracked() as isize;
            let next = match by.abs() {
                1 => (active + by).rem_euclid(count),
                _ => (active + by).clamp(0, count - 1),
            };
            self.active.set(next as usize);
            self.scroll();
        }
    }

    /// Brings the active option into view, once it is in the page.
    fn scroll(self) {
        next_picture(move || {
            let popup = self.popup.get_untracked();
            let active = popup.and_then(|popup| popup.query_selector(".active").ok().flatten());
            let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok())
            else {
                return;
            };
            if let Some(popup) = self.popup.get_untracked() {
                let (top, height) = (active.offset_top(), active.offset_height());
                let low = top + height - popup.client_height();
                popup.set_scroll_top(popup.scroll_top().clamp(low.min(top), top));
            }
        });
    }

    fn active_id(self) -> Option<String> {
        let is_open = self.is_open.get();
        is_open.then(|| self.element.id(&format!("option{}", self.active.get())))
    }
}
