//! Which components there are, and what is in what.

use super::{GuiInner, component::Place, element::AnyElement};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// The container at the top.
pub(super) const ROOT: &str = "root";

/// What is in no container is in one of these lists. No uuid is one of their names.
const MODALS: &str = "modals";
const PANELS: &str = "panels";
const COMMANDS: &str = "commands";
/// Of one viewer, in containers of the GUI of all.
pub(super) const FOREIGN: &str = "foreign";
/// Containers shown by nodes of the scene.
const NODES: &str = "nodes";

/// Whatever [`Gui::reset`](super::Gui::reset) removes, in its order.
pub(super) const RESET: [&str; 5] = [ROOT, FOREIGN, MODALS, PANELS, COMMANDS];

impl Place {
    /// The list that holds components of this place, unless they are in a container.
    pub(super) fn list(self) -> Option<&'static str> {
        match self {
            Place::Container => None,
            Place::Modals => Some(MODALS),
            Place::Panels => Some(PANELS),
            Place::Commands => Some(COMMANDS),
        }
    }
}

/// A container of another scope's GUI, in which a component is.
pub(super) struct Host {
    pub(super) gui: Weak<GuiInner>,
    pub(super) container: Arc<str>,
}

/// A component, a tab, or a list, with what is in it.
struct Entry {
    /// `None` for lists, and for containers that nodes show.
    element: Option<Arc<dyn AnyElement>>,
    parent: Arc<str>,
    /// In the order in which they were added.
    children: Vec<Arc<str>>,
    /// What is in here of the GUIs of single viewers.
    guests: Vec<(Weak<GuiInner>, Arc<str>)>,
    host: Option<Host>,
    is_form: bool,
}

/// What was taken out of a tree.
#[derive(Default)]
pub(super) struct Taken {
    /// What is in it follows a component.
    pub(super) elements: Vec<Arc<dyn AnyElement>>,
    pub(super) guests: Vec<(Weak<GuiInner>, Arc<str>)>,
    pub(super) hosts: Vec<(Host, Arc<str>)>,
}

/// The components of one scope.
pub(super) struct Tree {
    entries: FxHashMap<Arc<str>, Entry>,
}

impl Default for Tree {
    fn default() -> Self {
        let lists = [ROOT, MODALS, PANELS, COMMANDS, FOREIGN, NODES];
        let entries = lists.map(|name| (name.into(), Entry::list()));
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}

impl Entry {
    fn list() -> Self {
        Self {
            element: None,
            parent: "".into(),
            children: Vec::new(),
            guests: Vec::new(),
            host: None,
            is_form: false,
        }
    }
}

impl Tree {
    pub(super) fn get(&self, uuid: &str) -> Option<Arc<dyn AnyElement>> {
        self.entries.get(uuid)?.element.clone()
    }

    /// All components.
    pub(super) fn elements(&self) -> Vec<Arc<dyn AnyElement>> {
        let elements = self.entries.values();
        elements.filter_map(|entry| entry.element.clone()).collect()
    }

    /// What is in a container or list, in the order in which it was added.
    pub(super) fn children(&self, container: &str) -> Vec<Arc<str>> {
        let entry = self.entries.get(container);
        entry.map_or_else(Vec::new, |entry| entry.children.clone())
    }

    /// Puts a component into a container or list.
    ///
    /// # Errors
    /// The container has been removed.
    pub(super) fn insert(
        &mut self,
        uuid: &Arc<str>,
        element: Arc<dyn AnyElement>,
        parent: &Arc<str>,
        is_form: bool,
    ) -> Result<()> {
        let container = self.entries.get_mut(parent).ok_or_else(|| Error::Removed {
            name: Arc::clone(parent),
        })?;
        container.children.push(Arc::clone(uuid));
        let entry = Entry {
            element: Some(element),
            parent: Arc::clone(parent),
            is_form,
            ..Entry::list()
        };
        self.entries.insert(Arc::clone(uuid), entry);
        Ok(())
    }

    /// Puts a component that is in a container of another scope.
    pub(super) fn insert_guest(
        &mut self,
        uuid: &Arc<str>,
        element: Arc<dyn AnyElement>,
        host: Host,
    ) {
        // The list is always there.
        if self.insert(uuid, element, &FOREIGN.into(), false).is_ok()
            && let Some(entry) = self.entries.get_mut(uuid)
        {
            entry.host = Some(host);
        }
    }

    /// Lets a container know what another scope has put into it.
    ///
    /// # Errors
    /// The container has been removed.
    pub(super) fn invite(
        &mut self,
        container: &Arc<str>,
        guest: (Weak<GuiInner>, Arc<str>),
    ) -> Result<()> {
        let entry = self.entries.get_mut(container);
        let entry = entry.ok_or_else(|| Error::Removed {
            name: Arc::clone(container),
        })?;
        entry.guests.push(guest);
        Ok(())
    }

    /// Forgets a guest.
    pub(super) fn dismiss(&mut self, container: &str, guest: &str) {
        if let Some(entry) = self.entries.get_mut(container) {
            entry.guests.retain(|(_, uuid)| &**uuid != guest);
        }
    }

    /// Makes sure that there is the container that a node shows.
    pub(super) fn open(&mut self, container: &Arc<str>) {
        if !self.entries.contains_key(container) {
            let entry = Entry {
                parent: NODES.into(),
                ..Entry::list()
            };
            self.entries.insert(Arc::clone(container), entry);
        }
    }

    /// Whether a container is a form, or in one.
    pub(super) fn is_in_form(&self, container: &str) -> bool {
        let mut next = self.entries.get(container);
        while let Some(entry) = next {
            if entry.is_form {
                return true;
            }
            next = self.entries.get(&entry.parent);
        }
        false
    }

    /// Takes out a component and all that is in it: first the component, then what is in it, child
    /// by child.
    pub(super) fn take(&mut self, uuid: &Arc<str>) -> Taken {
        let mut taken = Taken::default();
        let parent = self
            .entries
            .get(uuid)
            .map(|entry| Arc::clone(&entry.parent));
        let siblings = parent.and_then(|parent| self.entries.get_mut(&parent));
        if let Some(siblings) = siblings {
            siblings.children.retain(|child| child != uuid);
        }
        let mut next = vec![Arc::clone(uuid)];
        while let Some(uuid) = next.pop() {
            let Some(entry) = self.entries.remove(&uuid) else {
                continue;
            };
            next.extend(entry.children.into_iter().rev());
            taken.elements.extend(entry.element);
            taken.guests.extend(entry.guests);
            taken.hosts.extend(entry.host.map(|host| (host, uuid)));
        }
        taken
    }
}
