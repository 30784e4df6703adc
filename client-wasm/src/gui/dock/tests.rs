//! Layouts against the facts, and whatever users and servers do in whatever order.

mod arranged;
mod dropped;
mod kept;
mod placed;

use super::arrange::arrange;
use super::desk::{AreaTabs, Contents, Desk, PanelTabs};
use super::frames::{Arrangement, Bounds, Form};
use super::layout::{CellId, Layout, Side};
use super::name::Name;
use super::placement::Command;
use scenecast_protocol::gui::panel::{
    EdgeKind, EdgePlacement, FloatKind, FloatPlacement, GuiSetPanelCollapsed, GuiSetPanelHeight,
    GuiSetPanelPosition, GuiSetPanelWidth, PanelEdge, PanelSide, Placement as Position, SplitKind,
    SplitPlacement,
};
use scenecast_protocol::state::gui::Placement;

pub(super) const MAIN: &str = "viser-control-panel";

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
    pub(super) placements: Vec<(String, Placement)>,
    /// All tabs that it has had.
    texts: Vec<String>,
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
            placements: Vec::new(),
            texts: vec![MAIN.to_owned()],
            counter: 0,
            run: "first".to_owned(),
        };
        page.sync();
        page
    }

    pub(super) fn sync(&mut self) {
        self.contents.commands.clear();
        for (panel, placement) in &self.placements {
            Command::read(panel, placement, &mut self.contents.commands);
        }
        self.desk.sync(self.contents.clone());
    }

    pub(super) fn names(&mut self, tabs: &[&str]) -> Vec<Name> {
        self.texts.extend(tabs.iter().map(|tab| (*tab).to_owned()));
        tabs.iter().map(|tab| Name::new(tab)).collect()
    }

    /// Tabs beside each other.
    pub(super) fn joined(&self, tabs: &[Name]) -> String {
        let text = |tab: &Name| self.texts.iter().find(|text| Name::new(text) == *tab);
        let texts = tabs
            .iter()
            .map(|tab| text(tab).expect("it is known").as_str());
        texts.collect::<Vec<_>>().join("+")
    }

    pub(super) fn add(&mut self, uuid: &str, tabs: &[&str]) {
        let (uuid, tabs) = (Name::new(uuid), self.names(tabs));
        self.contents.panels.push(PanelTabs { uuid, tabs });
    }

    pub(super) fn add_area(&mut self, uuid: &str, host: &str, tabs: &[&str]) {
        let (uuid, tabs) = (Name::new(uuid), self.names(tabs));
        let host = Name::new(host);
        self.contents.areas.push(AreaTabs { uuid, host, tabs });
    }

    /// Another run of the server.
    pub(super) fn restart(&mut self, run: &str) {
        self.run = run.to_owned();
        self.counter = 0;
    }

    fn placement(&mut self, uuid: &str) -> (i64, String, &mut Placement) {
        self.counter += 1;
        let placements = &mut self.placements;
        let index = placements.iter().position(|(known, _)| known == uuid);
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
        self.desk
            .layout
            .cell_of(Name::new(tab))
            .expect("it is placed")
            .id
    }

    /// The tabs of the columns at an edge.
    pub(super) fn region(&self, side: Side) -> Vec<Vec<String>> {
        let columns = self.desk.layout.region(side).iter();
        columns
            .map(|column| {
                column
                    .cells
                    .iter()
                    .map(|cell| self.joined(&cell.tabs))
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
                    .map(|cell| self.joined(&cell.tabs))
                    .collect()
            })
            .collect()
    }
}
