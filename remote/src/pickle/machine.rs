//! Runs the instructions of a pickle on a stack and a heap.

use std::collections::HashMap;

use bytes::Bytes;

use super::globals::{Global, World};
use super::heap::{Heap, Item, Object};
use super::input::Input;
use super::opcode::{self, *};
use super::{Limits, Reason};

/// What may still be spent on a message, its inner pickles included.
pub(super) struct Budget {
    values: usize,
    values_limit: usize,
    copied: usize,
    copied_limit: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits, input: usize) -> Self {
        // Real messages copy each array once at most: bytes in another order, or a view that
        // repeats a few numbers.
        let copied = input.saturating_mul(2).saturating_add(16 << 20);
        Self {
            values: limits.values,
            values_limit: limits.values,
            copied,
            copied_limit: copied,
        }
    }

    /// Pays for `count` values.
    pub(super) fn values(&mut self, count: usize) -> Result<(), Reason> {
        self.values = self.values.checked_sub(count).ok_or(Reason::Limit {
            what: "values",
            limit: self.values_limit,
        })?;
        Ok(())
    }

    /// Pays for `count` bytes that do not share the input's memory.
    pub(super) fn copied(&mut self, count: usize) -> Result<(), Reason> {
        self.copied = self.copied.checked_sub(count).ok_or(Reason::Limit {
            what: "copied bytes",
            limit: self.copied_limit,
        })?;
        Ok(())
    }
}

/// A pickle while it is read.
pub(super) struct Machine<'a> {
    pub(super) heap: Heap,
    pub(super) budget: &'a mut Budget,
    world: World,
    input: Input,
    stack: Vec<Item>,
    /// Heights of the stack at its open marks.
    marks: Vec<usize>,
    memo: HashMap<u32, Item>,
    offset: usize,
}

impl<'a> Machine<'a> {
    pub(super) fn new(bytes: Bytes, world: World, budget: &'a mut Budget) -> Self {
        Self {
            heap: Heap::default(),
            budget,
            world,
            input: Input::new(bytes),
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
            offset: 0,
        }
    }

    /// Where the instruction starts that was last begun.
    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    /// What follows the pickle.
    pub(super) fn rest(&self) -> Bytes {
        self.input.rest()
    }

    /// Runs to the end and gives the item that is the result.
    pub(super) fn run(&mut self) -> Result<Item, Reason> {
        loop {
            self.offset = self.input.position();
            let opcode = self.input.u8()?;
            self.budget.values(1)?;
            if opcode == STOP {
                return self.pop();
            }
            self.step(opcode)?;
        }
    }

