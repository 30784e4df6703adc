//! Where panels are: commands to viewers, who may move panels themselves afterwards.

use super::{Gui, GuiHandle, Panel, components::GuiInner};
use crate::{
    error::{Error, Result},
    random,
};
use scenecast_protocol::{
    Message,
    gui::panel::{
        EdgeKind, EdgePlacement, FloatKind, FloatPlacement, GuiSetPanelCollapsed,
        GuiSetPanelHeight, GuiSetPanelPosition, GuiSetPanelWidth, PanelEdge, PanelSide, Placement,
        SplitKind, SplitPlacement,
    },
};
use std::sync::{Arc, Mutex, PoisonError};

/// The panel that holds the root container.
const MAIN_PANEL: &str = "viser-control-panel";

/// Numbers the commands of one scope: viewers ignore what is older than they have.
pub(super) struct Placements {
    /// Held until the command is handed over, so that numbers are in order.
    counter: Mutex<i64>,
    run_id: String,
}

impl Default for Placements {
    fn default() -> Self {
        Self {
            counter: Mutex::new(0),
            run_id: random::hex(4),
        }
    }
}

impl GuiInner {
    /// Sends commands under one number.
    fn place<const N: usize>(&self, commands: impl FnOnce(i64, &str) -> [Message; N]) {
        let counter = &self.placements.counter;
        let mut counter = counter.lock().unwrap_or_else(PoisonError::into_inner);
        *counter += 1;
        let messages = commands(*counter, &self.placements.run_id).map(|message| {
            let sequence = self.scope.outbox.sequence();
            self.scope.encode(message, sequence).into()
        });
        self.scope.push_all(messages.into_iter().collect());
    }
}

/// Where a floating panel is, and how large. What is not set is left to viewers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Float {
    x: Option<f64>,
    y: Option<f64>,
    width: Option<f64>,
    height: Option<f64>,
}

impl Float {
    /// Pixels from the left edge of the scene; negative numbers are a gap to the right edge.
    #[must_use]
    pub fn x(mut self, x: f64) -> Self {
        self.x = Some(x);
        self
    }

    /// Pixels from the top of the scene; negative numbers are a gap to its bottom.
    #[must_use]
    pub fn y(mut self, y: f64) -> Self {
        self.y = Some(y);
        self
    }

    /// Pixels.
    #[must_use]
    pub fn width(mut self, width: f64) -> Self {
        self.width = Some(width);
        self
    }

    /// Pixels.
    #[must_use]
    pub fn height(mut self, height: f64) -> Self {
        self.height = Some(height);
        self
    }
}

/// The control panel, which holds what is in no other panel.
#[derive(Debug, Clone)]
pub struct MainPanel {
    gui: Gui,
}

impl Gui {
    /// The control panel. [`Client::gui`](crate::Client::gui)'s is that of one viewer.
    pub fn main_panel(&self) -> MainPanel {
        MainPanel { gui: self.clone() }
    }
}

impl MainPanel {
    /// Puts it where it is at first, whatever was said about it before.
    pub(super) fn put_back(&self) {
        self.gui.inner.place(|counter, run_id| {
            [
                position(MAIN_PANEL.into(), floating(None, None), counter, run_id),
                width(MAIN_PANEL.into(), None, counter, run_id),
                height(MAIN_PANEL.into(), None, counter, run_id),
                collapsed(MAIN_PANEL.into(), false, counter, run_id),
            ]
        });
    }
}

/// A panel beside which another one is docked: `&panel.into()`, or the main panel.
#[derive(Debug, Clone)]
pub struct Anchor(AnchorPanel);

#[derive(Debug, Clone)]
enum AnchorPanel {
    Main,
    Panel(GuiHandle<Panel>),
}

impl From<&GuiHandle<Panel>> for Anchor {
    fn from(panel: &GuiHandle<Panel>) -> Self {
        Self(AnchorPanel::Panel(panel.clone()))
    }
}

impl From<&MainPanel> for Anchor {
    fn from(_: &MainPanel) -> Self {
        Self(AnchorPanel::Main)
    }
}

impl Anchor {
    /// Its uuid, as an anchor for a panel of this scope.
    fn uuid(&self, gui: &Arc<GuiInner>, placed: &str) -> Result<String> {
        let uuid = match &self.0 {
            AnchorPanel::Main => MAIN_PANEL.to_owned(),
            AnchorPanel::Panel(panel) => {
                panel.element.read(|_| ())?;
                if !Arc::ptr_eq(&panel.gui, gui) {
                    return Err(wrong(
                        "anchor",
                        "the panels are not for the same viewers; use `main_panel`".to_owned(),
                    ));
                }
                panel.element.uuid.to_string()
            }
        };
        if uuid == placed {
            let reason = "a panel cannot be docked beside itself; name another one".to_owned();
            return Err(wrong("anchor", reason));
        }
        Ok(uuid)
    }
}

fn wrong(what: &'static str, reason: String) -> Error {
    Error::InvalidValue { what, reason }
}

fn check_size(what: &'static str, pixels: f64) -> Result<()> {
    if pixels > 0.0 && pixels.is_finite() {
        return Ok(());
    }
    let reason = format!("{pixels} is no size in pixels; give a positive number");
    Err(wrong(what, reason))
}

fn check_coordinate(what: &'static str, pixels: Option<f64>) -> Result<()> {
    match pixels {
        Some(pixels) if !pixels.is_finite() => {
            let reason = format!("{pixels} is no place in pixels; give a finite number");
            Err(wrong(what, reason))
        }
        Some(_) | None => Ok(()),
    }
}

