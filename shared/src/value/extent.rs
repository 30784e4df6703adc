//! Where a MessagePack value ends.

use rmp::Marker;

/// How many bytes the value takes that `bytes` starts with, however deep; `None` if it is cut off.
/// What no parser supports counts as one byte, to be refused when it is parsed.
pub(crate) fn extent(bytes: &[u8]) -> Option<usize> {
    let uint = |at: usize, width: usize| {
        let digits = bytes.get(at..at + width)?;
        Some(
            digits
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    let (mut at, mut left) = (0usize, 1u64);
    while left > 0 {
        left -= 1;
        let marker = Marker::from_u8(*bytes.get(at)?);
        at += 1;
        // The width of a length that follows, what it counts, and its value where it is part of
        // the marker.
        let (width, children_each, len) = match marker {
            Marker::FixStr(len) => (0, 0, len.into()),
            Marker::U8 | Marker::I8 => (0, 0, 1),
            Marker::U16 | Marker::I16 => (0, 0, 2),
            Marker::U32 | Marker::I32 | Marker::F32 => (0, 0, 4),
            Marker::U64 | Marker::I64 | Marker::F64 => (0, 0, 8),
            Marker::Str8 | Marker::Bin8 => (1, 0, 0),
            Marker::Str16 | Marker::Bin16 => (2, 0, 0),
            Marker::Str32 | Marker::Bin32 => (4, 0, 0),
            Marker::FixArray(len) => (0, 1, len.into()),
            Marker::Array16 => (2, 1, 0),
            Marker::Array32 => (4, 1, 0),
            Marker::FixMap(len) => (0, 2, len.into()),
            Marker::Map16 => (2, 2, 0),
            Marker::Map32 => (4, 2, 0),
            Marker::Null
            | Marker::True
            | Marker::False
            | Marker::FixPos(_)
            | Marker::FixNeg(_)
            | Marker::Reserved
            | Marker::FixExt1
            | Marker::FixExt2
            | Marker::FixExt4
            | Marker::FixExt8
            | Marker::FixExt16
            | Marker::Ext8
            | Marker::Ext16
            | Marker::Ext32 => (0, 0, 0),
        };
        let len = match width {
            0 => len,
            width => uint(at, width)?,
        };
        at += width;
        match children_each {
            0 => at = at.checked_add(usize::try_from(len).ok()?)?,
            // Each child takes a byte at least.
            each => left += each * len,
        }
        if left.saturating_add(at as u64) > bytes.len() as u64 {
            return None;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_where_the_value_ends() {
        for value in [
            &[0x07][..],
            &[0xa3, b'a', b'b', b'c'],
            &[0x92, 0x91, 0xc0, 0xc3],
            &[0x81, 0xa1, b'k', 0xcb, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0xc4, 2, 9, 9],
            &[0xdc, 0, 1, 0xcd, 1, 2],
        ] {
            let more = [value, &[0xff; 3]].concat();
            assert_eq!(extent(&more), Some(value.len()));
            for len in 0..value.len() {
                assert_eq!(extent(&value[..len]), None);
            }
        }
        // Four billion of anything are not in a few bytes.
        assert_eq!(extent(&[0xdf, 0xff, 0xff, 0xff, 0xff, 0]), None);
        assert_eq!(extent(&[0xdb, 0xff, 0xff, 0xff, 0xff, 0]), None);
    }
}
