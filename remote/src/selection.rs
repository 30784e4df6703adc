//! Which frames a message means: whatever Python takes between the brackets of an array.

use crate::refused::Refused;
use crate::value::Range;
use crate::{Dtype, Value};

/// Frames of a sequence, by number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Selection {
    /// One frame.
    One(usize),
    /// Several, in this order. A frame may be there more than once.
    Many(Vec<usize>),
    /// All frames, with one more axis before them: what `None` and `True` select.
    All,
    /// One row, or one number, of one frame: the frame, then places along its axes.
    Inside(usize, Vec<usize>),
}

impl Selection {
    /// What `value` selects among `frames` frames of shape `shape`.
    pub(crate) fn new(value: &Value, frames: usize, shape: &[usize]) -> Result<Self, Refused> {
        match value {
            Value::None | Value::Bool(true) => Ok(Selection::All),
            Value::Bool(false) => Ok(Selection::Many(Vec::new())),
            Value::Tuple(places) => {
                let sizes = || std::iter::once(frames).chain(shape.iter().copied());
                if places.is_empty() || places.len() > shape.len() + 1 {
                    return Err(Refused::new("a tuple of frames has the wrong length"));
                }
                let places = places.iter().zip(sizes());
                let places: Result<Vec<usize>, _> = places
                    .map(|(place, size)| {
                        let place = place.as_i64().ok_or_else(|| {
                            Refused::new("a tuple of frames holds something else than integers")
                        })?;
                        wrap(place, size)
                    })
                    .collect();
                let mut places = places?.into_iter();
                // The tuple is not empty.
                let frame = places.next().unwrap_or(0);
                let inside: Vec<usize> = places.collect();
                Ok(match inside.is_empty() {
                    true => Selection::One(frame),
                    false => Selection::Inside(frame, inside),
                })
            }
            other => Self::frames(other, frames),
        }
    }

    /// What `value` selects among `frames` frames, if it selects whole frames.
    pub(crate) fn frames(value: &Value, frames: usize) -> Result<Self, Refused> {
        let wrong = || {
            Refused::new(format!(
                "frames are an integer, a slice, a range, or a list or array of integers or \
                 booleans, not a {}",
                value.type_name()
            ))
        };
        match value {
            Value::Bool(_) => Err(wrong()),
            Value::Range(range) => Ok(Selection::Many(expand(*range, frames)?)),
            Value::Slice(parts) => Ok(Selection::Many(slice(parts, frames)?)),
            Value::Array(array) if !array.shape().is_empty() => {
                if array.is_empty() {
                    return Ok(Selection::Many(Vec::new()));
                }
                if array.shape().len() != 1 {
                    return Err(Refused::new("an array of frames has more than one axis"));
                }
                let numbers = array.to_i64().ok_or_else(wrong)?;
                match array.dtype() {
                    Dtype::Bool => mask(&numbers, frames),
                    _ => many(&numbers, frames),
                }
            }
            Value::List(values) => {
                let numbers: Option<Vec<i64>> = values.iter().map(Value::as_i64).collect();
                let numbers = numbers.ok_or_else(wrong)?;
                let booleans = values.iter().all(|value| matches!(value, Value::Bool(_)));
                match booleans && !values.is_empty() {
                    true => mask(&numbers, frames),
                    false => many(&numbers, frames),
                }
            }
            other => {
                let frame = other.as_i64().ok_or_else(wrong)?;
                wrap(frame, frames).map(Selection::One)
            }
        }
    }

    /// The frames of a selection of whole frames.
    pub(crate) fn numbers(self) -> Vec<usize> {
        match self {
            Selection::One(frame) | Selection::Inside(frame, _) => vec![frame],
            Selection::Many(frames) => frames,
            Selection::All => Vec::new(),
        }
    }
}

/// A place among `size`; a negative one counts from the end.
fn wrap(place: i64, size: usize) -> Result<usize, Refused> {
    let from_end = if place < 0 { size as i64 } else { 0 };
    usize::try_from(place.saturating_add(from_end))
        .ok()
        .filter(|&place| place < size)
        .ok_or_else(|| {
            Refused::new(format!(
                "frame {place} is not among the {size} that there are"
            ))
        })
}

fn many(places: &[i64], frames: usize) -> Result<Selection, Refused> {
    let places: Result<_, _> = places.iter().map(|&place| wrap(place, frames)).collect();
    places.map(Selection::Many)
}

