//! Texts in which something was found.

use std::ops::Range;

use scenecast_protocol::sort;

#[cfg(target_arch = "wasm32")]
use scenecast_dom::*;

/// A part of a text in pieces, and whether each is in one of the ranges that were found. All ranges
/// are bytes of the whole text.
pub fn pieces(text: &str, part: Range<usize>, mut found: Vec<Range<usize>>) -> Vec<(&str, bool)> {
    sort::by(&mut found, |a, b| a.start.cmp(&b.start));
    let (mut pieces, mut at) = (Vec::new(), part.start);
    let mut add = |range: Range<usize>, is_found| {
        if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
            pieces.push((piece, is_found));
        }
    };
    for Range { start, end } in found {
        add(at..start.max(at), false);
        add(start.max(at)..end.max(at), true);
        at = at.max(end);
    }
    add(at..part.end, false);
    pieces
}

/// The view of such a text.
#[cfg(target_arch = "wasm32")]
pub(super) fn marked(pieces: Vec<(&str, bool)>) -> Vec<View> {
    let piece = |(piece, is_found): (&str, bool)| {
        let piece = piece.to_owned();
        match is_found {
            true => view! { <mark>{piece}</mark> },
            false => piece.into_view(),
        }
    };
    pieces.into_iter().map(piece).collect()
}
