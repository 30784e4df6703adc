//! Properties of nodes, as people read and change them.

use scenecast_protocol::Value;
use scenecast_protocol::array::{Dtype, RawArray};
use scenecast_protocol::scene::Node;
use scenecast_protocol::schema::{Editor, Field};

use crate::gltf::{Json, quoted};

/// The longest text of a property that is shown; longer ones can only be looked at.
const MAX_TEXT: usize = 10_000;

/// A property of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it is about.
    pub doc: &'static str,
    /// What it is changed with.
    pub editor: Editor,
    /// Its value.
    pub text: String,
    /// Whether it can only be looked at.
    pub is_fixed: bool,
}

/// The properties of a node that people may know of.
pub fn properties(node: &Node) -> Vec<Property> {
    let Value::Map(values) = node.props() else {
        return Vec::new();
    };
    let fields = node.fields().iter().zip(&values);
    let fields = fields.filter(|(field, _)| field.editor() != Editor::Hidden);
    let property = |(field, (_, value)): (&Field, &(_, Value))| {
        let mut text = match field.editor() {
            Editor::Choice(_) => value.as_str().unwrap_or_default().to_owned(),
            Editor::Color => hex(value),
            Editor::Hidden | Editor::Checkbox | Editor::Text => json(value),
        };
        let cut = text.floor_char_boundary(MAX_TEXT);
        let is_fixed = matches!(value, Value::Array(_) | Value::Bin(_)) || cut < text.len();
        text.truncate(cut);
        Property {
            name: field.name,
            doc: field.doc,
            editor: field.editor(),
            text,
            is_fixed,
        }
    };
    fields.map(property).collect()
}

impl Property {
    /// The value that a text stands for.
    ///
    /// # Errors
    /// It stands for none; what is wrong with it.
    pub fn value_of(&self, text: &str) -> Result<Value, String> {
        match self.editor {
            Editor::Choice(_) => Ok(Value::Str(text.to_owned().into())),
            Editor::Color => channels(text).ok_or_else(|| "no colour such as #12ef80".to_owned()),
            Editor::Hidden | Editor::Checkbox | Editor::Text => parse(text),
        }
    }
}

/// A colour as `#rrggbb`.
fn hex(value: &Value) -> String {
    let channels = match value {
        Value::List(channels) => channels.as_slice(),
        _ => &[],
    };
    let channel = |value: &Value| format!("{:02x}", value.as_i64().unwrap_or(0).clamp(0, 255));
    format!("#{}", channels.iter().map(channel).collect::<String>())
}

/// The channels of `#rrggbb`.
fn channels(hex: &str) -> Option<Value> {
    let digits = hex.strip_prefix('#')?;
    let digits: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
    let (channels, rest) = digits.as_ref()?.as_chunks::<2>();
    let channel = |[high, low]: &[u32; 2]| Value::Int((16 * high + low).into());
    (channels.len() == 3 && rest.is_empty())
        .then(|| Value::List(channels.iter().map(channel).collect()))
}

/// The name of a property, to be read: `Point size`.
pub fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A kind of node, to be read: `Point Cloud` for a message `PointCloudMessage`.
pub fn kind_label(tag: &str) -> String {
    let tag = tag.strip_suffix("Message").unwrap_or(tag);
    let mut label = String::new();
    let mut before = ' ';
    for letter in tag.chars() {
        let begins = letter.is_ascii_uppercase() || letter.is_ascii_digit();
        if begins && before.is_ascii_lowercase() {
            label.push(' ');
        }
        label.push(letter);
        before = letter;
    }
    label
}

/// Reads what was typed: JSON, or an infinite number.
///
/// # Errors
/// It is neither; what is wrong with it.
pub fn parse(text: &str) -> Result<Value, String> {
    match text.trim() {
        "Infinity" => Ok(Value::Float(f64::INFINITY)),
        "-Infinity" => Ok(Value::Float(f64::NEG_INFINITY)),
        text => Json::parse(text).map(Value::from),
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Value::Nil,
            Json::Bool(value) => Value::Bool(value),
            Json::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Value::Int(number as i64)
            }
            Json::Number(number) => Value::Float(number),
            Json::Text(text) => Value::Str(text.into()),
            Json::List(items) => Value::List(items.into_iter().map(Value::from).collect()),
            Json::Map(entries) => {
                let entries = entries.into_iter();
                Value::Map(entries.map(|(k, v)| (k.into(), v.into())).collect())
            }
        }
    }
}

/// A value as JSON. Numbers that are infinite are called so, which JSON does not know.
fn json(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(",");
    match value {
        Value::Nil => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Float(number) if *number == f64::INFINITY => "Infinity".into(),
        Value::Float(number) if *number == f64::NEG_INFINITY => "-Infinity".into(),
        Value::Float(number) if number.is_nan() => "null".into(),
        Value::Float(number) => number.to_string(),
        Value::Str(text) => quoted(text),
        Value::Bin(bytes) => format!("Uint8Array[{}]", bytes.len()),
        Value::Array(array) => format!("{}[{}]", kind(array), len(array)),
        Value::List(items) => format!("[{}]", joined(items.iter().map(json).collect())),
        Value::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, value)| format!("{}:{}", quoted(key), json(value)));
            format!("{{{}}}", joined(entries.collect()))
        }
    }
}

