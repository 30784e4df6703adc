//! Layouts against the facts, and whatever users and servers do in whatever order.

mod arranged;
mod dropped;
mod kept;
mod placed;

use super::TabId;
use super::arrange::arrange;
use super::desk::{AreaTabs, Contents, Desk, PanelTabs};
use super::frames::{Arrangement, Bounds, Form};
use super::layout::{CellId, Layout, Side};
use scenecast_protocol::gui::panel::{
    EdgeKind, EdgePlacement, FloatKind, FloatPlacement, GuiSetPanelCollapsed, GuiSetPanelHeight,
    GuiSetPanelPosition, GuiSetPanelWidth, PanelEdge, PanelSide, Placement as Position, SplitKind,
    SplitPlacement,
};
use scenecast_protocol::state::gui::Placement;

pub(super) const BOUNDS: Bounds = Bounds {
    width: 1400.0,
    height: 800.0,
    em: 14.8,
};

pub(super) fn natural(_: CellId, _: Form) -> f64 {
    150.0
}

pub(super) fn arranged(layout: &Layout) -> Arrangement {
    arrange(layout, &BOUNDS, &natural)
}

/// A server that commands, and a page that follows.
pub(super) struct Page {
    pub(super) desk: Desk,
    pub(super) contents: Contents,
    counter: i64,
    run: String,
}

impl Page {
    pub(super) fn new() -> Self {
        let contents = Contents {
            main_width: 320.0,
            is_complete: true,
            ..Contents::default()
        };
        let mut page = Self {
            desk: Desk::default(),
            contents,
            counter: 0,
            run: "first".to_owned(),
        };
        page.sync();
        page
    }

    pub(super) fn sync(&mut self) {
        self.desk.sync(self.contents.clone());
    }

    pub(super) fn add(&mut self, uuid: &str, tabs: &[&str]) {
        self.contents.panels.push(PanelTabs {
            uuid: uuid.into(),
            tabs: tabs.iter().map(|tab| TabId::from(*tab)).collect(),
        });
    }

    pub(super) fn add_area(&mut self, uuid: &str, host: &str, tabs: &[&str]) {
        self.contents.areas.push(AreaTabs {
            uuid: uuid.into(),
            host: host.into(),
            tabs: tabs.iter().map(|tab| TabId::from(*tab)).collect(),
        });
    }

    /// Another run of the server.
    pub(super) fn restart(&mut self, run: &str) {
        self.run = run.to_owned();
        self.counter = 0;
    }

    fn placement(&mut self, uuid: &str) -> (i64, String, &mut Placement) {
        self.counter += 1;
        let placements = &mut self.contents.placements;
        let index = placements.iter().position(|(known, _)| **known == *uuid);
        let index = index.unwrap_or_else(|| {
            placements.push((uuid.into(), Placement::default()));
            placements.len() - 1
        });
        (self.counter, self.run.clone(), &mut placements[index].1)
    }

    pub(super) fn position(&mut self, uuid: &str, position: Position) {
        let (counter, run_id, placement) = self.placement(uuid);
        placement.position = Some(GuiSetPanelPosition {
            uuid: uuid.into(),
            position,
            counter,
            run_id,
        });
    }

    pub(super) fn dock(&mut self, uuid: &str, edge: PanelEdge) {
        let kind = EdgeKind::Edge;
        self.position(uuid, Position::Edge(EdgePlacement { kind, edge }));
    }

    pub(super) fn split(&mut self, uuid: &str, anchor: &str, side: PanelSide) {
        let placement = SplitPlacement {
            kind: SplitKind::Split,
            anchor_uuid: anchor.to_owned(),
            side,
        };
        self.position(uuid, Position::Split(placement));
    }

    pub(super) fn float(&mut self, uuid: &str, x: Option<f64>, y: Option<f64>) {
        let kind = FloatKind::Float;
        self.position(uuid, Position::Float(FloatPlacement { kind, x, y }));
    }

    pub(super) fn set_width(&mut self, uuid: &str, width: Option<f64>) {
        let (counter, run_id, placement) = self.placement(uuid);
        placement.width = Some(GuiSetPanelWidth {
            uuid: uuid.into(),
            width,
            counter,
            run_id,
        });
    }

    pub(super) fn set_height(&mut self, uuid: &str, height: Option<f64>) {
        let (counter, run_id, placement) = self.placement(uuid);
        placement.height = Some(GuiSetPanelHeight {
            uuid: uuid.into(),
            height,
            counter,
            run_id,
        });
    }

    pub(super) fn fold(&mut self, uuid: &str, collapsed: bool) {
        let (counter, run_id, placement) = self.placement(uuid);
        placement.collapsed = Some(GuiSetPanelCollapsed {
            uuid: uuid.into(),
            collapsed,
            counter,
            run_id,
        });
    }

    pub(super) fn cell(&self, tab: &str) -> CellId {
        self.desk.layout.cell_of(tab).expect("it is placed").id
    }

    /// The tabs of the columns at an edge.
    pub(super) fn region(&self, side: Side) -> Vec<Vec<String>> {
        let columns = self.desk.layout.region(side).iter();
        columns
            .map(|column| {
                column
                    .cells
                    .iter()
                    .map(|cell| cell.tabs.join("+"))
                    .collect()
            })
            .collect()
    }

    /// The tabs of the windows.
    pub(super) fn windows(&self) -> Vec<Vec<String>> {
        let windows = self.desk.layout.windows.iter();
        windows
            .map(|window| {
                window
                    .stack
                    .cells
                    .iter()
                    .map(|cell| cell.tabs.join("+"))
                    .collect()
            })
            .collect()
    }
}
