//! What narrow windows have instead of docked and floating panels: a sheet at the lower edge, with
//! the control panel and below it the other panels, each of which can be unfolded.

use std::sync::Arc;

use scenecast_protocol::state::gui::Placement;

use super::TabId;
use super::layout::keep;
use super::placement::{Axis, Marks};

/// Windows narrower than this many ems have a sheet.
pub const MAX_EMS: f64 = 36.0;

/// Which parts of the sheet are unfolded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The whole sheet is no more than its header.
    pub is_folded: bool,
    open: Vec<Arc<str>>,
    /// Tabs in the order in which they were asked for.
    chosen: Vec<TabId>,
    marks: Marks,
}

impl Sheet {
    /// Whether a panel is unfolded; at first none is.
    pub fn is_open(&self, panel: &str) -> bool {
        self.open.iter().any(|open| **open == *panel)
    }

    /// Unfolds or folds a panel.
    pub fn set_open(&mut self, panel: &Arc<str>, is_open: bool) {
        keep(&mut self.open, &|open| open != panel);
        if is_open {
            self.open.push(panel.clone());
        }
    }

    /// Shows a tab among those of its panel or tab group.
    pub fn choose(&mut self, tab: &TabId) {
        keep(&mut self.chosen, &|chosen| chosen != tab);
        self.chosen.push(tab.clone());
    }

    /// Which of some tabs is shown: the one that was asked for last, or else the first.
    pub fn shown<'a>(&self, tabs: &'a [TabId]) -> Option<&'a TabId> {
        let mut chosen = self.chosen.iter().rev();
        let chosen = chosen.find_map(|chosen| tabs.iter().find(|tab| *tab == chosen));
        chosen.or(tabs.first())
    }

    /// Applies new commands to fold and unfold. What applied to panels beside the scene applies
    /// here as well: the two know nothing of each other.
    pub fn follow(&mut self, placements: &[(Arc<str>, Placement)]) {
        for (panel, placement) in placements {
            if let Some(m) = &placement.collapsed
                && self
                    .marks
                    .is_new(panel, Axis::Folding, &m.run_id, m.counter)
            {
                self.marks.note(panel, Axis::Folding, &m.run_id, m.counter);
                self.set_open(panel, !m.collapsed);
            }
        }
    }

    /// Forgets what users did.
    pub fn reset(&mut self, placements: &[(Arc<str>, Placement)]) {
        *self = Self::default();
        self.follow(placements);
    }

    /// Forgets panels and tabs that are gone.
    pub fn retain(&mut self, is_panel: &dyn Fn(&str) -> bool, is_tab: &dyn Fn(&str) -> bool) {
        keep(&mut self.open, &|panel| is_panel(panel));
        keep(&mut self.chosen, &|tab| is_tab(tab));
        self.marks.retain(is_panel);
    }
}
