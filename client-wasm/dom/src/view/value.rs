//! What attributes, properties, classes and texts can be set to.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A value for something of an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An attribute that is not there, an empty property.
    None,
    /// An attribute without a value, or none; a class, or not.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(Cow<'static, str>),
}

impl Value {
    /// The value as text, if there is any.
    pub(crate) fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::None | Value::Flag(false) => None,
            Value::Flag(true) => Some("".into()),
            Value::Number(number) => Some(number.to_string().into()),
            Value::Text(text) => Some(Cow::Borrowed(text)),
        }
    }
}

/// What can be such a value.
pub trait ToValue: 'static {
    /// The value.
    fn to_value(self) -> Value;
}

/// Values that can be text between elements.
pub trait ToText: ToValue {}

/// Calls a macro with every type that can be text.
macro_rules! for_texts {
    ($use:ident) => {
        $use!(
            &'static str,
            String,
            std::borrow::Cow<'static, str>,
            std::sync::Arc<str>,
            std::rc::Rc<str>,
            f64,
            u32,
            i32,
            usize
        );
    };
}

pub(super) use for_texts;

macro_rules! texts {
    ($($Type:ty: $value:ident => $made:expr;)*) => {
        $(
            impl ToValue for $Type {
                fn to_value(self) -> Value {
                    let $value = self;
                    $made
                }
            }
            impl ToText for $Type {}
        )*
    };
}

texts! {
    &'static str: text => Value::Text(text.into());
    String: text => Value::Text(text.into());
    Cow<'static, str>: text => Value::Text(text);
    Arc<str>: text => Value::Text(text.to_string().into());
    Rc<str>: text => Value::Text(text.to_string().into());
    char: text => Value::Text(text.to_string().into());
    f64: number => Value::Number(number);
    u32: number => Value::Number(number.into());
    i32: number => Value::Number(number.into());
    usize: number => Value::Number(number as f64);
}

impl ToValue for bool {
    fn to_value(self) -> Value {
        Value::Flag(self)
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(self) -> Value {
        self.map_or(Value::None, ToValue::to_value)
    }
}

impl<T: ToText> ToText for Option<T> {}