fn edge(edge: PanelEdge) -> Placement {
    Placement::Edge(EdgePlacement {
        kind: EdgeKind::Edge,
        edge,
    })
}

fn floating(x: Option<f64>, y: Option<f64>) -> Placement {
    Placement::Float(FloatPlacement {
        kind: FloatKind::Float,
        x,
        y,
    })
}

/// A command about one side of where a panel is.
macro_rules! command {
    ($name:ident, $Message:ident, $field:ident: $ty:ty) => {
        fn $name(uuid: Arc<str>, $field: $ty, counter: i64, run_id: &str) -> Message {
            let run_id = run_id.to_owned();
            $Message {
                uuid,
                $field,
                counter,
                run_id,
            }
            .into()
        }
    };
}

command! { position, GuiSetPanelPosition, position: Placement }
command! { width, GuiSetPanelWidth, width: Option<f64> }
command! { height, GuiSetPanelHeight, height: Option<f64> }
command! { collapsed, GuiSetPanelCollapsed, collapsed: bool }

/// The commands that all panels take. `$placed` gives the scope and the uuid, or an error if the
/// panel has been removed.
macro_rules! placements {
    ($Handle:ty, |$self:ident| $placed:expr) => {
        impl $Handle {
            fn placed(&self) -> Result<(&Arc<GuiInner>, Arc<str>)> {
                let $self = self;
                $placed
            }

            fn set_position(&self, to: Placement) -> Result<()> {
                let (gui, uuid) = self.placed()?;
                gui.place(|counter, run_id| [position(uuid, to, counter, run_id)]);
                Ok(())
            }

            /// Docks it at the left edge of the page.
            ///
            /// # Errors
            /// The panel has been removed.
            pub fn dock_left(&self) -> Result<()> {
                self.set_position(edge(PanelEdge::Left))
            }

            /// Docks it at the right edge of the page.
            ///
            /// # Errors
            /// The panel has been removed.
            pub fn dock_right(&self) -> Result<()> {
                self.set_position(edge(PanelEdge::Right))
            }

            /// Docks it above another panel.
            ///
            /// # Errors
            /// One of them has been removed, they are the same, or for different viewers.
            pub fn dock_above(&self, anchor: impl Into<Anchor>) -> Result<()> {
                self.dock_beside(&anchor.into(), PanelSide::Above)
            }

            /// Docks it below another panel.
            ///
            /// # Errors
            /// One of them has been removed, they are the same, or for different viewers.
            pub fn dock_below(&self, anchor: impl Into<Anchor>) -> Result<()> {
                self.dock_beside(&anchor.into(), PanelSide::Below)
            }

            fn dock_beside(&self, anchor: &Anchor, side: PanelSide) -> Result<()> {
                let (gui, uuid) = self.placed()?;
                let anchor_uuid = anchor.uuid(gui, &uuid)?;
                self.set_position(Placement::Split(SplitPlacement {
                    kind: SplitKind::Split,
                    anchor_uuid,
                    side,
                }))
            }

            /// Lets it float over the scene.
            ///
            /// # Errors
            /// The panel has been removed, or a number is not finite, or a size not positive.
            pub fn float(&self, at: Float) -> Result<()> {
                check_coordinate("x", at.x)?;
                check_coordinate("y", at.y)?;
                at.width
                    .map_or(Ok(()), |pixels| check_size("width", pixels))?;
                at.height
                    .map_or(Ok(()), |pixels| check_size("height", pixels))?;
                self.set_position(floating(at.x, at.y))?;
                at.width.map_or(Ok(()), |pixels| self.set_width(pixels))?;
                at.height.map_or(Ok(()), |pixels| self.set_height(pixels))
            }

            /// Sets its width in pixels.
            ///
            /// # Errors
            /// The panel has been removed, or the width is not positive and finite.
            pub fn set_width(&self, pixels: f64) -> Result<()> {
                check_size("width", pixels)?;
                let (gui, uuid) = self.placed()?;
                gui.place(|counter, run_id| [width(uuid, Some(pixels), counter, run_id)]);
                Ok(())
            }

            /// Sets its height in pixels, which counts while it floats.
            ///
            /// # Errors
            /// The panel has been removed, or the height is not positive and finite.
            pub fn set_height(&self, pixels: f64) -> Result<()> {
                check_size("height", pixels)?;
                let (gui, uuid) = self.placed()?;
                gui.place(|counter, run_id| [height(uuid, Some(pixels), counter, run_id)]);
                Ok(())
            }

            /// Folds it to its heading, with all that it is docked to.
            ///
            /// # Errors
            /// The panel has been removed.
            pub fn minimize(&self) -> Result<()> {
                let (gui, uuid) = self.placed()?;
                gui.place(|counter, run_id| [collapsed(uuid, true, counter, run_id)]);
                Ok(())
            }

            /// Unfolds it.
            ///
            /// # Errors
            /// The panel has been removed.
            pub fn expand(&self) -> Result<()> {
                let (gui, uuid) = self.placed()?;
                gui.place(|counter, run_id| [collapsed(uuid, false, counter, run_id)]);
                Ok(())
            }
        }
    };
}

placements! { GuiHandle<Panel>, |panel| {
    panel.element.read(|_| ())?;
    Ok((&panel.gui, Arc::clone(&panel.element.uuid)))
} }

placements! { MainPanel, |panel| Ok((&panel.gui.inner, MAIN_PANEL.into())) }
