//! Objects while a pickle is read. They refer to each other by number, so that one that changes
//! later changes everywhere, and cycles need no counting of references.

use std::sync::Arc;

use bytes::Bytes;

use super::Reason;
use super::globals::Global;
use crate::message::Kind;
use crate::value::{Range, Scalar};
use crate::{Dtype, NdArray};

/// What the stack, the memo and containers hold: a small value, or the number of an object.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Kind(Kind),
    /// A listed name itself, to be called.
    Global(Global),
    Object(u32),
}

/// A value that does not fit into an [`Item`].
#[derive(Debug)]
pub(super) enum Object {
    Str(Arc<str>),
    Bytes(Bytes),
    /// A string of Python 2: text if it is short, and bytes in any case.
    Python2(Arc<str>, Bytes),
    ByteArray(Bytes),
    BigInt(Bytes),
    Complex(f64, f64),
    Tuple(Vec<Item>),
    List(Vec<Item>),
    Dict(Vec<(Item, Item)>),
    Set(Vec<Item>),
    FrozenSet(Vec<Item>),
    Range(Range),
    Slice(Box<[Item; 3]>),
    Dtype(ElementType),
    /// An array whose contents are still to come.
    UnbuiltArray,
    Array(Arc<NdArray>),
    Scalar(Scalar),
    /// A material, and its state once that has come.
    Material(Option<Item>),
    /// An object of a body model, and its attributes once they have come.
    Attributes(Global, Option<Item>),
    /// What a tensor is a view of: elements in a row.
    Storage(Arc<NdArray>),
    /// How a storage is described before its elements come: their type and number.
    StorageId(super::torch::Storage, usize),
    Symbol(Arc<str>),
}

/// An element type and whether bytes come most significant first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ElementType {
    pub(super) dtype: Dtype,
    pub(super) big_endian: bool,
}

/// All objects of one pickle.
#[derive(Default)]
pub(super) struct Heap {
    objects: Vec<Object>,
}

impl Heap {
    pub(super) fn add(&mut self, object: Object) -> Item {
        // Each opcode makes one object at most, and their number is limited far below 2^32.
        let number = self.objects.len() as u32;
        self.objects.push(object);
        Item::Object(number)
    }

    pub(super) fn get(&self, item: Item) -> Option<&Object> {
        match item {
            Item::Object(number) => self.objects.get(number as usize),
            _ => None,
        }
    }

    pub(super) fn get_mut(&mut self, item: Item) -> Option<&mut Object> {
        match item {
            Item::Object(number) => self.objects.get_mut(number as usize),
            _ => None,
        }
    }

    pub(super) fn str(&self, item: Item) -> Result<&Arc<str>, Reason> {
        match self.get(item) {
            Some(Object::Str(text) | Object::Python2(text, _)) => Ok(text),
            _ => Err(Reason::invalid("a string is expected here")),
        }
    }

    /// The bytes of a `bytes` or `bytearray`.
    pub(super) fn bytes(&self, item: Item) -> Result<&Bytes, Reason> {
        match self.get(item) {
            Some(Object::Bytes(bytes) | Object::ByteArray(bytes) | Object::Python2(_, bytes)) => {
                Ok(bytes)
            }
            _ => Err(Reason::invalid("bytes are expected here")),
        }
    }

    /// The items of a tuple of at most `longest` items.
    pub(super) fn tuple(&self, item: Item, longest: usize) -> Result<&[Item], Reason> {
        match self.get(item) {
            Some(Object::Tuple(items)) if items.len() <= longest => Ok(items),
            Some(Object::Tuple(items)) => Err(Reason::invalid(format!(
                "a tuple of at most {longest} items is expected here, not of {}",
                items.len()
            ))),
            _ => Err(Reason::invalid("a tuple is expected here")),
        }
    }

    /// A tuple of sizes, as of an array.
    pub(super) fn sizes(&self, item: Item) -> Result<Vec<usize>, Reason> {
        let size = |item: &Item| match item {
            Item::Int(size) => usize::try_from(*size).ok(),
            _ => None,
        };
        self.tuple(item, MAX_DIMENSIONS)?
            .iter()
            .map(|item| {
                size(item).ok_or(Reason::invalid("a size of an array is no whole number ≥ 0"))
            })
            .collect()
    }
}

/// NumPy 1's own limit.
const MAX_DIMENSIONS: usize = 32;

pub(super) fn int(item: Item) -> Result<i64, Reason> {
    match item {
        Item::Int(value) => Ok(value),
        Item::Bool(value) => Ok(value.into()),
        _ => Err(Reason::invalid("an integer is expected here")),
    }
}
