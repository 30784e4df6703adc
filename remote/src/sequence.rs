//! Frames of numbers: all of one shape, each with memory of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::NdArray;
use crate::ndarray::c_strides;
use crate::refused::Refused;
use crate::selection::Selection;

/// Frames that one sequence may have. What a frame holds may be nothing at all, so that bytes
/// alone would not bound their number.
pub const MAX_FRAMES: usize = 1_000_000;

/// The numbers of one frame.
pub type Frame = Arc<[f32]>;

/// Frames of one shape, such as `[V, 3]`.
///
/// Each frame's memory is shared with whoever shows it, and replaced, never changed, when the
/// frame is.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    name: &'static str,
    shape: Vec<usize>,
    /// The publisher's numbers were integers: what is written over them is cut to integers.
    integer: bool,
    frames: Vec<Frame>,
}

/// New contents that have been checked against a sequence.
pub(crate) struct Prepared {
    integer: bool,
    frames: Vec<(usize, Frame)>,
}

impl Prepared {
    /// How many frames it has.
    pub(crate) fn len(&self) -> usize {
        self.frames.len()
    }
}

impl Sequence {
    /// The frames in `array`, whose first axis counts them; if it has only `rank` axes it is one
    /// frame.
    pub(crate) fn new(name: &'static str, array: &NdArray, rank: usize) -> Result<Self, Refused> {
        let shape = array.shape();
        let start = match shape.len().checked_sub(rank) {
            Some(0) => 0,
            Some(1) => 1,
            _ => {
                return Err(Refused::new(format!(
                    "`{name}` must have {rank} or {} axes, not the shape {shape:?}",
                    rank + 1
                )));
            }
        };
        let mut sequence = Self {
            name,
            shape: shape[start..].to_vec(),
            integer: array.dtype().is_integer(),
            frames: Vec::new(),
        };
        let added = sequence.prepare_add(array)?;
        sequence.add(added);
        Ok(sequence)
    }

    /// One frame that holds `values`.
    pub(crate) fn constant(name: &'static str, shape: &[usize], values: &[f32]) -> Self {
        Self {
            name,
            shape: shape.to_vec(),
            integer: false,
            frames: vec![values.into()],
        }
    }

    /// `count` frames of `width` zeros.
    pub(crate) fn zeros(name: &'static str, width: usize, count: usize) -> Self {
        let mut zeros = Self::constant(name, &[width], &vec![0.0; width]);
        zeros.repeat(count);
        zeros
    }

    /// What publishers call it.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// Changes every frame.
    pub(crate) fn map(&mut self, change: impl Fn(&mut [f32])) {
        for frame in &mut self.frames {
            let mut numbers = frame.to_vec();
            change(&mut numbers);
            *frame = numbers.into();
        }
    }

    /// Writes each row of each frame `times` times.
    pub(crate) fn repeat_rows(&mut self, times: usize) {
        let (Some(rows), true) = (self.shape.first().copied(), times != 1) else {
            return;
        };
        let width = self.frame_len().checked_div(rows).unwrap_or(0).max(1);
        for frame in &mut self.frames {
            let repeated = frame.chunks(width).flat_map(|row| row.repeat(times));
            *frame = repeated.collect();
        }
        self.shape[0] = rows.saturating_mul(times);
    }

    /// Checks that frames have `expected` sizes along their axes, where `None` is any.
    pub(crate) fn expect(self, expected: &[Option<usize>]) -> Result<Self, Refused> {
        let fits = expected.len() == self.shape.len()
            && expected
                .iter()
                .zip(&self.shape)
                .all(|(expected, size)| expected.is_none_or(|expected| expected == *size));
        if fits {
            return Ok(self);
        }
        let sizes: Vec<String> = expected
            .iter()
            .map(|size| size.map_or("n".to_owned(), |size| size.to_string()))
            .collect();
        Err(Refused::new(format!(
            "a frame of `{}` must have the shape [{}], not {:?}",
            self.name,
            sizes.join(", "),
            self.shape
        )))
    }

    /// The shape of one frame.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// How many frames there are.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether there is no frame.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The frame to show as number `frame`: the last one holds beyond the end. `None` if there
    /// is none at all.
    pub fn at(&self, frame: usize) -> Option<&Frame> {
        self.frames.get(frame.min(self.len().saturating_sub(1)))
    }

    /// Bytes that the frames take.
    pub fn bytes(&self) -> usize {
        let frame = self.frame_len().saturating_mul(4);
        let frame = frame.saturating_add(size_of::<Frame>());
        self.len().saturating_mul(frame)
    }

    fn frame_len(&self) -> usize {
        // A sequence without frames may have any shape.
        let product = |product: usize, size: &usize| product.saturating_mul(*size);
        self.shape.iter().fold(1, product)
    }

