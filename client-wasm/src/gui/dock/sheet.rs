//! What narrow windows have instead of docked and floating panels: a sheet at the lower edge, with
//! the control panel and below it the other panels, each of which can be unfolded.

use super::TabId;
use super::layout::keep;
use super::name::Name;
use super::placement::{Command, Marks, Wish};

/// Windows narrower than this many ems have a sheet.
pub const MAX_EMS: f64 = 36.0;

/// Which parts of the sheet are unfolded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The whole sheet is no more than its header.
    pub is_folded: bool,
    open: Vec<Name>,
    /// Tabs in the order in which they were asked for.
    chosen: Vec<TabId>,
    marks: Marks,
}

impl Sheet {
    /// Whether a panel is unfolded; at first none is.
    pub fn is_open(&self, panel: Name) -> bool {
        self.open.contains(&panel)
    }

    /// Unfolds or folds a panel.
    pub fn set_open(&mut self, panel: Name, is_open: bool) {
        keep(&mut self.open, &|open| open != panel);
        if is_open {
            self.open.push(panel);
        }
    }

    /// Shows a tab among those of its panel or tab group.
    pub fn choose(&mut self, tab: TabId) {
        keep(&mut self.chosen, &|chosen| chosen != tab);
        self.chosen.push(tab);
    }

    /// Which of some tabs is shown: the one that was asked for last, or else the first.
    pub fn shown(&self, tabs: &[TabId]) -> Option<TabId> {
        let mut chosen = self.chosen.iter().rev();
        let chosen = chosen.find(|chosen| tabs.contains(chosen));
        chosen.or(tabs.first()).copied()
    }

    /// Applies new commands to fold and unfold. What applied to panels beside the scene applies
    /// here as well: the two know nothing of each other.
    pub fn follow(&mut self, commands: &[Command]) {
        for command in commands {
            if let Wish::Folded(is_folded) = command.wish
                && self.marks.is_new(command)
            {
                self.marks.note(command);
                self.set_open(command.panel, !is_folded);
            }
        }
    }

    /// Forgets what users did.
    pub fn reset(&mut self, commands: &[Command]) {
        *self = Self::default();
        self.follow(commands);
    }

    /// Forgets panels and tabs that are gone.
    pub fn retain(&mut self, is_panel: &dyn Fn(Name) -> bool, is_tab: &dyn Fn(Name) -> bool) {
        keep(&mut self.open, is_panel);
        keep(&mut self.chosen, is_tab);
        self.marks.retain(is_panel);
    }
}
