//! What the page has measured.

use crate::gui::dock::TabId;
use crate::gui::dock::frames::Form;
use crate::gui::dock::layout::{CellId, Layout};

/// How high things are.
#[derive(Default)]
pub(super) struct Heights {
    /// The contents of tabs.
    contents: Vec<(TabId, f64)>,
    /// What is above them, and whether that is a rail.
    heads: Vec<((CellId, bool), f64)>,
}

impl Heights {
    fn content(&self, tab: TabId) -> f64 {
        let known = self.contents.iter().find(|(known, _)| *known == tab);
        known.map_or(0.0, |(_, height)| *height)
    }

    fn head(&self, head: (CellId, bool)) -> f64 {
        let known = self.heads.iter().find(|(known, _)| *known == head);
        known.map_or(0.0, |(_, height)| *height)
    }

    /// Whether it is new that the content of a tab has this height. Hidden ones have none, and keep
    /// what they had.
    pub(super) fn is_content_new(&self, tab: TabId, height: f64) -> bool {
        height > 0.0 && self.content(tab) != height
    }

    /// The content of a tab has this height.
    pub(super) fn set_content(&mut self, tab: TabId, height: f64) {
        self.contents.retain(|(known, _)| *known != tab);
        self.contents.push((tab, height));
    }

    /// Whether it is new that what is above the content of a cell has this height.
    pub(super) fn is_head_new(&self, id: CellId, form: Form, height: f64) -> bool {
        form != Form::Bar && height > 0.0 && self.head((id, form == Form::Rail)) != height
    }

    /// What is above the content of a cell has this height.
    pub(super) fn set_head(&mut self, id: CellId, form: Form, height: f64) {
        let head = (id, form == Form::Rail);
        self.heads.retain(|(known, _)| *known != head);
        self.heads.push((head, height));
    }

    /// Whether something is measured that is gone.
    pub(super) fn is_stale(&self, layout: &Layout) -> bool {
        let is_gone = |tab: TabId| layout.cell_of(tab).is_none();
        self.contents.iter().any(|(tab, _)| is_gone(*tab))
    }

    /// Forgets what is gone.
    pub(super) fn retain(&mut self, layout: &Layout) {
        self.contents
            .retain(|(tab, _)| layout.cell_of(*tab).is_some());
        self.heads.retain(|((id, _), _)| layout.cell(*id).is_some());
    }

    /// How high a cell would be with all of its content.
    pub(super) fn natural(&self, layout: &Layout, id: CellId, form: Form) -> f64 {
        let head = self.head((id, form == Form::Rail));
        if form == Form::Rail {
            return head;
        }
        let shown = layout.cell(id).and_then(|cell| cell.shown());
        head + shown.map_or(0.0, |tab| self.content(tab))
    }
}
