//! Which commands of servers apply.
//!
//! Servers say where panels are; users may move them afterwards. What a server says again, as it
//! does to who reconnects, must not undo that; what it says anew applies. Each command has a
//! number that grows within a run of the server (or of what it tells one viewer alone), so that
//! for each panel, axis and run the highest number that applied tells the two apart.

use std::sync::Arc;

use scenecast_protocol::gui::panel::{
    GuiSetPanelCollapsed, GuiSetPanelHeight, GuiSetPanelPosition, GuiSetPanelWidth,
    Placement as Position,
};
use scenecast_protocol::state::gui::Placement;

/// For so many runs the numbers are kept, for each panel and axis; the oldest go first.
const MAX_RUNS: usize = 8;

/// What is commanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Where it is.
    Position,
    /// Its width.
    Width,
    /// Its height.
    Height,
    /// Whether it is folded.
    Folding,
}

#[derive(Clone, Debug, PartialEq)]
struct Mark {
    panel: Arc<str>,
    axis: Axis,
    run: String,
    counter: i64,
}

/// The commands that have been applied.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks(Vec<Mark>);

impl Marks {
    /// Whether a command is newer than what applied of its run.
    pub fn is_new(&self, panel: &str, axis: Axis, run: &str, counter: i64) -> bool {
        let mark = self.of(panel, axis).find(|mark| mark.run == run);
        mark.is_none_or(|mark| counter > mark.counter)
    }

    fn of(&self, panel: &str, axis: Axis) -> impl Iterator<Item = &Mark> {
        let marks = self.0.iter();
        marks.filter(move |mark| *mark.panel == *panel && mark.axis == axis)
    }

    /// Notes that a command has been applied.
    pub fn note(&mut self, panel: &Arc<str>, axis: Axis, run: &str, counter: i64) {
        let mut counter = counter;
        let is_same = |mark: &Mark| mark.panel == *panel && mark.axis == axis;
        if let Some(index) = self.0.iter().position(|m| is_same(m) && m.run == run) {
            counter = counter.max(self.0.remove(index).counter);
        } else if self.of(panel, axis).count() >= MAX_RUNS
            && let Some(index) = self.0.iter().position(is_same)
        {
            self.0.remove(index);
        }
        self.0.push(Mark {
            panel: panel.clone(),
            axis,
            run: run.to_owned(),
            counter,
        });
    }

    /// Forgets the commands to panels that are gone.
    pub fn retain(&mut self, stays: &dyn Fn(&str) -> bool) {
        self.0.retain(|mark| stays(&mark.panel));
    }
}

/// What is to be done with a panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Orders {
    /// Where to.
    pub position: Option<GuiSetPanelPosition>,
    /// The width to set.
    pub width: Option<GuiSetPanelWidth>,
    /// The height to set.
    pub height: Option<GuiSetPanelHeight>,
    /// Whether to fold it.
    pub folding: Option<GuiSetPanelCollapsed>,
}

impl Orders {
    /// What of a placement applies. To a panel that is nowhere everything does: there is nothing
    /// to disturb.
    pub fn new(panel: &str, placement: &Placement, marks: &Marks, is_placed: bool) -> Self {
        let applies =
            |axis, run: &str, counter| !is_placed || marks.is_new(panel, axis, run, counter);
        let position = placement.position.as_ref();
        let width = placement.width.as_ref();
        let height = placement.height.as_ref();
        let folding = placement.collapsed.as_ref();
        Self {
            position: position
                .filter(|m| applies(Axis::Position, &m.run_id, m.counter))
                .cloned(),
            width: width
                .filter(|m| applies(Axis::Width, &m.run_id, m.counter))
                .cloned(),
            height: height
                .filter(|m| applies(Axis::Height, &m.run_id, m.counter))
                .cloned(),
            folding: folding
                .filter(|m| applies(Axis::Folding, &m.run_id, m.counter))
                .cloned(),
        }
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.position.is_none()
            && self.width.is_none()
            && self.height.is_none()
            && self.folding.is_none()
    }

    /// The panel that it is to be above or below of.
    pub fn anchor(&self) -> Option<&str> {
        match self.position.as_ref().map(|message| &message.position) {
            Some(Position::Split(split)) => Some(&split.anchor_uuid),
            _ => None,
        }
    }

    /// Whether it docks the panel.
    pub fn docks(&self) -> bool {
        let position = self.position.as_ref().map(|message| &message.position);
        matches!(position, Some(Position::Edge(_) | Position::Split(_)))
    }

    /// Notes all of it as applied.
    pub fn note(&self, panel: &Arc<str>, marks: &mut Marks) {
        if let Some(m) = &self.position {
            marks.note(panel, Axis::Position, &m.run_id, m.counter);
        }
        if let Some(m) = &self.width {
            marks.note(panel, Axis::Width, &m.run_id, m.counter);
        }
        if let Some(m) = &self.height {
            marks.note(panel, Axis::Height, &m.run_id, m.counter);
        }
        if let Some(m) = &self.folding {
            marks.note(panel, Axis::Folding, &m.run_id, m.counter);
        }
    }
}

/// Commands to fold, which wait until all panels are where they belong: folding is what a column
/// or window does, and it matters which panels are in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foldings(Vec<GuiSetPanelCollapsed>);

impl Foldings {
    /// Adds a command; it replaces an earlier one to the same panel.
    pub fn push(&mut self, folding: GuiSetPanelCollapsed) {
        self.0.retain(|other| other.uuid != folding.uuid);
        self.0.push(folding);
    }

    /// Takes them out in the order in which they were given: by number within a run, and runs in
    /// the order in which they were heard of.
    pub fn take(&mut self) -> Vec<GuiSetPanelCollapsed> {
        let mut ordered: Vec<GuiSetPanelCollapsed> = Vec::new();
        for folding in std::mem::take(&mut self.0) {
            // Before the first of its run that is later, or else after its run.
            let is_of_run = |other: &GuiSetPanelCollapsed| other.run_id == folding.run_id;
            let is_later =
                |other: &GuiSetPanelCollapsed| is_of_run(other) && other.counter > folding.counter;
            let at = ordered.iter().position(is_later);
            let end = ordered.iter().rposition(is_of_run).map(|last| last + 1);
            ordered.insert(at.or(end).unwrap_or(ordered.len()), folding);
        }
        ordered
    }
}
