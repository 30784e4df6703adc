//! The player bar on the page.

use scenecast_dom::listen;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, File, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
};

use super::view::{Mode, Unit, View};
use super::{Command, keys};
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
    fps: HtmlInputElement,
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
            fps: part(document, "player-fps")?,
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
                Some("detach") => {
                    let is_detached = root.has_attribute("data-detached");
                    act(Act::Command(Command::Detach(!is_detached)));
                }
                Some("open") => chooser.click(),
                Some("close") => act(Act::Close),
                _ => {}
            }
        })
        .forget();
        for (field, event) in [(&self.position, "input"), (&self.time, "change")] {
            let (act, root) = (report.clone(), self.root.clone());
            on_number(field, event, move |position| {
                act(Act::Command(match root.has_attribute("data-frames") {
                    true => Command::Frame(position),
                    false => Command::Seek(position),
                }));
            });
        }
        let act = report.clone();
        on_number(&self.fps, "change", move |fps| {
            act(Act::Command(Command::Fps(fps)));
        });
        let (act, field) = (report.clone(), self.speed.clone());
        listen(&self.speed, "change", move |_: Event| {
            if let Some(speed) = number(&field.value()) {
                act(Act::Command(Command::Speed(speed)));
            }
        })
        .forget();
        let field = file.clone();
        listen(file, "change", move |_: Event| {
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                report(Act::Open(file));
            }
            // The same file can be chosen again.
            field.set_value("");
        })
        .forget();
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
        if old.is_detached != view.is_detached {
            flag(&self.root, "data-detached", view.is_detached);
            let pressed = if view.is_detached { "true" } else { "false" };
            set_all(&self.root, "detach", "aria-pressed", Some(pressed));
        }
        let is_other = old.unit != view.unit;
        if is_other {
            let has_frames = view.unit == Unit::Frames;
            flag(&self.root, "data-frames", has_frames);
            let (step, slider_step, label) = match has_frames {
                true => ("1", "1", "Frame"),
                false => ("0.01", "any", "Time in seconds"),
            };
            self.time.set_step(step);
            self.position.set_step(slider_step);
            for name in ["aria-label", "title"] {
                set(&self.time, name, Some(label));
            }
        }
        let is_longer = old.end != view.end || is_other;
        if is_longer {
            self.length.set_text_content(Some(&view.length_text()));
            let max = view.end.to_string();
            self.position.set_max(&max);
            self.time.set_max(&max);
        }
        let is_new = is_other || view.mode == Mode::Bar && old.mode != Mode::Bar;
        if old.position != view.position || is_longer || is_new {
            self.position.set_value_as_number(view.position);
            set(
                &self.position,
                "aria-valuetext",
                Some(&view.spoken_position()),
            );
        }
        let text = view.position_text();
        if (old.position_text() != text || is_new)
            && (!self.is_typed_into(&self.time) || !view.is_playing)
        {
            self.time.set_value(&text);
        }
        if old.speed != view.speed || is_other {
            let text = view.speed.to_string();
            // Programs may choose one that the list does not have; then it shows nothing.
            self.speed.set_value(&text);
            self.fps.set_value(&text);
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

impl Bar {
    /// Lets the user type where to go.
    pub(crate) fn enter_position(&self) {
        // An element of the page can always be focused.
        let _ = self.time.focus();
        self.time.select();
    }

    fn is_typed_into(&self, field: &HtmlInputElement) -> bool {
        self.document.active_element().as_ref() == Some(field)
    }
}

/// Reports the numbers that a field gets.
fn on_number(field: &HtmlInputElement, event: &'static str, report: impl Fn(f64) + 'static) {
    let read = field.clone();
    listen(field, event, move |_: Event| {
        let number = read.value_as_number();
        if number.is_finite() {
            report(number);
        }
    })
    .forget();
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
        if event.code() == "Enter" && target.id().starts_with("player-") {
            // What was typed is done: the keys are the player's again.
            let _ = target.blur();
        }
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
