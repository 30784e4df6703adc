//! Torch tensors: a view (offset, size, stride) of a storage, which is a row of pickles.

use std::sync::Arc;

use bytes::Bytes;
use half::bf16;

use super::Reason;
use super::globals::{Global, World};
use super::heap::{Heap, Item, Object, int};
use super::machine::Machine;
use crate::ndarray::{byte_length, c_strides, gather};
use crate::{Dtype, NdArray};

/// The elements of a torch storage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Storage {
    Plain(Dtype),
    /// Read as float32: NumPy has no such type.
    BFloat16,
}

/// Of `torch.save`, least significant byte first.
const MAGIC: [u8; 10] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

impl Storage {
    pub(super) fn from_class(name: &str) -> Option<Self> {
        Some(Storage::Plain(match name {
            "FloatStorage" => Dtype::F32,
            "DoubleStorage" => Dtype::F64,
            "HalfStorage" => Dtype::F16,
            "BFloat16Storage" => return Some(Storage::BFloat16),
            "LongStorage" => Dtype::I64,
            "IntStorage" => Dtype::I32,
            "ShortStorage" => Dtype::I16,
            "CharStorage" => Dtype::I8,
            "ByteStorage" => Dtype::U8,
            "BoolStorage" => Dtype::Bool,
            _ => return None,
        }))
    }
}

impl Machine<'_> {
    /// The storage that `_load_from_bytes(blob)` makes: five pickles, then the elements.
    pub(super) fn storage(&mut self, blob: Item) -> Result<Object, Reason> {
        let broken = || Reason::invalid("a torch storage is not as torch.save writes it");
        let mut rest = self.heap.bytes(blob)?.clone();
        let magic = self.inner(&mut rest, |heap, item| {
            matches!(heap.get(item), Some(Object::BigInt(bytes)) if bytes[..] == MAGIC)
        })?;
        let version = self.inner(&mut rest, |_, item| matches!(item, Item::Int(1001)))?;
        let little_endian = self.inner(&mut rest, is_little_endian)?;
        let id = self.inner(&mut rest, |heap, item| match heap.get(item) {
            Some(&Object::StorageId(storage, count)) => Some((storage, count)),
            _ => None,
        })?;
        let one_key = self.inner(
            &mut rest,
            |heap, item| matches!(heap.get(item), Some(Object::List(keys)) if keys.len() == 1),
        )?;
        let (storage, count) = id.ok_or_else(broken)?;
        if !(magic && version && little_endian && one_key) {
            return Err(broken());
        }
        let (header, data) = rest.split_first_chunk::<8>().ok_or(Reason::Truncated)?;
        if u64::from_le_bytes(*header) != count as u64 {
            return Err(broken());
        }
        let dtype = match storage {
            Storage::Plain(dtype) => dtype,
            Storage::BFloat16 => Dtype::F16,
        };
        let length = byte_length(dtype, &[count]).filter(|&length| length <= data.len());
        let data = rest.slice(8..8 + length.ok_or(Reason::Truncated)?);
        let array = match storage {
            Storage::Plain(dtype) => NdArray::new(dtype, vec![count], data),
            Storage::BFloat16 => {
                self.budget.copied(data.len() * 2)?;
                let (pairs, _) = data.as_chunks::<2>();
                let widened = pairs.iter().map(|&pair| bf16::from_le_bytes(pair).to_f32());
                NdArray::from_f32(vec![count], widened.collect())
            }
        };
        let array = array.map_err(|error| Reason::invalid(error.to_string()))?;
        Ok(Object::Storage(Arc::new(array)))
    }

    /// Runs the pickle at the start of `rest`, and leaves there what follows it.
    fn inner<T>(
        &mut self,
        rest: &mut Bytes,
        read: impl FnOnce(&Heap, Item) -> T,
    ) -> Result<T, Reason> {
        let mut machine = Machine::new(rest.clone(), World::Storage, self.budget);
        let result = machine.run()?;
        let read = read(&machine.heap, result);
        *rest = machine.rest();
        Ok(read)
    }

    /// The id `("storage", class, key, location, count, None)` of a storage.
    pub(super) fn storage_id(&mut self, id: Item) -> Result<Item, Reason> {
        let parts = self.heap.tuple(id, 6)?;
        let &[
            kind,
            Item::Global(Global::TorchStorage(storage)),
            _,
            _,
            count,
            Item::None,
        ] = parts
        else {
            return Err(Reason::invalid("the id of a torch storage has six parts"));
        };
        if &**self.heap.str(kind)? != "storage" {
            return Err(Reason::invalid("a persistent id is not of a torch storage"));
        }
        let count = usize::try_from(int(count)?)
            .map_err(|_| Reason::invalid("a torch storage has a negative length"))?;
        Ok(self.heap.add(Object::StorageId(storage, count)))
    }

    /// The view `_rebuild_tensor_v2(storage, offset, size, stride, …)`.
    pub(super) fn tensor(
        &mut self,
        storage: Item,
        offset: Item,
        size: Item,
        stride: Item,
    ) -> Result<Object, Reason> {
        let Some(Object::Storage(storage)) = self.heap.get(storage) else {
            return Err(Reason::invalid("a tensor has no storage"));
        };
        let storage = Arc::clone(storage);
        let offset = usize::try_from(int(offset)?)
            .map_err(|_| Reason::invalid("the offset of a tensor is negative"))?;
        let (shape, strides) = (self.heap.sizes(size)?, self.heap.sizes(stride)?);
        let outside = || Reason::invalid("a tensor reaches beyond its storage");
        if shape.len() != strides.len() {
            return Err(Reason::invalid("a tensor has not one stride for each size"));
        }
        let element = storage.dtype().size();
        let length = byte_length(storage.dtype(), &shape).ok_or_else(outside)?;
        if length > 0 {
            let last = shape
                .iter()
                .zip(&strides)
                .try_fold(offset, |last, (&size, &stride)| {
                    last.checked_add((size - 1).checked_mul(stride)?)
                });
            if last.is_none_or(|last| last >= storage.len()) {
                return Err(outside());
            }
        }
        let data = if length == 0 {
            Bytes::new()
        } else if strides == c_strides(&shape) {
            storage
                .bytes()
                .slice(offset * element..offset * element + length)
        } else {
            self.budget.copied(length)?;
            gather(storage.bytes(), element, offset, &shape, &strides).into()
        };
        let array = NdArray::new(storage.dtype(), shape, data);
        let array = array.map_err(|error| Reason::invalid(error.to_string()))?;
        Ok(Object::Array(Arc::new(array)))
    }
}

fn is_little_endian(heap: &Heap, item: Item) -> bool {
    let Some(Object::Dict(entries)) = heap.get(item) else {
        return false;
    };
    entries.iter().any(|&(key, value)| {
        let little = heap.str(key).is_ok_and(|key| &**key == "little_endian");
        little && matches!(value, Item::Bool(true))
    })
}
