//! The player bar on the page.

use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, File, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
};

use super::view::{Mode, View};
use super::{Command, keys};
use crate::input::listeners::listen;
use crate::url_params::number;

/// What a user does with the bar.
pub(crate) enum Act {
    /// Commands the player.
    Command(Command),
    /// Chose a file.
    Open(File),
    /// Ends the player.
    Close,
}

/// The page's elements of the bar. They are in `index.html`, with their looks.
pub(crate) struct Bar {
    document: Document,
    root: Element,
    time: HtmlInputElement,
    length: Element,
    position: HtmlInputElement,
    speed: HtmlSelectElement,
    progress: Element,
    loading: Element,
    shown: Option<View>,
}

impl Bar {
    /// The bar, which reports to a callback; `None` if the page has none.
    pub(crate) fn new(document: &Document, report: impl Fn(Act) + Clone + 'static) -> Option<Self> {
        let root = document.get_element_by_id("player")?;
        let bar = Self {
            document: document.clone(),
            time: part(document, "player-time")?,
            length: part(document, "player-length")?,
            position: part(document, "player-position")?,
            speed: part(document, "player-speed")?,
            progress: part(document, "player-progress")?,
            loading: part(document, "player-loading")?,
            root,
            shown: None,
        };
        let file: HtmlInputElement = part(document, "player-file")?;
        bar.listen(&file, report);
        Some(bar)
    }

    fn listen(&self, file: &HtmlInputElement, report: impl Fn(Act) + Clone + 'static) {
        let (act, chooser, root) = (report.clone(), file.clone(), self.root.clone());
        listen(&self.root, "click", move |event: Event| {
            let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
            let button = target.and_then(|t| t.closest("[data-command]").ok()?);
            let name = button.and_then(|button| button.get_attribute("data-command"));
            match name.as_deref() {
                Some("toggle") => act(Act::Command(Command::Toggle)),
                Some("back") => act(Act::Command(Command::StepBack)),
                Some("forward") => act(Act::Command(Command::StepForward)),
                Some("loop") => {
                    let loops = root.has_attribute("data-loop");
                    act(Act::Command(Command::Loop(!loops)));
                }
                Some("open") => chooser.click(),
                Some("close") => act(Act::Close),
                _ => {}
            }
        });
        let (act, field) = (report.clone(), self.position.clone());
        listen(&self.position, "input", move |_: Event| {
            act(Act::Command(Command::Seek(field.value_as_number())));
        });
        let (act, field) = (report.clone(), self.time.clone());
        listen(&self.time, "change", move |_: Event| {
            let time = field.value_as_number();
            if time.is_finite() {
                act(Act::Command(Command::Seek(time)));
            }
        });
        let (act, field) = (report.clone(), self.speed.clone());
        listen(&self.speed, "change", move |_: Event| {
            if let Some(speed) = number(&field.value()) {
                act(Act::Command(Command::Speed(speed)));
            }
        });
        let field = file.clone();
        listen(file, "change", move |_: Event| {
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                report(Act::Open(file));
            }
            // The same file can be chosen again.
            field.set_value("");
        });
    }

    /// Shows a view. Only what is another than before is changed on the page.
    pub(crate) fn show(&mut self, view: View) {
        let is_first = self.shown.is_none();
        let old = self.shown.take().unwrap_or_default();
        if old.mode != view.mode {
            set(&self.root, "data-mode", Some(view.mode.as_str()));
        }
        if old.is_playing != view.is_playing {
            flag(&self.root, "data-playing", view.is_playing);
            let label = if view.is_playing { "Pause" } else { "Play" };
            set_all(&self.root, "toggle", "aria-label", Some(label));
        }
        if old.loops != view.loops {
            flag(&self.root, "data-loop", view.loops);
            let pressed = if view.loops { "true" } else { "false" };
            set_all(&self.root, "loop", "aria-pressed", Some(pressed));
        }
        if old.duration_secs != view.duration_secs {
            self.length.set_text_content(Some(&view.length_text()));
            let max = view.duration_secs.to_string();
            self.position.set_max(&max);
            self.time.set_max(&max);
        }
        let is_new = view.mode == Mode::Bar && old.mode != Mode::Bar;
        if old.time_secs != view.time_secs || old.duration_secs != view.duration_secs || is_new {
            self.position.set_value_as_number(view.time_secs);
            set(&self.position, "aria-valuetext", Some(&view.spoken_time()));
        }
        let is_typing = self.document.active_element().as_ref() == Some(&self.time);
        if (old.time_text() != view.time_text() || is_new) && (!is_typing || !view.is_playing) {
            self.time.set_value(&view.time_text());
        }
        if old.speed != view.speed {
            // Programs may choose one that the list does not have; then it shows nothing.
            self.speed.set_value(&view.speed.to_string());
        }
        if old.loading != view.loading {
            let progress = view.loading.1.map(|progress| progress.to_string());
            set(&self.progress, "value", progress.as_deref());
            self.loading.set_text_content(Some(&view.loading_text()));
        }
        if old.can_open != view.can_open || is_first {
            set_hidden(&self.root, "open", !view.can_open);
        }
        if old.can_close != view.can_close || is_first {
            set_hidden(&self.root, "close", !view.can_close);
        }
        self.shown = Some(view);
    }
}

/// The command of a key that is not typed into something. Buttons and lists keep their own keys.
pub(crate) fn command_of(event: &KeyboardEvent) -> Option<Command> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let target = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlElement>().ok());
    if let Some(target) = target {
        let is_position = target.id() == "player-position";
        let is_used = match target.tag_name().as_str() {
            "INPUT" => !is_position,
            "TEXTAREA" | "SELECT" => true,
            "BUTTON" | "A" | "SUMMARY" => matches!(event.code().as_str(), "Space" | "Enter"),
            _ => target.is_content_editable(),
        };
        if is_used {
            return None;
        }
    }
    keys::command(&event.code(), event.shift_key())
}

fn part<T: JsCast>(document: &Document, id: &str) -> Option<T> {
    document.get_element_by_id(id)?.dyn_into().ok()
}

// An element's attributes can always be set and removed.

fn set(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn flag(element: &Element, name: &str, is_set: bool) {
    set(element, name, is_set.then_some(""));
}

/// Sets an attribute of the button with a command.
fn set_all(root: &Element, command: &str, name: &str, value: Option<&str>) {
    if let Ok(Some(button)) = root.query_selector(&format!("[data-command={command}]")) {
        set(&button, name, value);
    }
}

fn set_hidden(root: &Element, command: &str, is_hidden: bool) {
    set_all(root, command, "hidden", is_hidden.then_some(""));
}
