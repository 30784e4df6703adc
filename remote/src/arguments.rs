//! Arguments of a message by name, taken one by one with the type that each must have.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::refused::Refused;
use crate::{Dtype, NdArray, Value};

/// What is still to be taken. An argument that is `None` counts as not given.
pub(crate) struct Arguments {
    callee: &'static str,
    values: BTreeMap<Arc<str>, Value>,
}

impl Arguments {
    /// Gives the arguments by position the names in `order`.
    pub(crate) fn bind(
        callee: &'static str,
        order: &[&str],
        args: Vec<Value>,
        kwargs: Vec<(Arc<str>, Value)>,
    ) -> Result<Self, Refused> {
        if args.len() > order.len() {
            return Err(Refused::new(format!(
                "{callee} takes at most {} arguments by position, not {}",
                order.len(),
                args.len()
            )));
        }
        let named = order.iter().map(|name| Arc::from(*name)).zip(args);
        let mut values = BTreeMap::new();
        for (name, value) in named.chain(kwargs) {
            if values.insert(Arc::clone(&name), value).is_some() {
                return Err(Refused::new(format!("{callee} got `{name}` twice")));
            }
        }
        Ok(Self { callee, values })
    }

    /// Refuses whatever was not taken.
    pub(crate) fn finish(self) -> Result<(), Refused> {
        match self.values.into_keys().next() {
            None => Ok(()),
            Some(name) => Err(Refused::new(format!(
                "{} has no argument `{name}`",
                self.callee
            ))),
        }
    }

    /// The names of what was not taken.
    pub(crate) fn names(&self) -> Vec<Arc<str>> {
        self.values.keys().cloned().collect()
    }

    /// Takes arguments that mean nothing here.
    pub(crate) fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.values.remove(*name);
        }
    }

    /// The argument as it came, even if it is `None`.
    pub(crate) fn raw(&mut self, name: &str) -> Option<Value> {
        self.values.remove(name)
    }

    pub(crate) fn optional(&mut self, name: &str) -> Option<Value> {
        self.raw(name).filter(|value| !value.is_none())
    }

    pub(crate) fn required(&mut self, name: &str) -> Result<Value, Refused> {
        let callee = self.callee;
        let value = self.optional(name);
        value.ok_or_else(|| Refused::new(format!("{callee} needs `{name}`")))
    }

    /// An array; a list is none, as in aitviewer.
    pub(crate) fn optional_array(&mut self, name: &str) -> Result<Option<Arc<NdArray>>, Refused> {
        match self.optional(name) {
            None => Ok(None),
            Some(Value::Array(array)) => Ok(Some(array)),
            Some(other) => Err(self.wrong(name, "an array", &other)),
        }
    }

    pub(crate) fn array(&mut self, name: &str) -> Result<Arc<NdArray>, Refused> {
        let callee = self.callee;
        let array = self.optional_array(name)?;
        array.ok_or_else(|| Refused::new(format!("{callee} needs `{name}`")))
    }

    /// An array, or lists inside each other that could be one.
    pub(crate) fn optional_numbers(&mut self, name: &str) -> Result<Option<NdArray>, Refused> {
        let value = self.optional(name);
        let numbers = value.map(|value| {
            as_numbers(&value).ok_or_else(|| self.wrong(name, "numbers or an array", &value))
        });
        numbers.transpose()
    }

    pub(crate) fn number(&mut self, name: &str, default: f32) -> Result<f32, Refused> {
        let number = self.optional_number(name)?;
        Ok(number.unwrap_or(default))
    }

    pub(crate) fn optional_number(&mut self, name: &str) -> Result<Option<f32>, Refused> {
        match self.optional(name) {
            None => Ok(None),
            Some(value) => match value.as_f64() {
                Some(number) => Ok(Some(number as f32)),
                None => Err(self.wrong(name, "a number", &value)),
            },
        }
    }

    pub(crate) fn bool(&mut self, name: &str, default: bool) -> Result<bool, Refused> {
        match self.optional(name) {
            None => Ok(default),
            Some(value) => match value.as_bool() {
                Some(truth) => Ok(truth),
                None => Err(self.wrong(name, "True or False", &value)),
            },
        }
    }

    pub(crate) fn text(&mut self, name: &str) -> Result<Option<Arc<str>>, Refused> {
        match self.optional(name) {
            None => Ok(None),
            Some(Value::Str(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(name, "a string", &other)),
        }
    }

    fn wrong(&self, name: &str, expected: &str, value: &Value) -> Refused {
        Refused::new(format!(
            "`{name}` of {} must be {expected}, not a {}",
            self.callee,
            value.type_name()
        ))
    }
}

