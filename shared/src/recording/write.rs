//! Writing recordings piece by piece: neither all messages nor all arrays need be in memory.

use bytes::Bytes;
use rustc_hash::FxHashMap;
use std::io::{self, Read, Write};

pub use super::compress::Compression;
use super::compress::Compressor;
use crate::array::RawArray;
use crate::encode::{BytesSink, Encoded, Sink};
use crate::version::VISER_VERSION;
use crate::window::align8;
use crate::wire::Wire;

/// What must be known before the first byte of a recording is written.
#[derive(Clone, Debug)]
pub struct Layout<'a> {
    /// How long it plays.
    pub duration_secs: f64,
    /// How many messages there are.
    pub message_count: u32,
    /// Bytes of all messages, as [`append_message`] made them.
    pub messages_len: u64,
    /// Bytes of each array.
    pub array_lens: &'a [u64],
}

/// Appends a message to a list of messages for [`write`](write()). `index_of` says which of the
/// recording's arrays each array of the message is.
pub fn append_message(
    list: &mut Vec<u8>,
    time_secs: f64,
    message: &Encoded,
    index_of: impl FnMut(&RawArray) -> u32,
) {
    // Writing to a Vec cannot fail.
    let _ = rmp::encode::write_array_len(list, 2);
    let _ = rmp::encode::write_f64(list, time_secs);
    message.append_to(list, index_of);
}

/// Writes a `.viser` file. `messages` yields the list of messages, `copy_array` writes the array
/// with the given index.
///
/// # Errors
/// What `out`, `messages` or `copy_array` fail with; the compressor is out of memory; lengths are
/// not what `layout` says.
pub fn write(
    out: impl Write,
    layout: &Layout<'_>,
    mut messages: impl Read,
    mut copy_array: impl FnMut(usize, &mut dyn Write) -> io::Result<()>,
    compression: Compression,
) -> io::Result<()> {
    let mut head = BytesSink::default();
    head.map(4);
    head.str("durationSeconds");
    head.float(layout.duration_secs);
    head.str("messages");
    head.list(layout.message_count as usize);
    let mut tail = BytesSink::default();
    tail.str("viserVersion");
    tail.str(VISER_VERSION);
    tail.str("binaryBufferLengths");
    layout.array_lens.to_vec().encode(&mut tail);

    let map_len = (head.bytes().len() + tail.bytes().len()) as u64 + layout.messages_len;
    let lens = layout.array_lens.iter();
    let inner_len = lens.fold(8 + map_len, |at, len| align8(at) + len);
    let mut out = out;
    out.write_all(&inner_len.to_le_bytes())?;
    let mut inner = Compressor::new(out, inner_len, compression)?;
    inner.write_all(&map_len.to_le_bytes())?;
    inner.write_all(head.bytes())?;
    io::copy(&mut messages, &mut inner)?;
    inner.write_all(tail.bytes())?;
    for index in 0..layout.array_lens.len() {
        let padding = align8(inner.written()) - inner.written();
        inner.write_all(&[0; 8][..padding as usize])?;
        copy_array(index, &mut inner)?;
    }
    inner.finish()?.flush()
}

/// Writes a `.viser` file in memory; equal arrays are stored once.
///
/// # Errors
/// The compressor refuses the level or is out of memory.
pub fn encode<'a>(
    messages: impl Iterator<Item = (f64, &'a Encoded)>,
    duration_secs: f64,
    level: i32,
) -> io::Result<Vec<u8>> {
    let mut arrays: Vec<Bytes> = Vec::new();
    let mut known: FxHashMap<Bytes, u32> = FxHashMap::default();
    let mut list = Vec::new();
    let mut message_count = 0;
    for (time_secs, message) in messages {
        append_message(&mut list, time_secs, message, |array| {
            *known
                .entry(array.bytes().clone())
                .or_insert_with_key(|bytes| {
                    arrays.push(bytes.clone());
                    arrays.len() as u32 - 1
                })
        });
        message_count += 1;
    }
    let array_lens: Vec<u64> = arrays.iter().map(|array| array.len() as u64).collect();
    let layout = Layout {
        duration_secs,
        message_count,
        messages_len: list.len() as u64,
        array_lens: &array_lens,
    };
    let mut file = Vec::new();
    let copy_array = |index: usize, out: &mut dyn Write| out.write_all(&arrays[index]);
    let compression = Compression { level, threads: 1 };
    write(&mut file, &layout, &list[..], copy_array, compression)?;
    Ok(file)
}