    fn step(&mut self, opcode: u8) -> Result<(), Reason> {
        let item = match opcode {
            PROTO => {
                let protocol = self.input.u8()?;
                return match protocol {
                    0..=5 => Ok(()),
                    _ => Err(Reason::invalid(format!(
                        "pickle protocol {protocol} is not known; 2 to 5 are"
                    ))),
                };
            }
            // A hint for readers of streams. Large objects may lie outside.
            FRAME => {
                let length = self.input.u64()?;
                return self.input.check(length).map(drop);
            }
            MARK => {
                self.marks.push(self.stack.len());
                return Ok(());
            }
            POP => {
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                    return Ok(());
                }
                return self.pop().map(drop);
            }
            POP_MARK => return self.pop_mark().map(drop),
            DUP => {
                let top = self.pop()?;
                self.stack.push(top);
                top
            }
            NONE => Item::None,
            NEWTRUE => Item::Bool(true),
            NEWFALSE => Item::Bool(false),
            BININT1 => Item::Int(self.input.u8()?.into()),
            BININT2 => Item::Int(self.input.u16()?.into()),
            BININT => Item::Int(i32::from_le_bytes(self.input.array()?).into()),
            LONG1 => {
                let length = self.input.u8()?;
                self.long(length.into())?
            }
            LONG4 => {
                let length = i32::from_le_bytes(self.input.array()?);
                let length = u64::try_from(length)
                    .map_err(|_| Reason::invalid("an integer has a negative length"))?;
                self.long(length)?
            }
            BINFLOAT => Item::Float(f64::from_be_bytes(self.input.array()?)),
            SHORT_BINUNICODE => {
                let length = self.input.u8()?;
                self.text(length.into())?
            }
            BINUNICODE => {
                let length = self.input.u32()?;
                self.text(length.into())?
            }
            BINUNICODE8 => {
                let length = self.input.u64()?;
                self.text(length)?
            }
            SHORT_BINBYTES => {
                let length = self.input.u8()?;
                self.bytes(length.into(), Object::Bytes)?
            }
            BINBYTES => {
                let length = self.input.u32()?;
                self.bytes(length.into(), Object::Bytes)?
            }
            BINBYTES8 => {
                let length = self.input.u64()?;
                self.bytes(length, Object::Bytes)?
            }
            BYTEARRAY8 => {
                let length = self.input.u64()?;
                self.bytes(length, Object::ByteArray)?
            }
            SHORT_BINSTRING if self.world == World::Model => {
                let length = self.input.u8()?;
                self.python2_string(length.into())?
            }
            BINSTRING if self.world == World::Model => {
                let length = self.input.u32()?;
                self.python2_string(length.into())?
            }
            EMPTY_TUPLE => self.heap.add(Object::Tuple(Vec::new())),
            EMPTY_LIST => self.heap.add(Object::List(Vec::new())),
            EMPTY_DICT => self.heap.add(Object::Dict(Vec::new())),
            EMPTY_SET => self.heap.add(Object::Set(Vec::new())),
            TUPLE => {
                let items = self.pop_mark()?;
                self.heap.add(Object::Tuple(items))
            }
            FROZENSET => {
                let items = self.pop_mark()?;
                self.heap.add(Object::FrozenSet(items))
            }
            TUPLE1 => {
                let items = vec![self.pop()?];
                self.heap.add(Object::Tuple(items))
            }
            TUPLE2 => {
                let (b, a) = (self.pop()?, self.pop()?);
                self.heap.add(Object::Tuple(vec![a, b]))
            }
            TUPLE3 => {
                let (c, b, a) = (self.pop()?, self.pop()?, self.pop()?);
                self.heap.add(Object::Tuple(vec![a, b, c]))
            }
            APPEND => {
                let item = self.pop()?;
                return self.extend_list(vec![item]);
            }
            APPENDS => {
                let items = self.pop_mark()?;
                return self.extend_list(items);
            }
            ADDITEMS => {
                let items = self.pop_mark()?;
                let set = self.peek()?;
                return match self.heap.get_mut(set) {
                    Some(Object::Set(members)) => {
                        members.extend(items);
                        Ok(())
                    }
                    _ => Err(Reason::invalid("only a set can be added to")),
                };
            }
            SETITEM => {
                let (value, key) = (self.pop()?, self.pop()?);
                return self.extend_dict(&[key, value]);
            }
            SETITEMS => {
                let items = self.pop_mark()?;
                return self.extend_dict(&items);
            }
            BINPUT => {
                let index = self.input.u8()?;
                return self.memoize(index.into());
            }
            LONG_BINPUT => {
                let index = self.input.u32()?;
                return self.memoize(index);
            }
            MEMOIZE => return self.memoize(self.memo.len() as u32),
            BINGET => {
                let index = self.input.u8()?;
                self.remember(index.into())?
            }
            LONG_BINGET => {
                let index = self.input.u32()?;
                self.remember(index)?
            }
            GLOBAL => {
                let (module, name) = (self.input.line()?, self.input.line()?);
                Item::Global(self.global(
                    &String::from_utf8_lossy(&module),
                    &String::from_utf8_lossy(&name),
                )?)
            }
            STACK_GLOBAL => {
                let (name, module) = (self.pop()?, self.pop()?);
                let name = self.heap.str(name)?;
                let module = self.heap.str(module)?;
                Item::Global(self.global(module, name)?)
            }
            REDUCE => {
                let (arguments, callable) = (self.pop()?, self.pop()?);
                self.reduce(callable, arguments)?
            }
            NEWOBJ => {
                let (arguments, class) = (self.pop()?, self.pop()?);
                match (class, self.heap.tuple(arguments, 0)) {
                    (Item::Global(Global::Material), Ok(_)) => {
                        self.heap.add(Object::Material(None))
                    }
                    (Item::Global(class @ (Global::Sparse { .. } | Global::Chumpy)), Ok(_)) => {
                        self.heap.add(Object::Attributes(class, None))
                    }
                    _ => return Err(Reason::invalid("an object of this class cannot be made")),
                }
            }
            BUILD => {
                let state = self.pop()?;
                let target = self.peek()?;
                return self.build(target, state);
            }
            BINPERSID if self.world == World::Storage => {
                let id = self.pop()?;
                self.storage_id(id)?
            }
            other => return Err(Reason::Opcode(opcode::name(other))),
        };
        self.stack.push(item);
        Ok(())
    }

    /// The lowest height to which an instruction may take the stack.
    fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    fn pop(&mut self) -> Result<Item, Reason> {
        let item = self.peek()?;
        self.stack.pop();
        Ok(item)
    }

    fn peek(&self) -> Result<Item, Reason> {
        match self.stack.last() {
            Some(item) if self.stack.len() > self.floor() => Ok(*item),
            _ => Err(Reason::invalid("an instruction lacks its operand")),
        }
    }

    fn pop_mark(&mut self) -> Result<Vec<Item>, Reason> {
        let mark = self.marks.pop();
        let mark = mark.ok_or(Reason::invalid("an instruction lacks its mark"))?;
        Ok(self.stack.split_off(mark))
    }

    fn long(&mut self, length: u64) -> Result<Item, Reason> {
        let bytes = self.input.take(length)?;
        if bytes.len() > 8 {
            return Ok(self.heap.add(Object::BigInt(bytes)));
        }
        let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut wide = [if negative { 0xff } else { 0 }; 8];
        wide[..bytes.len()].copy_from_slice(&bytes);
        Ok(Item::Int(i64::from_le_bytes(wide)))
    }

    fn text(&mut self, length: u64) -> Result<Item, Reason> {
        let bytes = self.input.take(length)?;
        let text = std::str::from_utf8(&bytes);
        let text = text.map_err(|_| Reason::invalid("a string is not UTF-8"))?;
        Ok(self.heap.add(Object::Str(text.into())))
    }

    /// Text where it can be a name, and bytes where it can be the data of an array.
    fn python2_string(&mut self, length: u64) -> Result<Item, Reason> {
        let bytes = self.input.take(length)?;
        let text: String = match bytes.len() {
            0..=255 => bytes.iter().map(|&byte| char::from(byte)).collect(),
            _ => String::new(),
        };
        Ok(self.heap.add(Object::Python2(text.into(), bytes)))
    }

    fn bytes(&mut self, length: u64, wrap: fn(Bytes) -> Object) -> Result<Item, Reason> {
        let bytes = self.input.take(length)?;
        Ok(self.heap.add(wrap(bytes)))
    }

    fn extend_list(&mut self, items: Vec<Item>) -> Result<(), Reason> {
        let list = self.peek()?;
        match self.heap.get_mut(list) {
            Some(Object::List(elements)) => {
                elements.extend(items);
                Ok(())
            }
            _ => Err(Reason::invalid("only a list can be appended to")),
        }
    }

    fn extend_dict(&mut self, items: &[Item]) -> Result<(), Reason> {
        let (pairs, rest) = items.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Reason::invalid("a key of a dict lacks its value"));
        }
        let dict = self.peek()?;
        match self.heap.get_mut(dict) {
            Some(Object::Dict(entries)) => {
                entries.extend(pairs.iter().map(|&[key, value]| (key, value)));
                Ok(())
            }
            _ => Err(Reason::invalid("only a dict has keys")),
        }
    }

    fn memoize(&mut self, index: u32) -> Result<(), Reason> {
        let top = self.peek()?;
        self.memo.insert(index, top);
        Ok(())
    }

    fn remember(&self, index: u32) -> Result<Item, Reason> {
        let item = self.memo.get(&index).copied();
        item.ok_or_else(|| Reason::invalid(format!("memo entry {index} was never stored")))
    }

    fn global(&self, module: &str, name: &str) -> Result<Global, Reason> {
        Global::find(self.world, module, name).ok_or_else(|| {
            let full = format!("{module}.{name}");
            Reason::Global(full.chars().take(200).collect())
        })
    }
}
