//! Where things are on the page.

use super::arrange::{MIN_HEIGHT, MIN_WIDTH};
use super::layout::{CellId, Place, Side, StackId};

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Rect {
    /// From its left upper corner and size.
    pub fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    /// Its right edge.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Its lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether a point is in it.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }
}

/// The area that panels and scene share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The size of the panels' font.
    pub em: f64,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With its content.
    Open,
    /// A bar with the names of its tabs, in a folded window.
    Bar,
    /// The names of its tabs one below the other, in a folded column.
    Rail,
}

/// How high a cell would be with all of its content, in a form.
pub type Natural<'a> = &'a dyn Fn(CellId, Form) -> f64;

/// A cell on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellFrame {
    /// The cell.
    pub id: CellId,
    /// What it is in.
    pub stack: StackId,
    /// Where it is.
    pub rect: Rect,
    /// How it looks.
    pub form: Form,
    /// Whether it is alone in a window, which it then moves and folds.
    pub is_window: bool,
}

/// A stack on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StackFrame {
    /// The stack.
    pub id: StackId,
    /// Where it is in the layout.
    pub place: Place,
    /// Where it is on the page.
    pub rect: Rect,
    /// What it is moved by, if that is not the one cell in it.
    pub handle: Option<Rect>,
    /// Whether it is folded.
    pub is_folded: bool,
    /// Whether its height is its content's.
    pub is_auto: bool,
}

impl StackFrame {
    /// The edge at which it is docked.
    pub fn side(&self) -> Option<Side> {
        match self.place {
            Place::Docked(side, _) => Some(side),
            Place::Floating(_) => None,
        }
    }
}

/// What separates two sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Splitter {
    /// A region and the scene.
    Region(Side),
    /// The column of a region with this index and the next one.
    Columns(Side, usize),
    /// The cell of a stack with this index and the next one.
    Cells(StackId, usize),
}

impl Splitter {
    /// Whether it stands, between what is beside each other.
    pub fn is_upright(self) -> bool {
        !matches!(self, Self::Cells(..))
    }
}

/// A splitter on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitterFrame {
    /// What it separates.
    pub splitter: Splitter,
    /// The gap between the two.
    pub rect: Rect,
    /// Whether it can be moved: what is folded has no size to give.
    pub is_live: bool,
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// Width of the region at the left edge, 0 without.
    pub left: f64,
    /// Width of the region at the right edge, 0 without.
    pub right: f64,
    /// Columns, then windows from the rearmost to the foremost.
    pub stacks: Vec<StackFrame>,
    /// Cells in the order of their stacks.
    pub cells: Vec<CellFrame>,
    /// What can be dragged between them.
    pub splitters: Vec<SplitterFrame>,
}

impl Arrangement {
    /// The width of a region.
    pub fn reserved(&self, side: Side) -> f64 {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// A cell.
    pub fn cell(&self, id: CellId) -> Option<&CellFrame> {
        self.cells.iter().find(|frame| frame.id == id)
    }

    /// A stack.
    pub fn stack(&self, id: StackId) -> Option<&StackFrame> {
        self.stacks.iter().find(|frame| frame.id == id)
    }

    /// A splitter.
    pub fn splitter(&self, splitter: Splitter) -> Option<&SplitterFrame> {
        let mut splitters = self.splitters.iter();
        splitters.find(|frame| frame.splitter == splitter)
    }

    /// The column or window at a place.
    pub fn at(&self, place: Place) -> Option<&StackFrame> {
        self.stacks.iter().find(|frame| frame.place == place)
    }

    /// The size of what is before a splitter, or of a region, and the most that it can be.
    pub fn sizes_at(&self, splitter: Splitter) -> (f64, f64) {
        match splitter {
            Splitter::Region(side) => {
                let right = self
                    .stacks
                    .iter()
                    .map(|frame| frame.rect.right())
                    .fold(0.0, f64::max);
                (self.reserved(side), right.max(self.reserved(side)))
            }
            Splitter::Columns(side, index) => {
                let width = |index| {
                    let frame = self.at(Place::Docked(side, index));
                    frame.map_or(0.0, |frame| frame.rect.width)
                };
                (width(index), width(index) + width(index + 1) - MIN_WIDTH)
            }
            Splitter::Cells(id, index) => {
                let mut cells = self
                    .cells
                    .iter()
                    .filter(|frame| frame.stack == id)
                    .skip(index);
                let mut height = || cells.next().map_or(0.0, |frame| frame.rect.height);
                let (above, below) = (height(), height());
                (above, above + below - MIN_HEIGHT)
            }
        }
    }
}
