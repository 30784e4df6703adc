//! What the view of a component works with.

use std::rc::Rc;
use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::Value;
use scenecast_protocol::gui::Component;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use super::actions::Actions;
use super::store::Live;

/// A component in the page, for as long as it is there. It is a small handle, to be copied into
/// every closure.
#[derive(Clone, Copy)]
pub(crate) struct Element {
    live: StoredValue<Rc<Live>>,
    pub(crate) actions: Actions,
    /// In how many folders it is: labels get narrower with it.
    pub(crate) depth: u32,
}

/// Reads a property: `prop!(element, Slider.min)`. Views that call it hear of changes; what it
/// gives is a copy. `value!(element, Slider)` does the same for the value.
macro_rules! prop {
    ($element:expr, $Kind:ident . $field:ident) => {
        $element.read(stringify!($field), |component| match component {
            scenecast_protocol::gui::Component::$Kind(props, ..) => props.$field.clone(),
            _ => Default::default(),
        })
    };
}

/// See [`prop!`].
macro_rules! value {
    ($element:expr, $Kind:ident) => {
        $element.read("value", |component| match component {
            scenecast_protocol::gui::Component::$Kind(_, value) => value.clone(),
            _ => Default::default(),
        })
    };
}

pub(crate) use {prop, value};

impl Element {
    /// The element of a component, owned by the current view.
    pub(crate) fn new(live: Rc<Live>, depth: u32) -> Self {
        Self {
            live: StoredValue::new(live),
            actions: expect_context(),
            depth,
        }
    }

    /// Whether it is still in the page. What loses the keyboard or a pointer because it is taken
    /// out of the page hears of it when everything of its view is gone already.
    pub(crate) fn is_there(self) -> bool {
        self.live.try_with_value(|_| ()).is_some()
    }

    /// Names it.
    pub(crate) fn uuid(self) -> Arc<str> {
        self.live.with_value(|live| live.uuid.clone())
    }

    /// An identifier for an element of the page that belongs to it, such as its input.
    pub(crate) fn id(self, part: &str) -> String {
        format!("{part}-{}", self.live.with_value(|live| live.serial))
    }

    /// The kind of component, with its properties and value as they are now.
    pub(crate) fn component(self) -> Arc<Component> {
        self.live.with_value(|live| live.component())
    }

    /// Reads from the component. Views that call it hear when this property changes; see
    /// [`prop!`].
    pub(crate) fn read<R>(self, property: &'static str, read: impl FnOnce(&Component) -> R) -> R {
        read(&self.live.with_value(|live| live.track(property)))
    }

    /// Whether it is shown.
    pub(crate) fn is_visible(self) -> bool {
        self.read("visible", Component::is_visible)
    }

    /// Whether it is a form with changes that are not submitted.
    pub(crate) fn is_dirty(self) -> bool {
        self.live.with_value(|live| live.is_dirty())
    }

    /// Whether the user has put in what the value is now.
    pub(crate) fn is_edited(self) -> bool {
        self.live.with_value(|live| live.is_edited())
    }

    /// Text beside an input.
    pub(crate) fn label(self) -> String {
        self.read("label", |c| c.input().map(|input| input.label.to_owned()))
            .unwrap_or_default()
    }

    /// Text of an input's tooltip.
    pub(crate) fn hint(self) -> Option<String> {
        self.read("hint", |c| Some(c.input()?.hint?.to_owned()))
    }

    /// Whether input is refused.
    pub(crate) fn is_disabled(self) -> bool {
        self.read("disabled", |c| {
            c.input().is_some_and(|input| input.disabled)
        })
    }

    /// The user holds it with a pointer, or lets go of it: while it is held, what the server says
    /// of its value is not shown.
    pub(crate) fn hold(self, is_held: bool) {
        if self.is_there() {
            let uuid = self.uuid();
            self.actions.ask(move |app| app.hold(&uuid, is_held));
        }
    }

    /// A pointer takes hold of an element of the page that is part of it. All that the pointer
    /// does goes there until `lostpointercapture`, which is when to let go. Returns whether it does.
    pub(crate) fn grab(self, event: &PointerEvent) -> bool {
        let is_held = event.button() == 0 && capture(event);
        if is_held {
            self.hold(true);
        }
        is_held
    }

    /// The user is at it, without a new value yet: the same for a short time.
    pub(crate) fn touch(self) {
        let uuid = self.uuid();
        self.actions.ask(move |app| app.touch(&uuid));
    }

    /// The user has given it another value.
    pub(crate) fn edit(self, value: Value) {
        self.actions.edit(self.uuid(), value);
    }
}

/// Sends all that a pointer does to the element that hears of this event. Returns whether it can.
pub(crate) fn capture(event: &PointerEvent) -> bool {
    // A pointer that is gone already cannot be captured; it moves nothing either.
    event.current_target().is_some_and(|target| {
        let target: web_sys::Element = target.unchecked_into();
        target.set_pointer_capture(event.pointer_id()).is_ok()
    })
}

/// A number as viser's client sends it: whole ones are integers.
pub(crate) fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        Value::Int(value as i64)
    } else {
        Value::Float(value)
    }
}
