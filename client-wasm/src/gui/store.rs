//! The GUI's state as signals.
//!
//! Each property of each component is a signal of its own, which exists as soon as a view reads
//! it. [`Store::follow`] writes them, at most once before each picture.

mod live;
pub(crate) mod nodes;
pub(crate) mod page;
mod tree;
pub(crate) mod uploads;

use std::rc::Rc;
use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::gui::command::Command;
use scenecast_protocol::gui::notification::Notification;
use scenecast_protocol::gui::{GuiModal, Panel, ThemeConfiguration};
use scenecast_protocol::state::GuiState;
use scenecast_protocol::state::gui::{GuiChanges, Placement};

pub(crate) use live::Live;
use nodes::Nodes;
use page::Page;
pub(crate) use tree::Children;
use tree::Tree;
use uploads::ShownUpload;

use super::calm::Beat;
use crate::connection::Status;
use crate::url_params::UrlParams;

/// The signals. It is a small handle, to be copied into every closure.
#[derive(Clone, Copy)]
pub(crate) struct Store {
    tree: StoredValue<Tree>,
    /// Standalone panels, in the order in which they came.
    pub(crate) panels: RwSignal<Vec<(Arc<str>, Arc<Panel>)>>,
    /// Where panels were put.
    pub(crate) placements: RwSignal<Vec<(Arc<str>, Placement)>>,
    /// Open dialogs.
    pub(crate) modals: RwSignal<Vec<GuiModal>>,
    /// Notifications of the server.
    pub(crate) notifications: RwSignal<Vec<(Arc<str>, Arc<Notification>)>>,
    /// Commands.
    pub(crate) commands: RwSignal<Vec<(Arc<str>, Arc<Command>)>>,
    /// The page's look; `None` if the server never said.
    pub(crate) theme: RwSignal<Option<Arc<ThemeConfiguration>>>,
    /// The control panel's heading; `None` for the state of the connection.
    pub(crate) label: RwSignal<Option<String>>,
    /// The address under which the scene is shared.
    pub(crate) share_url: RwSignal<Option<String>>,
    /// Files on their way to the server.
    pub(crate) uploads: RwSignal<Vec<ShownUpload>>,
    /// The state of the connection.
    pub(crate) connection: RwSignal<Status>,
    /// The table of scene nodes.
    pub(crate) nodes: Nodes,
    /// What the page knows of itself.
    pub(crate) page: Page,
    /// When values that keep changing are read.
    pub(super) beat: Beat,
    /// Nothing is missing, as it may be in the midst of a replay.
    pub(crate) is_complete: RwSignal<bool>,
}

impl Store {
    pub(super) fn new(params: &UrlParams) -> Self {
        Self {
            tree: StoredValue::new(Tree::default()),
            panels: RwSignal::default(),
            placements: RwSignal::default(),
            modals: RwSignal::default(),
            notifications: RwSignal::default(),
            commands: RwSignal::default(),
            theme: RwSignal::default(),
            label: RwSignal::default(),
            share_url: RwSignal::default(),
            uploads: RwSignal::default(),
            connection: RwSignal::new(Status::Connecting),
            nodes: Nodes::new(),
            page: Page::new(params),
            beat: Beat::new(),
            is_complete: RwSignal::new(false),
        }
    }

    /// A component, by uuid.
    pub(crate) fn component(self, uuid: &str) -> Option<Rc<Live>> {
        self.tree.with_value(|tree| tree.component(uuid))
    }

    /// The components of a container, in their order. A container need not exist yet, or any more.
    pub(crate) fn children(self, container: &str) -> Children {
        let children = self.tree.try_update_value(|tree| tree.children(container));
        children.unwrap_or_default()
    }

    /// Takes over what has changed. `is_complete` says that the state is all that there is, not
    /// the first part of a replay: only then does what is not in it go. The value of a component
    /// that `is_withheld` is not shown yet. Returns how many components have changed.
    pub(super) fn follow(
        self,
        state: &mut GuiState,
        is_complete: bool,
        is_withheld: &dyn Fn(&str) -> bool,
    ) -> usize {
        if self.is_complete.get_untracked() != is_complete {
            self.is_complete.set(is_complete);
        }
        let changes = state.take_changes();
        if changes.is_empty() && !(is_complete && self.tree.with_value(Tree::has_remains)) {
            return 0;
        }
        let follow = |tree: &mut Tree| tree.follow(state, &changes, is_complete);
        let news = self.tree.try_update_value(follow).unwrap_or_default();
        // The tree is free again: who hears of the news reads it.
        for (list, children) in news.lists {
            list.set(children);
        }
        for (live, properties) in news.properties {
            live.notify(properties.as_deref(), is_withheld(&live.uuid));
        }
        self.follow_surroundings(state, &changes);
        changes.components.len()
    }

    /// Shows what a component's user has put in.
    pub(super) fn edit(self, state: &GuiState, uuid: &str) {
        if let (Some(live), Some(component)) = (self.component(uuid), state.component(uuid)) {
            live.edit(component);
        }
    }

    /// Shows a value that was withheld.
    pub(super) fn release(self, uuid: &str) {
        if let Some(live) = self.component(uuid) {
            live.notify(Some(&["value".into()]), false);
        }
    }

    fn follow_surroundings(self, state: &GuiState, changes: &GuiChanges) {
        if changes.panels {
            self.panels.set(state.panels.clone());
        }
        if changes.placements {
            self.placements.set(state.placements.clone());
        }
        if changes.modals {
            self.modals.set(state.modals.clone());
        }
        if changes.notifications {
            self.notifications.set(state.notifications.clone());
        }
        if changes.commands {
            self.commands.set(state.commands.clone());
        }
        if changes.theme {
            self.theme.set(state.theme.clone());
        }
        if changes.label {
            self.label.set(state.label.clone());
        }
        if changes.share_url {
            self.share_url.set(state.share_url.clone());
        }
    }
}
