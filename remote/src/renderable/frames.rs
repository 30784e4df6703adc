//! Adding, overwriting and removing frames: all arrays of a node together, or none.

use crate::arguments::{Arguments, as_numbers};
use crate::refused::Refused;
use crate::selection::Selection;
use crate::sequence::Sequence;
use crate::{NdArray, Value};

/// A node's arrays that have a frame each, such as the origins and tips of arrows.
pub(crate) trait Frames {
    /// What publishers call them.
    fn names(&self) -> &'static [&'static str];

    /// The arrays, in the same order.
    fn sequences(&mut self) -> Vec<&mut Sequence>;

    /// Forgets what followed from the frames as they were.
    fn changed(&mut self) {}

    /// Appends frames. All arrays must bring the same number of them.
    fn add(&mut self, arguments: &mut Arguments) -> Result<usize, Refused> {
        let names = self.names();
        let arrays: Result<Vec<_>, _> = names.iter().map(|name| arguments.array(name)).collect();
        let arrays = arrays?;
        let mut sequences = self.sequences();
        let prepared: Result<Vec<_>, _> = sequences
            .iter()
            .zip(&arrays)
            .map(|(sequence, array)| sequence.prepare_add(array))
            .collect();
        let prepared = prepared?;
        if prepared
            .windows(2)
            .any(|pair| pair[0].len() != pair[1].len())
        {
            return Err(Refused::new(format!(
                "{} must have as many frames as each other",
                names.join(" and ")
            )));
        }
        for (sequence, prepared) in sequences.iter_mut().zip(prepared) {
            sequence.add(prepared);
        }
        self.changed();
        Ok(self.count())
    }

    /// Overwrites frames.
    fn update(&mut self, arguments: &mut Arguments, frames: &Value) -> Result<usize, Refused> {
        let names = self.names();
        let numbers: Result<Vec<NdArray>, _> = names
            .iter()
            .map(|name| {
                let value = arguments.required(name)?;
                let numbers = as_numbers(&value);
                numbers.ok_or_else(|| Refused::new(format!("`{name}` must be an array")))
            })
            .collect();
        let numbers = numbers?;
        let mut sequences = self.sequences();
        let prepared: Result<Vec<_>, _> = sequences
            .iter()
            .zip(&numbers)
            .map(|(sequence, numbers)| {
                let selection = Selection::new(frames, sequence.len(), sequence.shape())?;
                sequence.prepare_update(&selection, numbers)
            })
            .collect();
        for (sequence, prepared) in sequences.iter_mut().zip(prepared?) {
            sequence.update(prepared);
        }
        self.changed();
        Ok(self.count())
    }

    /// Removes frames.
    fn remove(&mut self, frames: &Value) -> Result<usize, Refused> {
        let numbers = Selection::frames(frames, self.count())?.numbers();
        let mut sequences = self.sequences();
        for sequence in &mut sequences {
            sequence.remove(&numbers);
        }
        self.changed();
        Ok(self.count())
    }

    /// How many frames there are.
    fn count(&mut self) -> usize {
        let sequences = self.sequences();
        let counts = sequences.iter().map(|sequence| sequence.len());
        counts.max().unwrap_or(0)
    }
}
