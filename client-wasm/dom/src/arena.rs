//! Where the values of copied handles are.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

/// Names a value. Once it is removed, no later value has the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    index: u32,
    generation: u32,
}

#[derive(Default)]
struct Arena {
    entries: Vec<Entry>,
    free: Vec<u32>,
}

#[derive(Default)]
struct Entry {
    generation: u32,
    value: Option<Rc<dyn Any>>,
}

thread_local! {
    static ARENA: RefCell<Arena> = RefCell::default();
}

pub(crate) fn insert(value: Rc<dyn Any>) -> Slot {
    ARENA.with_borrow_mut(|arena| {
        let index = arena.free.pop().unwrap_or_else(|| {
            arena.entries.push(Entry::default());
            (arena.entries.len() - 1) as u32
        });
        let entry = &mut arena.entries[index as usize];
        entry.value = Some(value);
        Slot {
            index,
            generation: entry.generation,
        }
    })
}

pub(crate) fn get(slot: Slot) -> Option<Rc<dyn Any>> {
    ARENA.with_borrow(|arena| {
        let entry = arena.entries.get(slot.index as usize)?;
        (entry.generation == slot.generation).then(|| entry.value.clone())?
    })
}

pub(crate) fn remove(slot: Slot) {
    let removed = ARENA.with_borrow_mut(|arena| {
        let entry = arena.entries.get_mut(slot.index as usize)?;
        if entry.generation != slot.generation {
            return None;
        }
        entry.generation = entry.generation.wrapping_add(1);
        arena.free.push(slot.index);
        entry.value.take()
    });
    // What it holds may use the arena when it is dropped.
    drop(removed);
}

/// Says why a value is missing.
pub(crate) fn gone() -> ! {
    mistaken("this signal was used after the view that owned it was gone")
}

/// Ends a program that is wrong. Not generic: each type of signal would have its own copy.
#[cold]
#[expect(
    clippy::panic,
    reason = "a mistake in a view, which nothing from outside leads to"
)]
pub(crate) fn mistaken(why: &str) -> ! {
    panic!("{why}")
}
