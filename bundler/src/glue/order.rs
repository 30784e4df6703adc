//! Puts functions that are alike beside each other. gzip looks for repetitions in the last 32 KiB
//! only, and much of a program is the same generic function compiled for another type.
//!
//! wasm-opt can order functions by their names. So the order becomes their names, which it then
//! leaves out.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_encoder::{Encode, NameMap, NameSection, Section};
use wasmparser::{Parser, Payload, TypeRef};

/// How many bytes make a piece that two functions may have in common: about the shortest whose
/// repetition is worth a reference.
const PIECE_BYTES: usize = 6;
/// Pieces that more functions than this have are everywhere anyway.
const MAX_OWNERS: usize = 200;
/// How far back a repetition is found, in bytes, a little less than gzip's window.
const WINDOW_BYTES: usize = 30_000;
/// Is added to each function's size, so that small ones do not go first by chance.
const OVERHEAD_BYTES: usize = 8;

/// What takes part in the order.
struct Functions {
    /// How many the module imports: they come before its own.
    imported: u32,
    /// Where in the module each one's code is.
    bodies: Vec<Range<usize>>,
}

/// Writes the module with the order as the names of its functions.
pub(super) fn write_as_names(wasm: &[u8], named: &Path) -> Result<()> {
    let functions = parse(wasm)?;
    let bodies: Vec<&[u8]> = functions.bodies.iter().map(|b| &wasm[b.clone()]).collect();
    let mut place = vec![0; bodies.len()];
    for (at, function) in by_likeness(&bodies).into_iter().enumerate() {
        place[function] = at;
    }
    let mut names = NameMap::new();
    for (function, at) in (functions.imported..).zip(place) {
        names.append(function, &format!("{at:08}"));
    }
    let mut section = NameSection::new();
    section.functions(&names);
    let mut module = wasm.to_vec();
    module.push(section.id());
    section.encode(&mut module);
    crate::write(named, &module)
}

fn parse(wasm: &[u8]) -> Result<Functions> {
    let mut functions = Functions {
        imported: 0,
        bodies: Vec::new(),
    };
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.context("wasm-opt's module cannot be read")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)) {
                        functions.imported += 1;
                    }
                }
            }
            Payload::CodeSectionEntry(body) => functions.bodies.push(body.range()),
            Payload::CustomSection(section) if section.name() == "name" => {
                bail!("wasm-opt's module has names already");
            }
            _ => {}
        }
    }
    Ok(functions)
}

/// The order: after each function the one that has the largest share of its pieces in the window
/// of those before it.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let (pieces, owners) = shared_pieces(bodies);
    // How many of a function's pieces are in the window; `None` once it has its place.
    let mut common: Vec<Option<usize>> = vec![Some(0); bodies.len()];
    let mut uses = vec![0_usize; owners.len()];
    let mut window = VecDeque::new();
    let mut window_bytes = 0;
    let mut order = Vec::with_capacity(bodies.len());
    while let Some(next) = best(&common, bodies) {
        common[next] = None;
        order.push(next);
        for &piece in &pieces[next] {
            uses[piece] += 1;
            if uses[piece] == 1 {
                for &owner in &owners[piece] {
                    common[owner] = common[owner].map(|count| count + 1);
                }
            }
        }
        window.push_back(next);
        window_bytes += bodies[next].len();
        while window_bytes > WINDOW_BYTES
            && window.len() > 1
            && let Some(first) = window.pop_front()
        {
            window_bytes -= bodies[first].len();
            for &piece in &pieces[first] {
                uses[piece] -= 1;
                if uses[piece] == 0 {
                    for &owner in &owners[piece] {
                        common[owner] = common[owner].map(|count| count - 1);
                    }
                }
            }
        }
    }
    order
}

/// Of those without a place the one that has most in common with the window for its size; where
/// none has anything, the smallest.
fn best(common: &[Option<usize>], bodies: &[&[u8]]) -> Option<usize> {
    let size = |function: usize| bodies[function].len() + OVERHEAD_BYTES;
    let left = (0..common.len()).filter_map(|function| Some((function, common[function]?)));
    let better = |a: (usize, usize), b: (usize, usize)| {
        let shares = (b.1 * size(a.0)).cmp(&(a.1 * size(b.0)));
        match shares.then(size(a.0).cmp(&size(b.0))) {
            std::cmp::Ordering::Greater => b,
            _ => a,
        }
    };
    left.reduce(better).map(|(function, _)| function)
}

/// The pieces that several functions have, but not too many: for each function its pieces, for
/// each piece its functions.
fn shared_pieces(bodies: &[&[u8]]) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut owners_of = HashMap::<&[u8], Vec<usize>>::new();
    for (function, body) in bodies.iter().enumerate() {
        for piece in body.windows(PIECE_BYTES) {
            let owners = owners_of.entry(piece).or_default();
            // One more than may be, so that it is known to be too many.
            if owners.last() != Some(&function) && owners.len() <= MAX_OWNERS {
                owners.push(function);
            }
        }
    }
    let is_shared = |owners: &Vec<usize>| (2..=MAX_OWNERS).contains(&owners.len());
    let owners: Vec<Vec<usize>> = owners_of.into_values().filter(is_shared).collect();
    let mut pieces = vec![Vec::new(); bodies.len()];
    for (piece, owners) in owners.iter().enumerate() {
        for &owner in owners {
            pieces[owner].push(piece);
        }
    }
    (pieces, owners)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_are_alike_are_beside_each_other() {
        let kinds: [&[u8]; 3] = [
            b"the first kind of function",
            b"another one, longer than that",
            b"(something else)",
        ];
        let mut bodies: Vec<Vec<u8>> = Vec::new();
        for round in 0..5_u8 {
            for kind in kinds {
                bodies.push([kind, &[round]].concat());
            }
        }
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        let order = by_likeness(&bodies);
        let mut all = order.clone();
        all.sort_unstable();
        assert_eq!(all, (0..15).collect::<Vec<_>>());
        let changes = order.windows(2).filter(|two| two[0] % 3 != two[1] % 3);
        assert_eq!(changes.count(), 2, "{order:?}");
    }

    #[test]
    fn the_order_is_the_same_every_time() {
        let bodies: Vec<Vec<u8>> = (0..200_u8)
            .map(|n| (0..40).map(|at| (n / 7).wrapping_mul(at)).collect())
            .collect();
        let bodies: Vec<&[u8]> = bodies.iter().map(Vec::as_slice).collect();
        assert_eq!(by_likeness(&bodies), by_likeness(&bodies));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(parse(b"no module").is_err());
        // An empty one has no functions.
        let empty = parse(b"\0asm\x01\0\0\0").expect("a module");
        assert_eq!((empty.imported, empty.bodies.len()), (0, 0));
    }
}
