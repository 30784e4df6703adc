//! JSON by the browser: serde's parser is 10 KB more to download.

use js_sys::{Array, JSON, JsString, Object};
use wasm_bindgen::{JsCast, JsValue};

use super::Value;

/// Deeper values are refused, as they are natively.
const MAX_DEPTH: usize = 127;

impl Value {
    /// Reads JSON.
    ///
    /// # Errors
    /// It is none; what is wrong with it.
    pub(crate) fn parse(json: &str) -> Result<Self, String> {
        let value = JSON::parse(json).map_err(|error| crate::app::describe(&error))?;
        Self::from_js(&value, MAX_DEPTH).ok_or_else(|| "it is too deep".to_owned())
    }

    fn from_js(value: &JsValue, depth: usize) -> Option<Self> {
        if let Some(text) = value.as_string() {
            return Some(Self::Text(text));
        }
        if let Some(number) = value.as_f64() {
            return Some(Self::Number(number));
        }
        if let Some(value) = value.as_bool() {
            return Some(Self::Bool(value));
        }
        let Some(object) = value.dyn_ref::<Object>() else {
            return Some(Self::Null);
        };
        let depth = depth.checked_sub(1)?;
        if let Some(items) = value.dyn_ref::<Array>() {
            let items = items.iter().map(|item| Self::from_js(&item, depth));
            return Some(Self::List(items.collect::<Option<_>>()?));
        }
        let (keys, values) = (Object::keys(object), Object::values(object));
        let entries = keys.iter().zip(values.iter());
        let entry = |(key, value): (JsValue, JsValue)| {
            Some((key.as_string()?, Self::from_js(&value, depth)?))
        };
        Some(Self::Map(entries.map(entry).collect::<Option<_>>()?))
    }
}

/// A text as JSON.
pub(crate) fn quoted(text: &str) -> String {
    let json = JSON::stringify(&JsString::from(text).into());
    json.map(String::from).unwrap_or_default()
}
