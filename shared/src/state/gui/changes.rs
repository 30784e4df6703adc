//! What has changed in the GUI since somebody looked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What has changed. It grows with the number of components, not with that of messages.
#[derive(Clone, Debug, Default)]
pub struct GuiChanges {
    /// Everything may be different: what was known before is to be compared with what is there.
    pub everything: bool,
    /// Components that came, went, or have other properties.
    pub components: BTreeMap<Arc<str>, ComponentChange>,
    /// Containers with other components, or with components in another order.
    pub containers: Vec<Arc<str>>,
    /// Some panel came, went or changed.
    pub panels: bool,
    /// Some panel was placed.
    pub placements: bool,
    /// Some dialog opened or closed.
    pub modals: bool,
    /// Some notification came, went or changed.
    pub notifications: bool,
    /// Some command came, went or changed.
    pub commands: bool,
    /// The theme.
    pub theme: bool,
    /// The control panel's heading.
    pub label: bool,
    /// The address under which the scene is shared.
    pub share_url: bool,
}

/// What has changed of one component.
#[derive(Clone, Debug, Default)]
pub struct ComponentChange {
    /// It is new, gone, or another one of the same uuid.
    pub replaced: bool,
    /// Wire names of properties with new values; `value`, and [`DIRTY`](super::DIRTY) of forms,
    /// count as such.
    pub properties: Vec<Cow<'static, str>>,
}

impl GuiChanges {
    pub(super) fn everything() -> Self {
        Self {
            everything: true,
            panels: true,
            placements: true,
            modals: true,
            notifications: true,
            commands: true,
            theme: true,
            label: true,
            share_url: true,
            ..Self::default()
        }
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        let flags = [
            self.everything,
            self.panels,
            self.placements,
            self.modals,
            self.notifications,
            self.commands,
            self.theme,
            self.label,
            self.share_url,
        ];
        !flags.contains(&true) && self.components.is_empty() && self.containers.is_empty()
    }

    pub(super) fn component(&mut self, uuid: &Arc<str>) -> &mut ComponentChange {
        self.components.entry(uuid.clone()).or_default()
    }

    pub(super) fn container(&mut self, container: &Arc<str>) {
        if !self.containers.contains(container) {
            self.containers.push(container.clone());
        }
    }
}

impl ComponentChange {
    pub(super) fn note(&mut self, property: &str) {
        if !self.properties.iter().any(|known| *known == *property) {
            self.properties.push(match property {
                "value" => Cow::Borrowed("value"),
                other => Cow::Owned(other.to_owned()),
            });
        }
    }
}
