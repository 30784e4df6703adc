//! In the worker: what it has in its memory, and what its script calls. The script reads and writes
//! the memory by the addresses that these functions return, until the next call.

#![allow(unreachable_pub, reason = "wasm-bindgen exports only what is public")]

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::NUMBERS;
use crate::render::splats::{Run, Sorter};

/// What the worker has in its memory.
#[derive(Default)]
struct Desk {
    centers: Vec<f32>,
    runs: Vec<f64>,
    sorter: Sorter,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

fn with_desk<T>(run: impl FnOnce(&mut Desk) -> T) -> T {
    DESK.with_borrow_mut(run)
}

/// Where to put the middles of splats from that number on.
#[wasm_bindgen]
pub fn splat_centers(first: usize, count: usize) -> usize {
    with_desk(|desk| {
        let end = 3 * (first + count);
        if desk.centers.len() < end {
            desk.centers.resize(end, 0.0);
        }
        desk.centers[3 * first..].as_ptr().addr()
    })
}

/// Where to put that many numbers of runs.
#[wasm_bindgen]
pub fn splat_runs(numbers: usize) -> usize {
    with_desk(|desk| {
        desk.runs.clear();
        desk.runs.resize(numbers, 0.0);
        desk.runs.as_ptr().addr()
    })
}

/// Sorts, and returns how many splats there are.
#[wasm_bindgen]
pub fn splat_sort() -> usize {
    with_desk(|desk| {
        let runs: Vec<Run> = desk
            .runs
            .chunks_exact(NUMBERS)
            .map(|run| Run {
                first: run[0] as u32,
                count: run[1] as u32,
                depth: [run[2], run[3], run[4], run[5]].map(|number| number as f32),
            })
            .collect();
        let centers = desk.centers.as_chunks().0;
        desk.sorter.sort(&runs, |run| {
            let centers = centers.get(runs[run].first as usize..);
            centers.unwrap_or_default().iter().copied()
        });
        desk.sorter.order().len()
    })
}

/// Where their numbers are, in order.
#[wasm_bindgen]
pub fn splat_order() -> usize {
    with_desk(|desk| desk.sorter.order().as_ptr().addr())
}