    /// Whether the publisher's numbers were integers.
    pub fn is_integer(&self) -> bool {
        self.integer
    }

    /// Checks frames that are to be appended.
    pub(crate) fn prepare_add(&self, array: &NdArray) -> Result<Prepared, Refused> {
        let shape = array.shape();
        let (count, frame) = match shape.len() == self.shape.len() {
            true => (1, shape),
            false => match shape.split_first() {
                Some((count, frame)) => (*count, frame),
                None => (1, shape),
            },
        };
        if frame != self.shape {
            return Err(Refused::new(format!(
                "a frame of `{}` has the shape {:?}, but what is to be added has the shape {shape:?}",
                self.name, self.shape
            )));
        }
        let total = self.len().checked_add(count);
        if total.is_none_or(|total| total > MAX_FRAMES) {
            return Err(Refused::new(format!(
                "`{}` would have more than {MAX_FRAMES} frames",
                self.name
            )));
        }
        let length = self.frame_len();
        let frame = |index: usize| array.slice_f32(index * length..(index + 1) * length);
        Ok(Prepared {
            integer: array.dtype().is_integer(),
            frames: (0..count)
                .map(|index| (self.len() + index, frame(index)))
                .collect(),
        })
    }

    /// As many frames of zeros, to be appended.
    pub(crate) fn prepare_zeros(&self, count: usize) -> Prepared {
        let zeros: Frame = vec![0.0; self.frame_len()].into();
        let first = self.len();
        let frames = (first..first + count).map(|number| (number, zeros.clone()));
        Prepared {
            integer: self.integer,
            frames: frames.collect(),
        }
    }

    /// Appends the last frame `count` times.
    pub(crate) fn extend_with_last(&mut self, count: usize) {
        if let Some(last) = self.frames.last().cloned() {
            self.frames.extend(std::iter::repeat_n(last, count));
        }
    }

    /// Appends what was checked.
    pub(crate) fn add(&mut self, prepared: Prepared) {
        if !prepared.frames.is_empty() {
            self.integer &= prepared.integer;
        }
        let frames = prepared.frames.into_iter().map(|(_, frame)| frame);
        self.frames.extend(frames);
    }

    /// Checks what is to be written over the selected frames, by NumPy's rules: axes of size 1
    /// and missing axes repeat.
    pub(crate) fn prepare_update(
        &self,
        selection: &Selection,
        value: &NdArray,
    ) -> Result<Prepared, Refused> {
        let mut target = self.shape.clone();
        let numbers: Vec<usize> = match selection {
            Selection::One(frame) => vec![*frame],
            Selection::Many(frames) => {
                target.insert(0, frames.len());
                frames.clone()
            }
            Selection::All => {
                target.insert(0, self.len());
                (0..self.len()).collect()
            }
            Selection::Inside(_, places) => {
                target.drain(..places.len());
                Vec::new()
            }
        };
        let source = Broadcast::new(value, &target).ok_or_else(|| {
            Refused::new(format!(
                "`{}` of shape {:?} does not fit the frames of shape {target:?}",
                self.name,
                value.shape()
            ))
        })?;
        let mut values = value.to_f32();
        if self.integer {
            values.iter_mut().for_each(|value| *value = value.trunc());
        }
        let prepared = |frames| Prepared {
            integer: true,
            frames,
        };
        if let Selection::Inside(frame, places) = selection {
            // The selection was made for this number of frames.
            let Some(old) = self.frames.get(*frame) else {
                return Ok(prepared(Vec::new()));
            };
            let mut new = old.to_vec();
            let axes = places.iter().zip(&self.shape);
            let row = axes.fold(0, |row, (place, size)| row * size + place);
            let length: usize = target.iter().product();
            let row = &mut new[row * length..(row + 1) * length];
            source.fill(&values, 0, row);
            return Ok(prepared(vec![(*frame, new.into())]));
        }
        let length = self.frame_len();
        let mut shared: Option<Frame> = None;
        // The last of two values for one frame stays, so that there are no more than frames.
        let last: BTreeMap<usize, usize> = numbers
            .into_iter()
            .enumerate()
            .map(|(index, number)| (number, index))
            .collect();
        let frames = last.into_iter().map(|(number, index)| {
            let frame = match &shared {
                Some(frame) => frame.clone(),
                None => {
                    let mut frame = vec![0.0; length];
                    source.fill(&values, index * length, &mut frame);
                    let frame: Frame = frame.into();
                    if source.repeats_first_axis(&self.shape) {
                        shared = Some(frame.clone());
                    }
                    frame
                }
            };
            (number, frame)
        });
        Ok(prepared(frames.collect()))
    }

