//! Everything that can be done with a panel without dragging it.

use super::TabId;
use super::arrange::MARGIN;
use super::layout::{Layout, Place, Side, Spot, StackId};
use super::moves::{Piece, Target};

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Offer {
    /// Moves it.
    Move(Target),
    /// Folds what it is in, or unfolds it.
    Fold(StackId, bool),
}

/// An offer, beside or among which panel that is.
pub type Offered = (Offer, Option<TabId>);

impl Layout {
    /// What can be done with a tab, a cell or a stack, the most usual first.
    pub fn offers(&self, piece: Piece) -> Vec<Offered> {
        let mut offers = Vec::new();
        let cell = self.cell_with(piece);
        if let Some(stack) = cell.and_then(|cell| self.stack_of(cell.id)) {
            offers.push((Offer::Fold(stack.id, !stack.is_folded), None));
        }
        let place = self.whole_place(piece);
        let is_at = |side| matches!(place, Some(Place::Docked(s, _)) if s == side);
        let mut targets = Vec::new();
        if !is_at(Side::Left) {
            targets.push((Target::Column(Side::Left, 0), None));
        }
        if !is_at(Side::Right) {
            targets.push((Target::Column(Side::Right, self.right.len()), None));
        }
        if !matches!(place, Some(Place::Floating(_))) {
            targets.push((Target::Window(Spot::requested(MARGIN, MARGIN)), None));
        }
        let own = cell.map(|cell| cell.id);
        for other in self.cells() {
            let Some(shown) = other.shown().filter(|_| Some(other.id) != own) else {
                continue;
            };
            let count = other.tabs.len();
            for target in [
                Target::Above(other.id),
                Target::Below(other.id),
                Target::Tabs(other.id, count),
            ] {
                targets.push((target, Some(shown)));
            }
        }
        // An area that is empty can still be joined.
        for area in self.areas.iter().filter(|area| area.cell.tabs.is_empty()) {
            targets.push((Target::Tabs(area.cell.id, 0), Some(area.host)));
        }
        targets.retain(|(target, _)| self.can_move(piece, *target));
        offers.extend(
            targets
                .into_iter()
                .map(|(target, tab)| (Offer::Move(target), tab)),
        );
        offers
    }
}