/// What JavaScript calls an array of this kind.
fn kind(array: &RawArray) -> &'static str {
    match array.dtype() {
        Dtype::F16 => "Float16Array",
        Dtype::F32 => "Float32Array",
        Dtype::F64 => "Float64Array",
        Dtype::U8 | Dtype::Other(_) => "Uint8Array",
        Dtype::U16 => "Uint16Array",
        Dtype::U32 => "Uint32Array",
        Dtype::I8 => "Int8Array",
        Dtype::I16 => "Int16Array",
        Dtype::I32 => "Int32Array",
        Dtype::I64 => "BigInt64Array",
    }
}

/// How many numbers an array holds.
fn len(array: &RawArray) -> usize {
    let bytes = match array.dtype() {
        Dtype::U8 | Dtype::I8 | Dtype::Other(_) => 1,
        Dtype::F16 | Dtype::U16 | Dtype::I16 => 2,
        Dtype::F32 | Dtype::U32 | Dtype::I32 => 4,
        Dtype::F64 | Dtype::I64 => 8,
    };
    array.bytes().len() / bytes
}

#[cfg(test)]
mod tests {
    use scenecast_protocol::scene::{Glb, Mesh, PointCloud, TransformControls};

    use super::*;

    fn shown(node: impl Into<Node>) -> Vec<(&'static str, String, bool)> {
        let properties = properties(&node.into()).into_iter();
        properties.map(|p| (p.name, p.text, p.is_fixed)).collect()
    }

    #[test]
    fn arrays_can_be_looked_at_and_the_rest_be_changed() {
        let mesh = Mesh::new([[0.5f32; 3]; 4], [[0u32, 1, 2]]).scale([1.0, 2.5, 1e9]);
        let shown_mesh = shown(mesh);
        assert_eq!(shown_mesh[0], ("vertices", "Float32Array[12]".into(), true));
        assert_eq!(shown_mesh[1], ("faces", "Uint32Array[3]".into(), true));
        assert_eq!(shown_mesh[2], ("color", "#5ac8ff".into(), false));
        assert_eq!(shown_mesh[3], ("wireframe", "false".into(), false));
        assert_eq!(shown_mesh[4], ("opacity", "null".into(), false));
        assert_eq!(shown_mesh[6], ("side", "front".into(), false));
        assert_eq!(shown_mesh[8], ("scale", "[1,2.5,1000000000]".into(), false));
        let cloud = shown(PointCloud::new(vec![[0.0f32; 3]; 2]));
        assert!(cloud.iter().all(|(name, ..)| *name != "precision"));
        let glb = shown(Glb::default().glb_data(bytes::Bytes::from_static(b"glTF")));
        assert_eq!(glb[0], ("glb_data", "Uint8Array[4]".into(), true));
    }

    #[test]
    fn what_is_shown_can_be_typed() {
        for node in [
            Node::from(Mesh::default().opacity(0.25).scale(f64::INFINITY)),
            TransformControls::default().into(),
            scenecast_protocol::scene::Label::new("a \"b\"\n\u{1}ü").into(),
        ] {
            for property in properties(&node).into_iter().filter(|p| !p.is_fixed) {
                let mut copy = node.clone();
                let value = property.value_of(&property.text).unwrap();
                assert_eq!(copy.set(property.name, &value), Ok(true), "{property:?}");
                assert_eq!(copy, node, "{property:?}");
            }
        }
    }

    #[test]
    fn what_is_no_value_is_an_error() {
        for text in ["", "{", "1 2", "infinity", "[1,]", "'a'", "1e999"] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert_eq!(parse(" -Infinity "), Ok(Value::Float(f64::NEG_INFINITY)));
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
        for text in [
            "", "#12", "123456", "#12ef8g", "#+12ef8", "#12ef80a", "#1234567",
        ] {
            assert_eq!(channels(text), None, "{text:?}");
        }
        let mut mesh = Node::from(Mesh::default());
        assert!(mesh.set("opacity", &parse("\"a\"").unwrap()).is_err());
        assert!(mesh.set("side", &Value::Str("inside".into())).is_err());
    }

    #[test]
    fn names_can_be_read() {
        assert_eq!(label("point_size"), "Point size");
        assert_eq!(label(""), "");
        assert_eq!(kind_label("PointCloudMessage"), "Point Cloud");
        assert_eq!(kind_label("Gui3DMessage"), "Gui 3D");
        assert_eq!(kind_label("FrameMessage"), "Frame");
    }
}
