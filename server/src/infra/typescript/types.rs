//! Types of fields.

use super::{ClientApiVersion, Names, quoted};
use scenecast_protocol::schema::{Struct, Type};
use std::collections::VecDeque;

const BYTES: &str = "Uint8Array<ArrayBuffer>";

/// Writes types, and remembers which structs they refer to.
pub(super) struct TypeWriter {
    version: ClientApiVersion,
    names: Names,
    known: Vec<(String, &'static Struct)>,
    pending: VecDeque<(String, &'static Struct)>,
}

impl TypeWriter {
    pub(super) fn new(version: ClientApiVersion, names: Names) -> Self {
        Self {
            version,
            names,
            known: Vec::new(),
            pending: VecDeque::new(),
        }
    }

    /// A struct that has been referred to and not been written yet.
    pub(super) fn next_struct(&mut self) -> Option<(String, &'static Struct)> {
        self.pending.pop_front()
    }

    pub(super) fn write(&mut self, ty: &Type) -> String {
        match ty {
            Type::Any => "unknown".to_owned(),
            Type::Never => "never".to_owned(),
            Type::Bool => "boolean".to_owned(),
            Type::Int | Type::Float => "number".to_owned(),
            Type::Str => "string".to_owned(),
            Type::Bytes => BYTES.to_owned(),
            Type::Array { dtype, .. } => self.array(dtype).to_owned(),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.write(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Type::List(item) => match self.write(item) {
                several if several.contains(" | ") => format!("({several})[]"),
                one => format!("{one}[]"),
            },
            Type::Dict(value) => format!("{{ [key: string]: {} }}", self.write(value)),
            Type::Optional(inner) => {
                let options = [self.write(inner), "null".to_owned()];
                union(options.into_iter())
            }
            Type::Literal(texts) => union(texts.iter().map(|text| quoted(text))),
            Type::Union(options) => {
                let options: Vec<String> =
                    options.iter().map(|option| self.write(option)).collect();
                union(options.into_iter())
            }
            Type::Struct(schema) => self.reference(schema),
        }
    }

    /// Where the element type does not travel, or JavaScript's clients read none such, these are
    /// the bytes.
    fn array(&self, dtype: &str) -> &'static str {
        match (self.version, dtype) {
            (ClientApiVersion::V0, _) => BYTES,
            // Half floats, as their bits.
            (ClientApiVersion::V1, "<f2" | "<u2") => "Uint16Array<ArrayBuffer>",
            (ClientApiVersion::V1, "<f4") => "Float32Array<ArrayBuffer>",
            (ClientApiVersion::V1, "<f8") => "Float64Array<ArrayBuffer>",
            (ClientApiVersion::V1, "<u4") => "Uint32Array<ArrayBuffer>",
            (ClientApiVersion::V1, "|i1") => "Int8Array<ArrayBuffer>",
            (ClientApiVersion::V1, "<i2") => "Int16Array<ArrayBuffer>",
            (ClientApiVersion::V1, "<i4") => "Int32Array<ArrayBuffer>",
            (ClientApiVersion::V1, _) => BYTES,
        }
    }

    fn reference(&mut self, schema: &'static Struct) -> String {
        if let Some((name, _)) = self.known.iter().find(|(_, known)| *known == schema) {
            return name.clone();
        }
        let name = self.names.unique(schema.name);
        self.known.push((name.clone(), schema));
        self.pending.push_back((name.clone(), schema));
        name
    }
}

/// A union without repetitions.
fn union(options: impl Iterator<Item = String>) -> String {
    let mut flat: Vec<String> = Vec::new();
    for option in options {
        if !flat.contains(&option) {
            flat.push(option);
        }
    }
    match flat.as_slice() {
        [] => "never".to_owned(),
        [one] => one.clone(),
        several => several.join(" | "),
    }
}
