//! Buttons that fold and unfold.

use scenecast_dom::*;

use super::handle::Dock;
use super::part::{self, Part, Text, flag, whether};
use crate::gui::dock::frames::Form;
use crate::gui::dock::layout::{Place, Side};
use crate::gui::dock::moves::Piece;

/// What a button does.
struct Fold {
    /// It unfolds.
    is_folded: bool,
    /// What it folds.
    what: &'static str,
    /// How it shows that it folds, if not by a minus.
    sign: Option<&'static str>,
}

/// A button that folds or unfolds a piece or, without one, the sheet.
pub(super) fn button(dock: Dock, piece: Option<Piece>) -> View {
    let fixed = [("type", "button"), ("class", "fold")];
    part::make(dock, Part::Fold(piece), "button", &fixed, ATTRIBUTES).into()
}

const ATTRIBUTES: part::Attributes = &[
    ("hidden", |dock, part| flag(read(dock, part).is_none())),
    ("aria-expanded", |dock, part| {
        whether(read(dock, part).is_some_and(|fold| !fold.is_folded))
    }),
    ("aria-label", |dock, part| {
        let fold = read(dock, part)?;
        Some([verb(&fold), fold.what].join(" ").into())
    }),
    ("title", |dock, part| Some(verb(&read(dock, part)?).into())),
    ("", sign),
];

/// None while there is nothing to fold.
fn read(dock: Dock, part: Part) -> Option<Fold> {
    let (is_folded, what, sign) = match part {
        Part::Fold(Some(Piece::Stack(id))) => {
            let frame = dock.stack(id)?;
            let (what, sign) = match frame.place {
                Place::Docked(Side::Left, _) => ("column", Some("«")),
                Place::Docked(Side::Right, _) => ("column", Some("»")),
                Place::Floating(_) => ("panels", None),
            };
            (frame.is_folded, what, sign)
        }
        Part::Fold(Some(Piece::Cell(id))) => {
            let frame = dock.cell(id).filter(|frame| frame.is_window)?;
            (frame.form == Form::Bar, "panel", None)
        }
        _ => (dock.sheet().is_folded, "panel", None),
    };
    Some(Fold {
        is_folded,
        what,
        sign,
    })
}

fn verb(fold: &Fold) -> &'static str {
    match (fold.is_folded, fold.sign) {
        (true, _) => "Expand",
        (false, Some(_)) => "Collapse",
        (false, None) => "Minimize",
    }
}

fn sign(dock: Dock, part: Part) -> Text {
    let fold = read(dock, part)?;
    let sign = match fold.is_folded {
        true => "+",
        false => fold.sign.unwrap_or("−"),
    };
    Some(sign.into())
}
