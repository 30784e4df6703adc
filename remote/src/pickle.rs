//! Bytes ↔ values: a reader of pickles that can build data and nothing else, and a writer.
//!
//! Python's own reader calls whatever function the bytes name. This one knows a closed list of
//! names (`globals.rs`), each with the arguments that real clients write, and gives an error for
//! anything else. It reads protocols 2 to 5. It never calls itself for nested values, so that
//! depth costs no stack, and it stays within [`Limits`].
//!
//! Reading has two passes. The first (`machine.rs`) runs the opcodes on a heap of objects that
//! refer to each other by number: Python memoises an object before its state is set, so an
//! object must be able to change after others point to it. The second (`finish.rs`) copies what
//! the result refers to into a [`Value`], which is a tree: a cycle, and sharing that would
//! multiply to more than the limit, are errors.

mod finish;
mod globals;
mod heap;
mod input;
mod machine;
mod numpy;
mod opcode;
mod reduce;
mod sparse;
mod torch;
mod write;

pub use write::{EncodeError, encode};

use std::borrow::Cow;

use bytes::Bytes;

use crate::Value;
use machine::{Budget, Machine};

/// What one message may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the pickle. Default 1 GiB. Arrays and bytes objects share the pickle's memory.
    pub bytes: usize,
    /// Opcodes while reading, and values in the result: an array is one value, each element of
    /// a list is one. Each costs at most about 150 bytes of memory while reading. Default
    /// 400,000.
    pub values: usize,
    /// Lists, tuples, dictionaries inside each other. Default 64.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            values: 400_000,
            depth: 64,
        }
    }
}

/// Why bytes were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (at byte {offset})")]
pub struct DecodeError {
    /// Where the opcode starts that could not be run.
    pub offset: usize,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a pickle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The bytes end before the value does.
    #[error("the message is cut off")]
    Truncated,
    /// An instruction that no client writes.
    #[error("the pickle instruction {0} is not accepted")]
    Opcode(String),
    /// A name that is not on the list.
    #[error("`{0}` is not on the list of what a message may contain")]
    Global(String),
    /// A listed name with arguments, or an instruction with operands, that make no value.
    #[error("{0}")]
    Invalid(Cow<'static, str>),
    /// More than [`Limits`] allow.
    #[error("more than the limit of {limit} {what}")]
    Limit {
        /// Which limit.
        what: &'static str,
        /// Its value.
        limit: usize,
    },
}

impl Reason {
    pub(crate) fn invalid(text: impl Into<Cow<'static, str>>) -> Self {
        Reason::Invalid(text.into())
    }
}

/// The value that the pickle `bytes` holds. Bytes after its end are ignored, as Python does.
///
/// # Errors
/// If the pickle is broken, names anything that is not on the list, or costs more than `limits`.
pub fn decode(bytes: &Bytes, limits: &Limits) -> Result<Value, DecodeError> {
    decode_in(globals::World::Message, bytes, limits)
}

/// As [`decode`], for the file of a body model: it may hold SciPy's sparse matrices and chumpy's
/// arrays too, which become arrays, and strings of Python 2.
///
/// # Errors
/// Those of [`decode`].
pub fn decode_model(bytes: &Bytes, limits: &Limits) -> Result<Value, DecodeError> {
    decode_in(globals::World::Model, bytes, limits)
}

fn decode_in(world: globals::World, bytes: &Bytes, limits: &Limits) -> Result<Value, DecodeError> {
    if bytes.len() > limits.bytes {
        return Err(DecodeError {
            offset: limits.bytes,
            reason: Reason::Limit {
                what: "bytes",
                limit: limits.bytes,
            },
        });
    }
    let mut budget = Budget::new(limits, bytes.len());
    let mut machine = Machine::new(bytes.clone(), world, &mut budget);
    machine
        .run()
        .and_then(|top| finish::finish(&machine.heap, top, limits))
        .map_err(|reason| DecodeError {
            offset: machine.offset(),
            reason,
        })
}
