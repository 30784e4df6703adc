//! NumPy's arrays, scalars and element types, as versions 1 and 2 pickle them.

use std::sync::Arc;

use bytes::Bytes;

use super::Reason;
use super::globals::Global;
use super::heap::{ElementType, Item, Object, int};
use super::machine::Machine;
use crate::ndarray::{byte_length, c_strides, gather};
use crate::value::Scalar;
use crate::{Dtype, NdArray};

impl Machine<'_> {
    /// `_reconstruct(class, (0,), b"b")`: an array whose state comes later.
    pub(super) fn reconstruct(
        &self,
        class: Item,
        shape: Item,
        code: Item,
    ) -> Result<Object, Reason> {
        let known = matches!(class, Item::Global(Global::NdArray | Global::ArraySubclass));
        if known && self.heap.sizes(shape)? == [0] && &self.heap.bytes(code)?[..] == b"b" {
            Ok(Object::UnbuiltArray)
        } else {
            Err(Reason::invalid("_reconstruct is accepted for arrays only"))
        }
    }

    /// The state `(1, shape, dtype, is_fortran, data)` of an array.
    pub(super) fn array_state(&mut self, state: Item) -> Result<Object, Reason> {
        let &[version, shape, dtype, fortran, data] = self.heap.tuple(state, 5)? else {
            return Err(Reason::invalid("the state of an array has five parts"));
        };
        if int(version)? != 1 {
            return Err(Reason::invalid("the state of an array is not of version 1"));
        }
        let (element, shape) = (self.element(dtype)?, self.heap.sizes(shape)?);
        let data = self.heap.bytes(data)?.clone();
        let axes = match fortran {
            Item::Bool(true) => Some((0..shape.len()).rev().collect()),
            Item::Bool(false) => None,
            _ => return Err(Reason::invalid("the order of an array is no bool")),
        };
        match axes {
            // Elements in Fortran's order are those of the reversed shape in C's order.
            Some(axes) => {
                let reversed = shape.iter().rev().copied().collect();
                self.array(element, reversed, data, Some(axes))
            }
            None => self.array(element, shape, data, None),
        }
    }

    /// `_frombuffer(buffer, dtype, shape, order[, axes])`.
    pub(super) fn frombuffer(
        &mut self,
        buffer: Item,
        dtype: Item,
        shape: Item,
        order: Item,
        axes: Option<Item>,
    ) -> Result<Object, Reason> {
        let (element, shape) = (self.element(dtype)?, self.heap.sizes(shape)?);
        let buffer = self.heap.bytes(buffer)?.clone();
        let order = self.heap.str(order)?;
        match (&**order, axes) {
            ("C" | "A", None | Some(Item::None)) => self.array(element, shape, buffer, None),
            ("F", None | Some(Item::None)) => {
                let axes = (0..shape.len()).rev().collect();
                let reversed = shape.into_iter().rev().collect();
                self.array(element, reversed, buffer, Some(axes))
            }
            ("K", Some(axes)) => {
                let axes = self.heap.sizes(axes)?;
                self.array(element, shape, buffer, Some(axes))
            }
            _ => Err(Reason::invalid(
                "the order of an array is not C, F or K with axes",
            )),
        }
    }

    /// `ndarray(shape, dtype, buffer)`, for clients without NumPy.
    pub(super) fn array_of_buffer(
        &mut self,
        shape: Item,
        dtype: Item,
        buffer: Item,
    ) -> Result<Object, Reason> {
        let (element, shape) = (self.element(dtype)?, self.heap.sizes(shape)?);
        let buffer = self.heap.bytes(buffer)?.clone();
        self.array(element, shape, buffer, None)
    }

    /// `scalar(dtype, bytes)`.
    pub(super) fn scalar(&self, dtype: Item, bytes: Item) -> Result<Object, Reason> {
        let element = self.element(dtype)?;
        let mut bytes = self.heap.bytes(bytes)?.to_vec();
        if element.big_endian {
            bytes.reverse();
        }
        Scalar::new(element.dtype, &bytes)
            .map(Object::Scalar)
            .ok_or(Reason::invalid(
                "a NumPy scalar has the wrong number of bytes",
            ))
    }

    /// `dtype(code, False, True)`.
    pub(super) fn dtype(&self, code: Item) -> Result<Object, Reason> {
        element_type(self.heap.str(code)?).map(Object::Dtype)
    }

    /// The state `(3, byteorder, None, None, None, -1, -1, 0)` of a dtype.
    pub(super) fn dtype_state(&self, dtype: Dtype, state: Item) -> Result<Object, Reason> {
        let parts = self.heap.tuple(state, 9)?;
        let [_version, order, Item::None, Item::None, Item::None, ..] = parts else {
            return Err(Reason::invalid("an array's type is not one number"));
        };
        let big_endian = match &**self.heap.str(*order)? {
            "<" | "|" | "=" => false,
            ">" => true,
            _ => return Err(Reason::invalid("a byte order is not <, > or |")),
        };
        Ok(Object::Dtype(ElementType { dtype, big_endian }))
    }

    /// A dtype, or its name.
    fn element(&self, dtype: Item) -> Result<ElementType, Reason> {
        match self.heap.get(dtype) {
            Some(Object::Dtype(element)) => Ok(*element),
            Some(Object::Str(name)) => element_type(name),
            _ => Err(Reason::invalid("the type of an array is expected here")),
        }
    }

    /// An array from elements in C order of `shape`; its axes are `axes` of them.
    fn array(
        &mut self,
        element: ElementType,
        mut shape: Vec<usize>,
        mut data: Bytes,
        axes: Option<Vec<usize>>,
    ) -> Result<Object, Reason> {
        let size = element.dtype.size();
        if byte_length(element.dtype, &shape) != Some(data.len()) {
            return Err(Reason::invalid(format!(
                "an array of shape {shape:?} and type {} has {} bytes of data",
                element.dtype.code(),
                data.len()
            )));
        }
        if element.big_endian && size > 1 {
            self.budget.copied(data.len())?;
            let mut swapped = data.to_vec();
            swapped.chunks_exact_mut(size).for_each(<[u8]>::reverse);
            data = swapped.into();
        }
        if let Some(axes) = axes {
            if !is_permutation(&axes, shape.len()) {
                return Err(Reason::invalid("the axes of an array are no permutation"));
            }
            let permuted: Vec<usize> = axes.iter().map(|&axis| shape[axis]).collect();
            if !data.is_empty() {
                let strides = c_strides(&shape);
                let strides: Vec<usize> = axes.iter().map(|&axis| strides[axis]).collect();
                self.budget.copied(data.len())?;
                data = gather(&data, size, 0, &permuted, &strides).into();
            }
            shape = permuted;
        }
        let array = NdArray::new(element.dtype, shape, data);
        let array = array.map_err(|error| Reason::invalid(error.to_string()))?;
        Ok(Object::Array(Arc::new(array)))
    }
}

/// The type that a name such as `f4` or `>f4` means.
fn element_type(name: &str) -> Result<ElementType, Reason> {
    let (big_endian, code) = match name.as_bytes().first() {
        Some(b'>') => (true, &name[1..]),
        Some(b'<' | b'|' | b'=') => (false, &name[1..]),
        _ => (false, name),
    };
    match Dtype::from_code(code) {
        Some(dtype) => Ok(ElementType { dtype, big_endian }),
        None => {
            let name: String = name.chars().take(20).collect();
            Err(Reason::invalid(format!(
                "arrays of type {name:?} are not accepted, only of booleans, integers and floats"
            )))
        }
    }
}

fn is_permutation(axes: &[usize], count: usize) -> bool {
    let mut sorted = axes.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..count)
}
