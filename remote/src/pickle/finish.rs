//! From objects that refer to each other to a tree of values.

use super::globals::{Global, TORCH_DTYPES};
use super::heap::{Heap, Item, Object};
use super::sparse;
use super::{Limits, Reason};
use crate::Value;
use crate::value::Material;

/// The value of `top`. Recursion is bounded by the limit on depth, which a cycle exceeds.
pub(super) fn finish(heap: &Heap, top: Item, limits: &Limits) -> Result<Value, Reason> {
    let mut finisher = Finisher {
        heap,
        limits,
        values: limits.values,
    };
    finisher.value(top, limits.depth)
}

struct Finisher<'a> {
    heap: &'a Heap,
    limits: &'a Limits,
    values: usize,
}

impl Finisher<'_> {
    fn value(&mut self, item: Item, depth: usize) -> Result<Value, Reason> {
        let limit = |what, limit| Reason::Limit { what, limit };
        self.values = self
            .values
            .checked_sub(1)
            .ok_or(limit("values", self.limits.values))?;
        let object = match item {
            Item::None => return Ok(Value::None),
            Item::Bool(value) => return Ok(Value::Bool(value)),
            Item::Int(value) => return Ok(Value::Int(value)),
            Item::Float(value) => return Ok(Value::Float(value)),
            Item::Kind(kind) => return Ok(Value::Kind(kind)),
            Item::Global(Global::TorchDtype(index)) => {
                return Ok(Value::Symbol(TORCH_DTYPES[usize::from(index)].into()));
            }
            Item::Global(global) => {
                return Err(Reason::invalid(format!(
                    "{global:?} is a name to be called, not a value"
                )));
            }
            Item::Object(_) => self.heap.get(item),
        };
        let object = object.ok_or(Reason::Truncated)?;
        let inner = depth
            .checked_sub(1)
            .ok_or(limit("containers inside each other", self.limits.depth));
        Ok(match object {
            Object::Str(text) => Value::Str(text.clone()),
            Object::Bytes(bytes) => Value::Bytes(bytes.clone()),
            Object::Python2(text, bytes) if text.is_empty() => Value::Bytes(bytes.clone()),
            Object::Python2(text, _) => Value::Str(text.clone()),
            Object::ByteArray(bytes) => Value::ByteArray(bytes.clone()),
            Object::BigInt(bytes) => Value::BigInt(bytes.clone()),
            Object::Complex(real, imaginary) => Value::Complex(*real, *imaginary),
            Object::Range(range) => Value::Range(*range),
            Object::Array(array) => Value::Array(array.clone()),
            Object::Scalar(scalar) => Value::Scalar(*scalar),
            Object::Symbol(name) => Value::Symbol(name.clone()),
            Object::Tuple(items) => Value::Tuple(self.values(items, inner?)?),
            Object::List(items) => Value::List(self.values(items, inner?)?),
            Object::Set(items) => Value::Set(self.keys(items, inner?)?),
            Object::FrozenSet(items) => Value::FrozenSet(self.keys(items, inner?)?),
            Object::Dict(entries) => {
                let inner = inner?;
                let entry = |&(key, value): &(Item, Item)| {
                    Ok((
                        hashable(self.value(key, inner)?)?,
                        self.value(value, inner)?,
                    ))
                };
                Value::Dict(entries.iter().map(entry).collect::<Result<_, _>>()?)
            }
            Object::Slice(parts) => {
                let inner = inner?;
                Value::Slice(Box::new([
                    self.value(parts[0], inner)?,
                    self.value(parts[1], inner)?,
                    self.value(parts[2], inner)?,
                ]))
            }
            Object::Material(Some(state)) => {
                let state = self.value(*state, inner?)?;
                Value::Material(Box::new(material(&state)?))
            }
            Object::Material(None) => Value::Material(Box::default()),
            Object::Attributes(class, Some(state)) => {
                let state = self.value(*state, inner?)?;
                match class {
                    Global::Sparse { columns } => sparse::dense(&state, *columns)?,
                    _ => state.get("x").cloned().unwrap_or(Value::None),
                }
            }
            Object::Attributes(_, None) => Value::None,
            Object::UnbuiltArray => return Err(Reason::invalid("an array lacks its contents")),
            Object::Dtype(element) => Value::Str(element.dtype.code().into()),
            Object::Storage(_) | Object::StorageId(..) => {
                return Err(Reason::invalid("a torch storage is no value by itself"));
            }
        })
    }

    fn values(&mut self, items: &[Item], depth: usize) -> Result<Vec<Value>, Reason> {
        items.iter().map(|&item| self.value(item, depth)).collect()
    }

    fn keys(&mut self, items: &[Item], depth: usize) -> Result<Vec<Value>, Reason> {
        items
            .iter()
            .map(|&item| hashable(self.value(item, depth)?))
            .collect()
    }
}

/// A value that Python takes as a key.
fn hashable(value: Value) -> Result<Value, Reason> {
    fn is_hashable(value: &Value) -> bool {
        match value {
            Value::Tuple(parts) => parts.iter().all(is_hashable),
            Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::ByteArray(_)
            | Value::Slice(_)
            | Value::Array(_)
            | Value::Material(_) => false,
            _ => true,
        }
    }
    if is_hashable(&value) {
        Ok(value)
    } else {
        Err(Reason::invalid(format!(
            "a {} cannot be a key",
            value.type_name()
        )))
    }
}

/// The material with the attributes in `state`.
fn material(state: &Value) -> Result<Material, Reason> {
    let Value::Dict(entries) = state else {
        return Err(Reason::invalid("the state of a Material is no dict"));
    };
    let mut material = Material::default();
    for (name, value) in entries {
        let number = || {
            value
                .as_f64()
                .ok_or(Reason::invalid("an attribute of a Material is no number"))
        };
        match name.as_str() {
            Some("diffuse") => material.diffuse = number()?,
            Some("ambient") => material.ambient = number()?,
            Some("specular") => material.specular = number()?,
            Some("_color" | "color") => {
                let parts: Option<Vec<f64>> = match value {
                    Value::Array(array) => Some(array.to_f64()),
                    other => other
                        .as_slice()
                        .and_then(|parts| parts.iter().map(Value::as_f64).collect()),
                };
                material.color = parts
                    .and_then(|parts| parts.try_into().ok())
                    .ok_or(Reason::invalid("the colour of a Material is not RGBA"))?;
            }
            _ => return Err(Reason::invalid("a Material has an unknown attribute")),
        }
    }
    Ok(material)
}