    /// Writes what was checked.
    pub(crate) fn update(&mut self, prepared: Prepared) {
        for (number, frame) in prepared.frames {
            if let Some(place) = self.frames.get_mut(number) {
                *place = frame;
            }
        }
    }

    /// Removes these frames; later ones move up.
    pub(crate) fn remove(&mut self, numbers: &[usize]) {
        let mut keep = vec![true; self.len()];
        for &number in numbers {
            if let Some(keep) = keep.get_mut(number) {
                *keep = false;
            }
        }
        let mut keep = keep.into_iter();
        self.frames.retain(|_| keep.next().unwrap_or(true));
    }

    /// Repeats the one frame that there is, so that there are `count`.
    pub(crate) fn repeat(&mut self, count: usize) {
        if let [frame] = self.frames.as_slice() {
            self.frames = vec![frame.clone(); count];
        }
    }
}

/// How the numbers of an array repeat over a larger shape.
struct Broadcast {
    /// The shape to be filled.
    target: Vec<usize>,
    /// Numbers from one place to the next along each axis of the target; 0 repeats.
    strides: Vec<usize>,
}

impl Broadcast {
    fn new(value: &NdArray, target: &[usize]) -> Option<Self> {
        let mut shape = value.shape();
        // NumPy drops leading axes of size 1 when it assigns.
        while shape.len() > target.len() && shape[0] == 1 {
            shape = &shape[1..];
        }
        let missing = target.len().checked_sub(shape.len())?;
        let mut strides = vec![0; target.len()];
        let mut stride = 1_usize;
        for axis in (0..shape.len()).rev() {
            let size = shape[axis];
            if size == target[missing + axis] {
                strides[missing + axis] = stride;
            } else if size != 1 {
                return None;
            }
            stride = stride.saturating_mul(size);
        }
        Some(Self {
            target: target.to_vec(),
            strides,
        })
    }

    /// Whether all entries along the first of more axes than `shape` has are the same.
    fn repeats_first_axis(&self, shape: &[usize]) -> bool {
        self.target.len() > shape.len() && self.strides.first() == Some(&0)
    }

    /// Fills `out` with the numbers from place `start` of the target on.
    fn fill(&self, values: &[f32], start: usize, out: &mut [f32]) {
        let repeats = self.strides.contains(&0) || self.strides != c_strides(&self.target);
        if let Some(values) = values.get(start..start + out.len()).filter(|_| !repeats) {
            out.copy_from_slice(values);
            return;
        }
        for (offset, number) in out.iter_mut().enumerate() {
            let mut place = start + offset;
            let mut source = 0;
            for (size, stride) in self.target.iter().zip(&self.strides).rev() {
                source += (place % size) * stride;
                place /= size;
            }
            // The shapes fit, so it is there.
            *number = values.get(source).copied().unwrap_or(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dtype, Value};

    fn counted(shape: &[usize]) -> NdArray {
        let count = shape.iter().product();
        let values = (0..count).map(|value| value as f32).collect();
        NdArray::from_f32(shape.to_vec(), values).unwrap()
    }

    #[test]
    fn an_update_repeats_what_numpy_repeats() {
        let mut sequence = Sequence::new("v", &counted(&[3, 2, 3]), 2).unwrap();
        let all = Selection::new(&Value::None, 3, &[2, 3]).unwrap();
        let prepared = sequence.prepare_update(&all, &counted(&[2, 1])).unwrap();
        sequence.update(prepared);
        for frame in 0..3 {
            assert_eq!(
                sequence.at(frame).unwrap()[..],
                [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
            );
        }
        let inside = Selection::Inside(1, vec![1]);
        let prepared = sequence.prepare_update(&inside, &counted(&[3])).unwrap();
        sequence.update(prepared);
        assert_eq!(sequence.at(1).unwrap()[..], [0.0, 0.0, 0.0, 0.0, 1.0, 2.0]);
        let two = Selection::Many(vec![0, 1]);
        assert!(sequence.prepare_update(&two, &counted(&[3, 2, 3])).is_err());
        assert!(
            sequence
                .prepare_update(&two, &counted(&[1, 1, 2, 2, 3]))
                .is_ok()
        );
    }

    #[test]
    fn the_number_of_empty_frames_is_bounded_too() {
        let empty = NdArray::new(Dtype::F32, vec![1 << 40, 0, 3], bytes::Bytes::new()).unwrap();
        assert!(
            Sequence::new("v", &empty, 2)
                .unwrap_err()
                .0
                .contains("more than 1000000 frames")
        );
        let mut sequence = Sequence::new("v", &counted(&[1, 0, 3]), 2).unwrap();
        assert!(sequence.prepare_add(&empty).is_err());
        sequence.remove(&[0]);
        assert!(sequence.at(0).is_none());
    }
}
