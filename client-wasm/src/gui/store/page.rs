//! What the page knows of itself.

use scenecast_dom::*;
use scenecast_protocol::state::gui::ROOT_CONTAINER;

use super::Store;
use crate::connection::Status;
use crate::status::{Level, Notice};
use crate::url_params::{UrlParams, without_token};

/// What is open over everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// The list of commands.
    Palette,
    /// Sharing.
    Share,
    /// What this is, and which versions.
    About,
}

/// The page's own signals. It is a small handle, to be copied into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// The server's address, without a token.
    pub(crate) server: RwSignal<String>,
    /// What to say about the connection.
    pub(crate) notice: RwSignal<Notice>,
    /// Dark colours.
    pub(crate) is_dark: RwSignal<bool>,
    /// The page's address asks for them, whatever the server says.
    pub(crate) is_always_dark: bool,
    /// The logo.
    pub(crate) shows_logo: RwSignal<bool>,
    /// Numbers about drawing.
    pub(crate) shows_stats: RwSignal<bool>,
    /// The camera is written to the console.
    pub(crate) logs_camera: RwSignal<bool>,
    /// The point that the camera orbits has a gizmo.
    pub(crate) shows_orbit_tool: RwSignal<bool>,
    /// That point is marked while it moves.
    pub(crate) shows_crosshair: RwSignal<bool>,
    /// Pixels of the canvas for each CSS pixel; `None` for what the screen has.
    pub(crate) fixed_dpr: RwSignal<Option<f64>>,
    /// Settings are shown in place of the server's components.
    pub(crate) shows_settings: RwSignal<bool>,
    /// What is open over everything else.
    pub(crate) opened: RwSignal<Option<Opened>>,
    /// Keys are those of a Mac.
    pub(crate) is_mac: bool,
}

impl Page {
    pub(super) fn new(params: &UrlParams) -> Self {
        let navigator = web_sys::window().map(|window| window.navigator());
        let platform = navigator.and_then(|navigator| navigator.platform().ok());
        let platform = platform.unwrap_or_default();
        Self {
            server: RwSignal::new(without_token(&params.server)),
            notice: RwSignal::new(Notice {
                level: Level::Busy,
                title: "",
                detail: String::new(),
            }),
            is_dark: RwSignal::new(params.dark),
            is_always_dark: params.dark,
            shows_logo: RwSignal::new(!params.hide_logo),
            shows_stats: RwSignal::new(params.show_stats),
            logs_camera: RwSignal::new(params.log_camera),
            shows_orbit_tool: RwSignal::new(params.show_orbit_tool),
            shows_crosshair: RwSignal::new(true),
            fixed_dpr: RwSignal::new(params.fixed_dpr),
            shows_settings: RwSignal::new(false),
            opened: RwSignal::new(None),
            is_mac: platform.contains("Mac") || platform.contains("iP"),
        }
    }

    /// Opens something over everything else.
    pub(crate) fn open(self, what: Opened) {
        self.opened.set(Some(what));
    }

    /// Closes it.
    pub(crate) fn close(self) {
        self.opened.set(None);
    }
}

impl Store {
    /// Whether the connection is up. Who asks hears of changes.
    pub(crate) fn is_connected(self) -> bool {
        let is_up = |status: &Status| matches!(status, Status::Connected { .. });
        self.connection.with(is_up)
    }

    /// Whether the server wants a token that we do not have. Who asks hears of changes.
    pub(crate) fn needs_token(self) -> bool {
        let needs_it = |status: &Status| matches!(status, Status::TokenNeeded { .. });
        // While a recording is shown, nobody cares for the server.
        self.connection.with(needs_it) && self.page.notice.with(|n| n.level == Level::Trouble)
    }

    /// Whether the server has put something into the control panel. Who asks hears of changes.
    pub(crate) fn has_components(self) -> bool {
        self.children(ROOT_CONTAINER)
            .with(|children| !children.is_empty())
    }
}
