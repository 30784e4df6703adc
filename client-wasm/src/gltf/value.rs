//! A JSON value.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::quoted;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::quoted;

/// What a JSON file holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Value>),
    /// In the order of the file; files of this kind have few entries in each.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value of an entry; `None` for what is no map.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => {
                let found = entries.iter().find(|(key, _)| key == name);
                found.map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&Vec<Value>> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole number; the largest there is for those that are larger.
    pub(super) fn as_index(&self) -> Option<usize> {
        let number = self.as_f64()?;
        (number.fract() == 0.0 && number >= 0.0).then_some(number as usize)
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(json: &str) -> Value {
        Value::parse(json).unwrap()
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for json in ["", "{", "[1,]", "nul", "1 2", &"[".repeat(1000)] {
            assert!(Value::parse(json).is_err(), "{json}");
        }
        assert_eq!(quoted("a\"\u{1}ä"), r#""a\"\u0001ä""#);
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let value = parse(r#"{"a": [1, -2, 0.5, true, null, "text"], "b": {"c": {}}}"#);
        let list = value.get("a").and_then(Value::as_array).unwrap();
        assert_eq!(list[0].as_index(), Some(1));
        assert_eq!((list[1].as_index(), list[1].as_f64()), (None, Some(-2.0)));
        assert_eq!((list[2].as_index(), list[2].as_f64()), (None, Some(0.5)));
        assert_eq!(list[3].as_bool(), Some(true));
        assert_eq!(list[4], Value::Null);
        assert_eq!(list[5].as_str(), Some("text"));
        assert_eq!(
            value.get("b").and_then(|b| b.get("c")),
            Some(&Value::Map(Vec::new()))
        );
        assert_eq!(value.get("x"), None);
        assert_eq!(list[0].get("x"), None);
    }

    #[test]
    fn indices_are_whole_and_never_wrap_around() {
        for json in ["-1", "0.1", "true", "\"1\""] {
            assert_eq!(parse(json).as_index(), None, "{json}");
        }
        for json in ["1e300", "18446744073709551615"] {
            assert_eq!(parse(json).as_index(), Some(usize::MAX), "{json}");
        }
    }
}
