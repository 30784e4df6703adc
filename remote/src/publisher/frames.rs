//! Which frames a publisher means.

use std::ops::Range;

use crate::Value;
use crate::value;

/// Frames to be overwritten or removed: one, several, or a range of them. Negative numbers
/// count from the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frames {
    /// One frame.
    One(i64),
    /// Several frames, in this order.
    Many(Vec<i64>),
    /// All frames from the first on, without the last.
    Range(Range<i64>),
}

impl From<Frames> for Value {
    fn from(frames: Frames) -> Self {
        match frames {
            Frames::One(frame) => Value::Int(frame),
            Frames::Many(frames) => Value::List(frames.into_iter().map(Value::Int).collect()),
            Frames::Range(range) => Value::Range(value::Range {
                start: range.start,
                stop: range.end,
                step: 1,
            }),
        }
    }
}

macro_rules! from_integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Frames {
            fn from(frame: $type) -> Self {
                Frames::One(frame as i64)
            }
        }

        impl From<Vec<$type>> for Frames {
            fn from(frames: Vec<$type>) -> Self {
                Frames::Many(frames.into_iter().map(|frame| frame as i64).collect())
            }
        }

        impl<const N: usize> From<[$type; N]> for Frames {
            fn from(frames: [$type; N]) -> Self {
                Frames::Many(frames.map(|frame| frame as i64).into())
            }
        }

        impl From<Range<$type>> for Frames {
            fn from(range: Range<$type>) -> Self {
                Frames::Range(range.start as i64..range.end as i64)
            }
        }
    )*};
}

from_integers!(i32, i64, usize);
