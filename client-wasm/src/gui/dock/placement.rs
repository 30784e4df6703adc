//! Which commands of servers apply.
//!
//! Servers say where panels are; users may move them afterwards. What a server says again, as it
//! does to who reconnects, must not undo that; what it says anew applies. Each command has a
//! number that grows within a run of the server (or of what it tells one viewer alone), so that
//! for each panel, axis and run the highest number that applied tells the two apart.

use scenecast_protocol::gui::panel::{PanelEdge, PanelSide, Placement as Position};
use scenecast_protocol::state::gui::Placement;

use super::layout::Side;
use super::name::Name;

/// For so many runs the numbers are kept, for each panel and axis; the oldest go first.
const MAX_RUNS: usize = 8;

/// What a server commands of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Command {
    /// The panel.
    pub panel: Name,
    /// The run of the server.
    pub run: Name,
    /// Its number in that.
    pub counter: i64,
    /// What is to be.
    pub wish: Wish,
}

/// How a panel is to be. What is no number counts as not said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wish {
    /// Docked at an edge.
    Edge(Side),
    /// Docked above or below another panel.
    Beside {
        /// The other panel.
        anchor: Name,
        /// Whether below it.
        is_below: bool,
    },
    /// Floating, at this place if one is said.
    Float {
        /// Pixels from the left edge of the scene, or, if negative, from the right one.
        x: Option<f64>,
        /// Pixels from the upper edge of the scene, or, if negative, from the lower one.
        y: Option<f64>,
    },
    /// So wide, or as by default.
    Width(Option<f64>),
    /// So high, or as its content.
    Height(Option<f64>),
    /// Folded or not.
    Folded(bool),
}

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

impl Command {
    /// Adds the commands of a placement to others.
    pub fn read(panel: &str, placement: &Placement, commands: &mut Vec<Self>) {
        let panel = Name::new(panel);
        let mut add = |run: &str, counter, wish| {
            let run = Name::new(run);
            commands.push(Self {
                panel,
                run,
                counter,
                wish,
            });
        };
        let number = |value: Option<f64>| value.filter(|value| value.is_finite());
        if let Some(m) = &placement.position {
            let wish = match &m.position {
                Position::Edge(to) => Wish::Edge(match to.edge {
                    PanelEdge::Left => Side::Left,
                    PanelEdge::Right => Side::Right,
                }),
                Position::Split(to) => Wish::Beside {
                    anchor: Name::new(&to.anchor_uuid),
                    is_below: to.side == PanelSide::Below,
                },
                Position::Float(to) => Wish::Float {
                    x: number(to.x),
                    y: number(to.y),
                },
            };
            add(&m.run_id, m.counter, wish);
        }
        if let Some(m) = &placement.width {
            add(&m.run_id, m.counter, Wish::Width(number(m.width)));
        }
        if let Some(m) = &placement.height {
            add(&m.run_id, m.counter, Wish::Height(number(m.height)));
        }
        if let Some(m) = &placement.collapsed {
            add(&m.run_id, m.counter, Wish::Folded(m.collapsed));
        }
    }

    /// What it is about.
    pub fn axis(&self) -> Axis {
        match self.wish {
            Wish::Edge(_) | Wish::Beside { .. } | Wish::Float { .. } => Axis::Position,
            Wish::Width(_) => Axis::Width,
            Wish::Height(_) => Axis::Height,
            Wish::Folded(_) => Axis::Folding,
        }
    }

    /// Whether it is about the same as another one.
    fn is_like(&self, other: &Self) -> bool {
        self.panel == other.panel && self.axis() == other.axis()
    }
}

/// The commands that have been applied: of each panel, axis and run the one with the highest
/// number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks(Vec<Command>);

impl Marks {
    /// Whether a command is newer than what applied of its run.
    pub fn is_new(&self, command: &Command) -> bool {
        let is_later = |mark: &Command| mark.run == command.run && mark.counter >= command.counter;
        !self
            .0
            .iter()
            .any(|mark| mark.is_like(command) && is_later(mark))
    }

    /// Notes that a command has been applied.
    pub fn note(&mut self, command: &Command) {
        let marks = &mut self.0;
        let mut mark = *command;
        let is_same = |m: &Command| m.is_like(command) && m.run == command.run;
        if let Some(index) = marks.iter().position(is_same) {
            mark.counter = mark.counter.max(marks.remove(index).counter);
        } else if marks.iter().filter(|m| m.is_like(command)).count() >= MAX_RUNS
            && let Some(index) = marks.iter().position(|m| m.is_like(command))
        {
            marks.remove(index);
        }
        marks.push(mark);
    }

    /// Forgets the commands to panels that are gone.
    pub fn retain(&mut self, stays: &dyn Fn(Name) -> bool) {
        self.0.retain(|mark| stays(mark.panel));
    }
}

/// Commands to fold, which wait until all panels are where they belong: folding is what a column
/// or window does, and it matters which panels are in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foldings(Vec<Command>);

impl Foldings {
    /// Adds a command; it replaces an earlier one to the same panel.
    pub fn push(&mut self, folding: Command) {
        self.0.retain(|other| other.panel != folding.panel);
        self.0.push(folding);
    }

    /// Takes them out in the order in which they were given: by number within a run, and runs in
    /// the order in which they were heard of.
    pub fn take(&mut self) -> Vec<Command> {
        let mut ordered: Vec<Command> = Vec::new();
        for folding in std::mem::take(&mut self.0) {
            // Before the first of its run that is later, or else after its run.
            let is_of_run = |other: &Command| other.run == folding.run;
            let is_later = |other: &Command| is_of_run(other) && other.counter > folding.counter;
            let at = ordered.iter().position(is_later);
            let end = ordered.iter().rposition(is_of_run).map(|last| last + 1);
            ordered.insert(at.or(end).unwrap_or(ordered.len()), folding);
        }
        ordered
    }
}
