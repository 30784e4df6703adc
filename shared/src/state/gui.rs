//! What a viewer knows of the GUI.
//!
//! Components are kept by uuid and belong to a container by its name; one whose container is not
//! there yet simply waits. Everything is reference-counted, so that views can keep what they show.

mod changes;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::gui::command::Command;
use crate::gui::notification::Notification;
use crate::gui::panel::{
    GuiSetPanelCollapsed, GuiSetPanelHeight, GuiSetPanelPosition, GuiSetPanelWidth,
};
use crate::gui::{AddComponent, Component, GuiModal, Panel, ThemeConfiguration};
use crate::wire::{DecodeError, Props, Updates};

pub use changes::{ComponentChange, GuiChanges};

/// Components deeper than this in containers are in no form.
const MAX_NESTING: usize = 64;

/// The container of the control panel.
pub const ROOT_CONTAINER: &str = "root";

/// Components, panels, dialogs, notifications, commands and the theme.
#[derive(Clone, Debug, Default)]
pub struct GuiState {
    components: FxHashMap<Arc<str>, Placed>,
    /// Components by container, in the order in which they came.
    containers: FxHashMap<Arc<str>, Vec<Arc<str>>>,
    /// Forms with changes that are not submitted.
    dirty_forms: Vec<Arc<str>>,
    /// Panels, in the order in which they came.
    pub panels: Vec<(Arc<str>, Arc<Panel>)>,
    /// The last placement of each panel.
    pub placements: Vec<(Arc<str>, Placement)>,
    /// Open dialogs, in the order in which they opened.
    pub modals: Vec<GuiModal>,
    /// Notifications, in the order in which they came.
    pub notifications: Vec<(Arc<str>, Arc<Notification>)>,
    /// Commands, in the order in which they were registered.
    pub commands: Vec<(Arc<str>, Arc<Command>)>,
    /// The page's look; `None` if the server never said.
    pub theme: Option<Arc<ThemeConfiguration>>,
    /// The control panel's heading; `None` for the state of the connection.
    pub label: Option<String>,
    /// The address under which the scene is shared.
    pub share_url: Option<String>,
    pub(super) changes: GuiChanges,
}

/// A component in its container.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The container.
    pub container: Arc<str>,
    /// Kind, properties and value.
    pub component: Arc<Component>,
}

/// Where a panel was put, on each axis: the last message about it. Whether it applies is up to
/// whoever lays panels out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// Docked, split or floating.
    pub position: Option<GuiSetPanelPosition>,
    /// Its width.
    pub width: Option<GuiSetPanelWidth>,
    /// Its height.
    pub height: Option<GuiSetPanelHeight>,
    /// Whether its container is collapsed.
    pub collapsed: Option<GuiSetPanelCollapsed>,
}

impl GuiState {
    /// A component, by uuid.
    pub fn component(&self, uuid: &str) -> Option<&Arc<Component>> {
        self.components.get(uuid).map(|placed| &placed.component)
    }

    /// A component with its container, by uuid.
    pub fn placed(&self, uuid: &str) -> Option<&Placed> {
        self.components.get(uuid)
    }

    /// Every component, in no order.
    pub fn components(&self) -> impl Iterator<Item = (&Arc<str>, &Placed)> {
        self.components.iter()
    }

    /// The components of a container by `order`, those of equal order as they came.
    pub fn children(&self, container: &str) -> Vec<(Arc<str>, Arc<Component>)> {
        let uuids = self.containers.get(container).into_iter().flatten();
        let mut children: Vec<_> = uuids
            .filter_map(|uuid| Some((uuid.clone(), self.component(uuid)?.clone())))
            .collect();
        crate::sort::by(&mut children, |(_, a), (_, b)| {
            a.order().total_cmp(&b.order())
        });
        children
    }

    /// Whether a form has changes that are not submitted.
    pub fn is_dirty(&self, form: &str) -> bool {
        self.dirty_forms.iter().any(|dirty| **dirty == *form)
    }