fn mask(truth: &[i64], frames: usize) -> Result<Selection, Refused> {
    if truth.len() != frames {
        return Err(Refused::new(format!(
            "a mask of {} frames does not fit the {frames} that there are",
            truth.len()
        )));
    }
    let chosen = truth.iter().enumerate().filter(|(_, truth)| **truth != 0);
    Ok(Selection::Many(chosen.map(|(frame, _)| frame).collect()))
}

/// The numbers of a range, which may be longer than any memory: all of them must be frames.
fn expand(range: Range, frames: usize) -> Result<Vec<usize>, Refused> {
    let length = range.len();
    if length == 0 {
        return Ok(Vec::new());
    }
    // Each frame can be meant by two numbers of a range at most: from the start and the end.
    if length > 2 * frames as u64 {
        return Err(Refused::new(format!(
            "a range of {length} is more than the {frames} frames that there are"
        )));
    }
    let number = |index: u64| {
        range
            .start
            .saturating_add(range.step.saturating_mul(index as i64))
    };
    (0..length)
        .map(|index| wrap(number(index), frames))
        .collect()
}

/// The frames of a slice, which never reaches beyond those that there are.
fn slice(parts: &[Value; 3], frames: usize) -> Result<Vec<usize>, Refused> {
    let part = |value: &Value| match value {
        Value::None => Ok(None),
        other => other
            .as_i64()
            .map(Some)
            .ok_or_else(|| Refused::new("a slice of frames holds something else than integers")),
    };
    let (start, stop) = (part(&parts[0])?, part(&parts[1])?);
    let step = part(&parts[2])?.unwrap_or(1);
    if step == 0 {
        return Err(Refused::new("the step of a slice is 0"));
    }
    let size = frames as i64;
    let (low, high) = if step > 0 { (0, size) } else { (-1, size - 1) };
    let bound = |value: i64| {
        let from_end = if value < 0 { size } else { 0 };
        value.saturating_add(from_end).clamp(low, high)
    };
    let (first, last) = if step > 0 { (low, high) } else { (high, low) };
    let range = Range {
        start: start.map_or(first, bound),
        stop: stop.map_or(last, bound),
        step,
    };
    let number = |index: u64| range.start + range.step * index as i64;
    let numbers = (0..range.len()).map(number);
    Ok(numbers
        .filter_map(|number| usize::try_from(number).ok())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(value: Value) -> Vec<usize> {
        Selection::frames(&value, 4).unwrap().numbers()
    }

    fn sliced(start: Value, stop: Value, step: Value) -> Vec<usize> {
        chosen(Value::Slice(Box::new([start, stop, step])))
    }

    #[test]
    fn frames_are_chosen_as_numpy_does() {
        assert_eq!(chosen(Value::Int(-1)), [3]);
        assert_eq!(sliced(Value::None, Value::None, 2.into()), [0, 2]);
        assert_eq!(sliced(Value::None, Value::None, (-1).into()), [3, 2, 1, 0]);
        assert_eq!(sliced((-2).into(), 99.into(), Value::None), [2, 3]);
        assert_eq!(sliced(3.into(), 1.into(), Value::None), [0; 0]);
        assert_eq!(sliced(2.into(), Value::None, i64::MIN.into()), [2]);
        let list = Value::List(vec![2.into(), (-4).into(), 2.into()]);
        assert_eq!(chosen(list), [2, 0, 2]);
        let mask = [true, false, false, true].map(Value::Bool);
        assert_eq!(chosen(Value::List(mask.into())), [0, 3]);
    }

    #[test]
    fn a_range_is_never_expanded_beyond_the_frames() {
        let range = |start, stop, step| Value::Range(Range { start, stop, step });
        assert_eq!(chosen(range(3, 0, -2)), [3, 1]);
        assert_eq!(chosen(range(i64::MAX, 0, 1)), [0; 0]);
        for long in [range(0, i64::MAX, 1), range(0, i64::MAX, i64::MAX / 2)] {
            assert!(Selection::frames(&long, 4).is_err());
        }
    }

    #[test]
    fn tuples_reach_inside_a_frame() {
        let tuple = Value::Tuple(vec![0.into(), (-1).into()]);
        let inside = Selection::new(&tuple, 4, &[8, 3]);
        assert_eq!(inside, Ok(Selection::Inside(0, vec![7])));
        assert!(Selection::new(&Value::Tuple(vec![0.into(), 8.into()]), 4, &[8, 3]).is_err());
        assert!(Selection::new(&Value::Float(1.0), 4, &[8, 3]).is_err());
    }
}