/// An array from an array, a number, or lists of numbers inside each other of equal lengths.
pub(crate) fn as_numbers(value: &Value) -> Option<NdArray> {
    fn collect(value: &Value, axis: usize, shape: &mut Vec<usize>, out: &mut Vec<f64>) -> bool {
        if let Some(number) = value.as_f64() {
            out.push(number);
            return axis == shape.len();
        }
        let Some(values) = value.as_slice() else {
            return false;
        };
        if axis == shape.len() && out.is_empty() {
            shape.push(values.len());
        }
        shape.get(axis) == Some(&values.len())
            && values
                .iter()
                .all(|value| collect(value, axis + 1, shape, out))
    }
    fn all_integers(value: &Value) -> bool {
        match value.as_slice() {
            Some(values) => values.iter().all(all_integers),
            None => value.as_i64().is_some(),
        }
    }
    if let Value::Array(array) = value {
        return Some(NdArray::clone(array));
    }
    let (mut shape, mut numbers) = (Vec::new(), Vec::new());
    if !collect(value, 0, &mut shape, &mut numbers) {
        return None;
    }
    let (dtype, bytes): (_, Vec<u8>) = if all_integers(value) {
        let bytes = numbers.iter().flat_map(|&n| (n as i64).to_le_bytes());
        (Dtype::I64, bytes.collect())
    } else {
        let bytes = numbers.iter().flat_map(|n| n.to_le_bytes());
        (Dtype::F64, bytes.collect())
    };
    NdArray::new(dtype, shape, bytes.into()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_equal_lengths_are_numbers() {
        let row = |numbers: &[i64]| Value::List(numbers.iter().map(|&n| n.into()).collect());
        let matrix = Value::List(vec![row(&[1, 2]), row(&[3, 4])]);
        let array = as_numbers(&matrix).unwrap();
        assert_eq!((array.shape(), array.dtype()), (&[2, 2][..], Dtype::I64));
        assert!(as_numbers(&Value::List(vec![row(&[1, 2]), row(&[3])])).is_none());
        assert!(as_numbers(&Value::List(vec![row(&[1]), 2.into()])).is_none());
        assert!(as_numbers(&Value::from("text")).is_none());
        assert_eq!(as_numbers(&1.5.into()).unwrap().shape(), [0; 0]);
    }

    #[test]
    fn arguments_are_bound_as_python_does() {
        let bind = |args: Vec<Value>, kwargs: Vec<(Arc<str>, Value)>| {
            Arguments::bind("f", &["a", "b"], args, kwargs)
        };
        let error = |bound: Result<Arguments, Refused>| bound.err().unwrap().0;
        assert!(error(bind(vec![Value::None; 3], vec![])).contains("at most 2"));
        let twice = bind(vec![1.into()], vec![("a".into(), 2.into())]);
        assert_eq!(error(twice), "f got `a` twice");
        let mut bound = bind(vec![1.into()], vec![("c".into(), 2.into())]).unwrap();
        assert_eq!(bound.number("a", 0.0), Ok(1.0));
        assert_eq!(bound.finish().unwrap_err().0, "f has no argument `c`");
    }
}
