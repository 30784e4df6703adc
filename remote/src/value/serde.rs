//! Values from and to any types that serde knows: structs are dictionaries, tuples and lists are
//! both, arrays read as lists of numbers inside each other.

mod read;
mod write;

use std::fmt;

use serde::{Serialize, de::DeserializeOwned};

use super::Value;

/// Why a type and a value do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConvertError(String);

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConvertError {}

impl serde::ser::Error for ConvertError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl serde::de::Error for ConvertError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Value {
    /// The value that `data` is: a struct is a dictionary by the names of its fields.
    ///
    /// # Errors
    /// If the type cannot be serialized, or has integers of more than 64 bits.
    pub fn serialize(data: &impl Serialize) -> Result<Self, ConvertError> {
        data.serialize(write::Writer)
    }

    /// The data that the value is.
    ///
    /// ```
    /// use scenecast_remote::Value;
    /// #[derive(serde::Deserialize)]
    /// struct Goal { at: [f32; 3], name: Option<String> }
    /// let value = Value::from([("at", vec![1.0.into(), 2.0.into(), Value::from(3)].into())]);
    /// let goal: Goal = value.deserialize()?;
    /// assert_eq!((goal.at, goal.name), ([1.0, 2.0, 3.0], None));
    /// # Ok::<(), scenecast_remote::value::ConvertError>(())
    /// ```
    ///
    /// # Errors
    /// If it is not of that type. The reason names what was expected.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, ConvertError> {
        T::deserialize(read::Reader(self))
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::NdArray;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Mode {
        Still,
        Turning(f64),
        Moving { by: [f32; 3] },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Order {
        name: String,
        count: u8,
        points: Vec<[f32; 2]>,
        mode: Vec<Mode>,
        note: Option<i64>,
        pair: (bool, char),
        map: std::collections::BTreeMap<String, i32>,
    }

    #[test]
    fn structs_are_dictionaries_and_come_back() {
        let order = Order {
            name: "a".to_owned(),
            count: 3,
            points: vec![[1.0, 2.0], [3.0, 4.5]],
            mode: vec![
                Mode::Still,
                Mode::Turning(0.5),
                Mode::Moving { by: [1.0; 3] },
            ],
            note: None,
            pair: (true, 'x'),
            map: [("b".to_owned(), -7)].into(),
        };
        let value = Value::serialize(&order).unwrap();
        assert_eq!(value.get("count"), Some(&Value::Int(3)));
        assert_eq!(value.deserialize(), Ok(order));
        let pickle = crate::pickle::encode(&value).unwrap();
        let read = crate::pickle::decode(&pickle, &crate::pickle::Limits::default());
        assert_eq!(read, Ok(value));
    }

    #[test]
    fn arrays_read_as_lists_of_lists() {
        let array = NdArray::from_f32(vec![2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
        let value = Value::from(array);
        let rows: Vec<[f32; 3]> = value.deserialize().unwrap();
        assert_eq!(rows, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        let error = value.deserialize::<Vec<[f32; 2]>>().unwrap_err();
        assert!(!error.to_string().is_empty());
        assert!(Value::from("text").deserialize::<f64>().is_err());
    }
}