    /// The form that a component is in, through folders and tabs.
    pub fn form_of(&self, uuid: &str) -> Option<&Arc<str>> {
        let mut inner = self.components.get(uuid)?;
        // A peer may nest containers in a circle.
        for _ in 0..MAX_NESTING {
            let (outer_uuid, outer) = self
                .components
                .get_key_value(&inner.container)
                .or_else(|| self.tab_group_of(&inner.container))?;
            if matches!(*outer.component, Component::Form(_)) {
                return Some(outer_uuid);
            }
            inner = outer;
        }
        None
    }

    fn tab_group_of(&self, container: &str) -> Option<(&Arc<str>, &Placed)> {
        self.components()
            .find(|(_, placed)| match &*placed.component {
                Component::TabGroup(tabs) => {
                    tabs.tab_container_ids.iter().any(|id| id == container)
                }
                _ => false,
            })
    }

    /// What has changed since this was last called.
    pub fn take_changes(&mut self) -> GuiChanges {
        std::mem::take(&mut self.changes)
    }

    /// The state of a viewer that has connected again: nothing, where there may have been much.
    pub(super) fn restarted() -> Self {
        Self {
            changes: GuiChanges::everything(),
            ..Self::default()
        }
    }

    /// Becomes `target`.
    pub(super) fn adopt(&mut self, target: Self) {
        *self = target;
        self.changes = GuiChanges::everything();
    }

    pub(super) fn add(&mut self, message: &AddComponent) {
        let uuid = &message.uuid;
        let placed = Placed {
            container: message.container_uuid.as_str().into(),
            component: Arc::new((*message.component).clone()),
        };
        self.changes.container(&placed.container);
        let container = placed.container.clone();
        let old = self.components.insert(uuid.clone(), placed);
        match old {
            Some(old) if old.container == container => {}
            other => {
                if let Some(old) = other {
                    self.detach(&old.container, uuid);
                }
                let siblings = self.containers.entry(container).or_default();
                siblings.push(uuid.clone());
            }
        }
        self.changes.component(uuid).replaced = true;
        self.set_dirty(uuid, false);
    }

    pub(super) fn remove(&mut self, uuid: &Arc<str>) {
        if let Some(old) = self.components.remove(uuid) {
            self.detach(&old.container, uuid);
            self.changes.component(uuid).replaced = true;
        }
        self.set_dirty(uuid, false);
    }

    fn detach(&mut self, container: &Arc<str>, uuid: &str) {
        if let Some(siblings) = self.containers.get_mut(container) {
            siblings.retain(|sibling| **sibling != *uuid);
            if siblings.is_empty() {
                self.containers.remove(container);
            }
        }
        self.changes.container(container);
    }

    /// Sets properties, or the value, of a component or panel. Names that it does not have are
    /// of a later version, and skipped.
    ///
    /// # Errors
    /// A value is of another type than its property; the others are set.
    pub(super) fn update(
        &mut self,
        uuid: &Arc<str>,
        updates: &Updates,
    ) -> Result<(), (String, DecodeError)> {
        if let Some(placed) = self.components.get_mut(uuid) {
            let component = Arc::make_mut(&mut placed.component);
            let change = self.changes.component(uuid);
            let mut is_reordered = false;
            let outcome = set_all(updates, |name, value| {
                let is_known = component.set(name, value)?;
                if is_known {
                    change.note(name);
                    is_reordered |= name == "order";
                }
                Ok(())
            });
            if is_reordered {
                self.changes.container(&placed.container);
            }
            return outcome;
        }
        if let Some(panel) = get_mut(&mut self.panels, uuid) {
            self.changes.panels = true;
            let panel = Arc::make_mut(panel);
            return set_all(updates, |name, value| panel.set(name, value).map(drop));
        }
        Ok(())
    }

    pub(super) fn set_dirty(&mut self, form: &Arc<str>, is_dirty: bool) {
        if self.is_dirty(form) == is_dirty {
            return;
        }
        if !is_dirty {
            self.dirty_forms.retain(|dirty| dirty != form);
        } else if self.components.contains_key(form) {
            self.dirty_forms.push(form.clone());
        }
        self.changes.component(form).note(DIRTY);
    }

