//! Calls: what a listed name makes of its arguments, and how a state is set.

use super::Reason;
use super::globals::Global;
use super::heap::{Item, Object, int};
use super::machine::Machine;
use crate::message::Kind;
use crate::value::Range;

/// The most arguments that any listed name takes.
const MAX_ARGUMENTS: usize = 8;

impl Machine<'_> {
    /// What `callable(*arguments)` is.
    pub(super) fn reduce(&mut self, callable: Item, arguments: Item) -> Result<Item, Reason> {
        let Item::Global(global) = callable else {
            return Err(Reason::invalid("only a listed name can be called"));
        };
        let arguments = self.heap.tuple(arguments, MAX_ARGUMENTS)?.to_vec();
        let object = match (global, arguments.as_slice()) {
            (Global::MessageEnum, [value]) => {
                let value = int(*value)?;
                return Kind::from_value(value).map(Item::Kind).ok_or_else(|| {
                    Reason::invalid(format!("aitviewer's Message has no member {value}"))
                });
            }
            // Early versions of Python 3.11 write members of an enum so.
            (Global::Getattr, [Item::Global(Global::MessageEnum), name]) => {
                let name = self.heap.str(*name)?;
                return Kind::from_name(name).map(Item::Kind).ok_or_else(|| {
                    Reason::invalid("getattr is accepted for members of Message only")
                });
            }
            (Global::Reconstruct, [class, shape, code]) => {
                self.reconstruct(*class, *shape, *code)?
            }
            (Global::FromBuffer, [buffer, dtype, shape, order]) => {
                self.frombuffer(*buffer, *dtype, *shape, *order, None)?
            }
            (Global::FromBuffer, [buffer, dtype, shape, order, axes]) => {
                self.frombuffer(*buffer, *dtype, *shape, *order, Some(*axes))?
            }
            (Global::NdArray, [shape, dtype, buffer]) => {
                self.array_of_buffer(*shape, *dtype, *buffer)?
            }
            (Global::NumpyScalar, [dtype, bytes]) => self.scalar(*dtype, *bytes)?,
            (Global::Dtype, [code, ..]) => self.dtype(*code)?,
            (Global::Range, [start, stop, step]) => Object::Range(range(*start, *stop, *step)?),
            (Global::Slice, [start, stop, step]) => Object::Slice(Box::new([*start, *stop, *step])),
            (Global::Bytes | Global::ByteArray, []) => bytes_of(global, bytes::Bytes::new()),
            (Global::Bytes | Global::ByteArray, [source]) => {
                bytes_of(global, self.heap.bytes(*source)?.clone())
            }
            (Global::CodecsEncode, [text, codec]) => {
                bytes_of(Global::Bytes, self.latin1(*text, *codec)?)
            }
            (Global::ByteArray, [text, codec]) => bytes_of(global, self.latin1(*text, *codec)?),
            (Global::Set, []) => Object::Set(Vec::new()),
            (Global::FrozenSet, []) => Object::FrozenSet(Vec::new()),
            (Global::Set, [list]) => Object::Set(self.members(*list)?),
            (Global::FrozenSet, [list]) => Object::FrozenSet(self.members(*list)?),
            (Global::Complex, [Item::Float(real), Item::Float(imaginary)]) => {
                Object::Complex(*real, *imaginary)
            }
            (Global::OrderedDict, []) => Object::Dict(Vec::new()),
            (Global::OrderedDict, [list]) if self.members(*list)?.is_empty() => {
                Object::Dict(Vec::new())
            }
            (Global::LoadFromBytes, [blob]) => self.storage(*blob)?,
            (Global::RebuildTensor, [storage, offset, size, stride, _requires_grad, hooks, ..])
                if self.is_empty_dict(*hooks) =>
            {
                self.tensor(*storage, *offset, *size, *stride)?
            }
            (Global::RebuildParameter, [tensor, _requires_grad, hooks])
                if self.is_empty_dict(*hooks)
                    && matches!(self.heap.get(*tensor), Some(Object::Array(_))) =>
            {
                return Ok(*tensor);
            }
            (Global::TorchDevice, [name]) => Object::Symbol(self.heap.str(*name)?.clone()),
            (Global::TorchDevice, [name, Item::Int(number)]) => {
                Object::Symbol(format!("{}:{number}", self.heap.str(*name)?).into())
            }
            (Global::TorchSize, [sizes]) => Object::Tuple(self.members(*sizes)?),
            (global, arguments) => {
                return Err(Reason::invalid(format!(
                    "{global:?} is not accepted with these {} arguments",
                    arguments.len()
                )));
            }
        };
        Ok(self.heap.add(object))
    }

    /// Sets the state of the object `target`.
    pub(super) fn build(&mut self, target: Item, state: Item) -> Result<(), Reason> {
        let built = match self.heap.get(target) {
            Some(Object::Dtype(element)) => {
                let code = element.dtype;
                self.dtype_state(code, state)?
            }
            Some(Object::UnbuiltArray | Object::Array(_)) => self.array_state(state)?,
            Some(Object::Material(_)) if matches!(self.heap.get(state), Some(Object::Dict(_))) => {
                Object::Material(Some(state))
            }
            Some(Object::Attributes(class, _))
                if matches!(self.heap.get(state), Some(Object::Dict(_))) =>
            {
                Object::Attributes(*class, Some(state))
            }
            _ => return Err(Reason::invalid("the state of this object cannot be set")),
        };
        if let Some(object) = self.heap.get_mut(target) {
            *object = built;
        }
        Ok(())
    }

    /// The members of a list or tuple, as many of them as there may be.
    fn members(&mut self, list: Item) -> Result<Vec<Item>, Reason> {
        match self.heap.get(list) {
            Some(Object::List(items) | Object::Tuple(items)) => {
                self.budget.values(items.len())?;
                Ok(items.clone())
            }
            _ => Err(Reason::invalid("a list is expected here")),
        }
    }

    fn is_empty_dict(&self, item: Item) -> bool {
        matches!(self.heap.get(item), Some(Object::Dict(entries)) if entries.is_empty())
    }

    /// How protocol 2 writes bytes: as a string whose characters are the bytes.
    fn latin1(&mut self, text: Item, codec: Item) -> Result<bytes::Bytes, Reason> {
        let codec = self.heap.str(codec)?;
        if !matches!(&**codec, "latin1" | "latin-1") {
            return Err(Reason::invalid("strings become bytes by latin1 only"));
        }
        let text = self.heap.str(text)?;
        self.budget.copied(text.len())?;
        let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
        let bytes = bytes.map_err(|_| Reason::invalid("a character is none of latin1"))?;
        Ok(bytes.into())
    }
}

fn range(start: Item, stop: Item, step: Item) -> Result<Range, Reason> {
    let range = Range {
        start: int(start)?,
        stop: int(stop)?,
        step: int(step)?,
    };
    match range.step {
        0 => Err(Reason::invalid("the step of a range is 0")),
        _ => Ok(range),
    }
}

fn bytes_of(global: Global, bytes: bytes::Bytes) -> Object {
    match global {
        Global::ByteArray => Object::ByteArray(bytes),
        _ => Object::Bytes(bytes),
    }
}
