//! Attributes, classes, styles and properties that follow signals.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use super::value::{ToValue, Value, for_texts};
use crate::effect::render_effect;
use crate::{Memo, RcSignal, RwSignal, Signal};

/// Something of an element that can be set.
#[derive(Clone)]
pub struct Place {
    pub(super) element: Element,
    pub(super) kind: Kind,
    pub(super) name: &'static str,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Attribute,
    Class,
    Style,
    Property,
}

impl Place {
    /// Everything that could fail here fails for names only that no element has.
    fn set(&self, value: &Value) {
        let Self {
            element,
            kind,
            name,
        } = self;
        match kind {
            Kind::Attribute => {
                let _ = match value.to_text() {
                    Some(text) => element.set_attribute(name, &text),
                    None => element.remove_attribute(name),
                };
            }
            Kind::Class => {
                let is_on = !matches!(value, Value::None | Value::Flag(false));
                let _ = element.class_list().toggle_with_force(name, is_on);
            }
            Kind::Style => {
                let style = element.unchecked_ref::<HtmlElement>().style();
                let _ = match value.to_text() {
                    Some(text) => style.set_property(name, &text),
                    None => style.remove_property(name).map(drop),
                };
            }
            Kind::Property => {
                let value = match value {
                    Value::None => JsValue::from_str(""),
                    Value::Flag(flag) => JsValue::from_bool(*flag),
                    Value::Number(number) => JsValue::from_f64(*number),
                    Value::Text(text) => JsValue::from_str(text),
                };
                let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &value);
            }
        }
    }

    fn follow(self, mut read: Box<dyn FnMut() -> Value>) {
        let mut shown = None;
        render_effect(Box::new(move || {
            let value = read();
            if shown.as_ref() != Some(&value) {
                self.set(&value);
                shown = Some(value);
            }
        }));
    }
}

/// What a place can be bound to: a value, or something that gives values as signals change.
pub trait Binding {
    /// Sets it, and keeps it.
    fn bind(self, place: Place);
}

macro_rules! fixed {
    ($($Type:ty),*) => {
        $(
            impl Binding for $Type {
                fn bind(self, place: Place) {
                    place.set(&self.to_value());
                }
            }
        )*
    };
}

for_texts!(fixed);
fixed!(bool);

impl<T: ToValue> Binding for Option<T> {
    fn bind(self, place: Place) {
        place.set(&self.to_value());
    }
}

impl<F: FnMut() -> V + 'static, V: ToValue> Binding for F {
    fn bind(mut self, place: Place) {
        place.follow(Box::new(move || self().to_value()));
    }
}

macro_rules! sources {
    ($($Source:ident),*) => {
        $(
            impl<T: ToValue + Clone + PartialEq> Binding for $Source<T> {
                fn bind(self, place: Place) {
                    place.follow(Box::new(move || self.get().to_value()));
                }
            }
        )*
    };
}

sources!(RwSignal, RcSignal, Memo, Signal);
