//! The JSON of a file. What is missing or of another kind counts as absent, and then has the
//! specification's default.

use super::GltfError;
use super::value::Value;

/// Extensions without which the geometry cannot be read.
const GEOMETRY_EXTENSIONS: [&str; 2] = ["KHR_draco_mesh_compression", "EXT_meshopt_compression"];

/// The JSON, and the binary data that it describes.
pub(super) struct Document<'a> {
    root: Value,
    pub(super) binary: &'a [u8],
}

impl<'a> Document<'a> {
    pub(super) fn parse(json: &[u8], binary: &'a [u8]) -> Result<Self, GltfError> {
        let text = std::str::from_utf8(json).map_err(|error| GltfError::Json(error.to_string()))?;
        let root = Value::parse(text).map_err(GltfError::Json)?;
        let needed = list(&root, "extensionsRequired").iter();
        let mut needed = needed.filter_map(Value::as_str);
        match needed.find(|name| GEOMETRY_EXTENSIONS.contains(name)) {
            Some(name) => Err(GltfError::Extension(name.to_owned())),
            None => Ok(Self { root, binary }),
        }
    }

    pub(super) fn root(&self) -> &Value {
        &self.root
    }

    /// A list at the top.
    pub(super) fn list(&self, name: &str) -> &[Value] {
        list(&self.root, name)
    }

    /// An entry of a list at the top.
    pub(super) fn entry(&self, name: &str, index: usize) -> Option<&Value> {
        self.list(name).get(index)
    }

    /// Bytes of the binary data.
    pub(super) fn size(&self) -> usize {
        self.binary.len()
    }

    /// The bytes of a buffer view.
    pub(super) fn view(&self, view: &Value) -> Option<&'a [u8]> {
        // Other buffers than the file's own would have to be fetched.
        let is_own = index(view, "buffer") == Some(0);
        let start = index(view, "byteOffset").unwrap_or(0);
        let end = start.checked_add(index(view, "byteLength")?)?;
        self.binary.get(start..end).filter(|_| is_own)
    }
}

pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

pub(super) fn index(value: &Value, name: &str) -> Option<usize> {
    value.get(name).and_then(Value::as_index)
}

pub(super) fn indices<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = usize> + 'a {
    list(value, name).iter().filter_map(Value::as_index)
}

pub(super) fn number(value: &Value, name: &str) -> Option<f32> {
    Some(value.get(name)?.as_f64()? as f32)
}

pub(super) fn numbers<const N: usize>(value: &Value, name: &str) -> Option<[f32; N]> {
    let mut numbers = [0.0; N];
    let list = list(value, name);
    if list.len() != N {
        return None;
    }
    for (number, value) in numbers.iter_mut().zip(list) {
        *number = value.as_f64()? as f32;
    }
    Some(numbers)
}

pub(super) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

pub(super) fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

pub(super) fn extension<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get("extensions")?.get(name)
}