    pub(super) fn set_panel(&mut self, uuid: &Arc<str>, panel: Option<&Panel>) {
        set(&mut self.panels, uuid, panel);
        self.changes.panels = true;
        // A panel that comes is not where an earlier one of its name was.
        self.placements.retain(|(known, _)| known != uuid);
    }

    pub(super) fn place(&mut self, uuid: &Arc<str>, change: impl FnOnce(&mut Placement)) {
        let index = self.placements.iter().position(|(known, _)| known == uuid);
        let index = index.unwrap_or_else(|| {
            self.placements.push((uuid.clone(), Placement::default()));
            self.placements.len() - 1
        });
        if let Some((_, placement)) = self.placements.get_mut(index) {
            change(placement);
        }
        self.changes.placements = true;
    }

    pub(super) fn open_modal(&mut self, modal: &GuiModal) {
        match self.modals.iter_mut().find(|open| open.uuid == modal.uuid) {
            Some(open) => open.clone_from(modal),
            None => self.modals.push(modal.clone()),
        }
        self.changes.modals = true;
    }

    pub(super) fn close_modal(&mut self, uuid: &str) {
        self.modals.retain(|modal| *modal.uuid != *uuid);
        self.changes.modals = true;
    }

    pub(super) fn set_notification(&mut self, uuid: &Arc<str>, shown: Option<&Notification>) {
        set(&mut self.notifications, uuid, shown);
        self.changes.notifications = true;
    }

    /// Changes a notification that is still there.
    pub(super) fn update_notification(&mut self, uuid: &Arc<str>, shown: &Notification) {
        if let Some(notification) = get_mut(&mut self.notifications, uuid) {
            *notification = Arc::new(shown.clone());
            self.changes.notifications = true;
        }
    }

    pub(super) fn set_command(&mut self, uuid: &Arc<str>, command: Option<&Command>) {
        set(&mut self.commands, uuid, command);
        self.changes.commands = true;
    }

    pub(super) fn update_command(
        &mut self,
        uuid: &Arc<str>,
        updates: &Updates,
    ) -> Result<(), (String, DecodeError)> {
        let Some(command) = get_mut(&mut self.commands, uuid) else {
            return Ok(());
        };
        self.changes.commands = true;
        let command = Arc::make_mut(command);
        set_all(updates, |name, value| command.set(name, value).map(drop))
    }

    pub(super) fn set_theme(&mut self, theme: &ThemeConfiguration) {
        self.theme = Some(Arc::new(theme.clone()));
        self.changes.theme = true;
    }

    pub(super) fn set_label(&mut self, label: Option<&String>) {
        self.label = label.cloned();
        self.changes.label = true;
    }

    pub(super) fn set_share_url(&mut self, url: Option<&String>) {
        self.share_url = url.cloned();
        self.changes.share_url = true;
    }
}

/// The name under which [`ComponentChange`] notes that a form is or is no longer dirty.
pub const DIRTY: &str = "dirty";

/// Sets what it can; the last error with the name of its property.
fn set_all(
    updates: &Updates,
    mut set: impl FnMut(&str, &crate::Value) -> Result<(), DecodeError>,
) -> Result<(), (String, DecodeError)> {
    let mut outcome = Ok(());
    for (name, value) in &updates.0 {
        if let Err(error) = set(name, value) {
            outcome = Err((name.to_string(), error));
        }
    }
    outcome
}

fn get_mut<'a, T>(list: &'a mut [(Arc<str>, Arc<T>)], uuid: &str) -> Option<&'a mut Arc<T>> {
    let entry = list.iter_mut().find(|(known, _)| **known == *uuid);
    entry.map(|(_, entry)| entry)
}

/// Adds or replaces an entry, or with `None` removes it.
fn set<T: Clone>(list: &mut Vec<(Arc<str>, Arc<T>)>, uuid: &Arc<str>, entry: Option<&T>) {
    match (get_mut(list, uuid), entry) {
        (Some(old), Some(new)) => *old = Arc::new(new.clone()),
        (None, Some(new)) => list.push((uuid.clone(), Arc::new(new.clone()))),
        (_, None) => list.retain(|(known, _)| known != uuid),
    }
}

#[cfg(test)]
mod tests;
