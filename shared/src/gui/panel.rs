//! Panels.

use std::sync::Arc;

props! {
    /// A window of its own with tabs.
    pub struct Panel as "GuiPanelProps" {
        /// Labels of the tabs.
        tab_labels ("_tab_labels"): Vec<String> = Vec::new(),
        /// Icons of the tabs, as SVG.
        tab_icons_html ("_tab_icons_html"): Vec<Option<String>> = Vec::new(),
        /// Containers of the tabs.
        tab_container_ids ("_tab_container_ids"): Vec<String> = Vec::new(),
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Whether it is shown.
        visible: bool = true,
    }
}

message! {
    /// Adds a panel.
    pub struct GuiPanel as "GuiPanelMessage" {
        /// Names the panel.
        uuid: Arc<str>,
        /// Its properties.
        props: Panel,
    }
}

message! {
    /// Removes a panel.
    pub struct GuiPanelRemove as "GuiPanelRemoveMessage" {
        /// The panel.
        uuid: Arc<str>,
    }
}

literal! {
    /// An edge of the window.
    PanelEdge {
        /// The left edge.
        Left = "left",
        /// The right edge.
        Right = "right",
    }
}

literal! {
    /// A side of another panel.
    PanelSide {
        /// Above it.
        Above = "above",
        /// Below it.
        Below = "below",
    }
}

literal! {
    /// Marks an [`EdgePlacement`].
    EdgeKind {
        /// The mark.
        Edge = "edge",
    }
}

literal! {
    /// Marks a [`SplitPlacement`].
    SplitKind {
        /// The mark.
        Split = "split",
    }
}

literal! {
    /// Marks a [`FloatPlacement`].
    FloatKind {
        /// The mark.
        Float = "float",
    }
}

record! {
    /// Docked at an edge.
    pub struct EdgePlacement as "EdgePlacement" {
        /// Which placement this is.
        kind: EdgeKind,
        /// The edge.
        edge: PanelEdge,
    }
}

record! {
    /// Above or below another panel.
    pub struct SplitPlacement as "SplitPlacement" {
        /// Which placement this is.
        kind: SplitKind,
        /// The other panel.
        anchor_uuid: String,
        /// The side of it.
        side: PanelSide,
    }
}

record! {
    /// Floating. Negative coordinates are gaps from the right or bottom edge.
    pub struct FloatPlacement as "FloatPlacement" {
        /// Which placement this is.
        kind: FloatKind,
        /// Pixels from the left; `None` for the viewer's choice.
        x: Option<f64>,
        /// Pixels from the top; `None` for the viewer's choice.
        y: Option<f64>,
    }
}

/// Where a panel is.
#[derive(Clone, Debug, PartialEq)]
pub enum Placement {
    /// At an edge.
    Edge(EdgePlacement),
    /// Beside another panel.
    Split(SplitPlacement),
    /// Floating.
    Float(FloatPlacement),
}

union! { Placement: "an edge, split or float placement" {
    Edge(EdgePlacement),
    Split(SplitPlacement),
    Float(FloatPlacement),
} }

message! {
    /// Moves a panel.
    pub struct GuiSetPanelPosition as "GuiSetPanelPositionMessage" {
        /// The panel.
        uuid: Arc<str>,
        /// Where to.
        position: Placement,
        /// Grows with each placement of a run; viewers ignore what is older than they have.
        counter: i64,
        /// Names the run of the server.
        run_id: String,
    }
}

message! {
    /// Sets the width of a panel.
    pub struct GuiSetPanelWidth as "GuiSetPanelWidthMessage" {
        /// The panel.
        uuid: Arc<str>,
        /// Pixels; `None` for the viewer's choice.
        width: Option<f64>,
        /// Grows with each placement of a run; viewers ignore what is older than they have.
        counter: i64,
        /// Names the run of the server.
        run_id: String,
    }
}

message! {
    /// Sets the height of a floating panel.
    pub struct GuiSetPanelHeight as "GuiSetPanelHeightMessage" {
        /// The panel.
        uuid: Arc<str>,
        /// Pixels; `None` for the viewer's choice.
        height: Option<f64>,
        /// Grows with each placement of a run; viewers ignore what is older than they have.
        counter: i64,
        /// Names the run of the server.
        run_id: String,
    }
}

message! {
    /// Folds or unfolds a panel.
    pub struct GuiSetPanelCollapsed as "GuiSetPanelCollapsedMessage" {
        /// The panel.
        uuid: Arc<str>,
        /// Whether it is folded.
        collapsed: bool,
        /// Grows with each placement of a run; viewers ignore what is older than they have.
        counter: i64,
        /// Names the run of the server.
        run_id: String,
    }
}
