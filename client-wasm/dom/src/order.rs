//! How a list becomes another with the fewest moves.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What tells an entry from the others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A number.
    Number(u64),
    /// A name.
    Name(Arc<str>),
}

macro_rules! keys {
    ($($Type:ty: $key:ident => $made:expr;)*) => {
        $(
            impl From<$Type> for Key {
                fn from($key: $Type) -> Self {
                    $made
                }
            }
        )*
    };
}

keys! {
    u32: key => Key::Number(key.into());
    usize: key => Key::Number(key as u64);
    Arc<str>: key => Key::Name(key);
    String: key => Key::Name(key.into());
    &str: key => Key::Name(key.into());
}

/// An entry of a new list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its index in the new list.
    pub(crate) new: usize,
    /// Its index in the old list; `None` if it was not there.
    pub(crate) old: Option<usize>,
    /// It need not be moved: those that need not are in the same order in both lists.
    pub(crate) stays: bool,
}

/// The entries of a new list, in their order; of those with the same key only the first. No key may
/// be in the old list twice. Whatever of that is not in the new one is gone.
pub(crate) fn places(old: &[&Key], new: &[Key]) -> Vec<Place> {
    let by_key: BTreeMap<&Key, usize> = old.iter().copied().zip(0..).collect();
    let mut seen = BTreeSet::new();
    let first = new.iter().enumerate();
    let first = first.filter(|(_, key)| seen.insert(*key));
    let mut places: Vec<Place> = first
        .map(|(new, key)| Place {
            new,
            old: by_key.get(key).copied(),
            stays: false,
        })
        .collect();
    let known: Vec<usize> = places.iter().filter_map(|place| place.old).collect();
    let stays = longest_increasing(&known);
    for place in &mut places {
        place.stays = place
            .old
            .is_some_and(|old| stays.binary_search(&old).is_ok());
    }
    places
}

/// Those numbers of a list, in their order, that are a longest list of increasing ones. No number
/// may be in it twice.
fn longest_increasing(numbers: &[usize]) -> Vec<usize> {
    // The last of the best list of each length, and who is before whom.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut list = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(index) = at {
        list.push(numbers[index]);
        at = before[index];
    }
    list.reverse();
    list
}
