//! The components of one scope: adding them, removing them, and what viewers say about them.

use super::{
    GuiHandle,
    component::{Component, Parts, Said},
    element::{Element, Viewer},
    layout::Placements,
    tree::{Host, Taken, Tree},
};
use crate::{
    error::{Error, Result},
    infra::{outgoing::Change, runtime::Runtime},
    random,
    scope::Scope,
};
use scenecast_protocol::{Value, wire::Props};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// The components of one scope.
pub(crate) struct GuiInner {
    pub(crate) scope: Scope,
    pub(crate) runtime: Runtime,
    /// Held from a change of the tree until its messages are handed over, so that no one else can
    /// speak about a component before its creation.
    tree: Mutex<Tree>,
    /// The order of components that are given none, over all scopes of a server.
    pub(super) next_order: Arc<AtomicU64>,
    pub(super) placements: Placements,
    /// Whether viewers have been sent Plotly.
    pub(super) has_plotly: AtomicBool,
}

impl GuiInner {
    pub(super) fn new(scope: Scope, runtime: Runtime, next_order: Arc<AtomicU64>) -> Self {
        Self {
            scope,
            runtime,
            tree: Mutex::default(),
            next_order,
            placements: Placements::default(),
            has_plotly: AtomicBool::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a component to a container, of this scope or of `host`.
    pub(super) fn add<C: Component>(
        self: &Arc<Self>,
        mut parts: Parts<C>,
        container: &Arc<str>,
        host: Option<&Arc<GuiInner>>,
    ) -> Result<GuiHandle<C>> {
        let order = parts.order.unwrap_or_else(|| {
            let order = self.next_order.fetch_add(1, Ordering::Relaxed);
            order as f64
        });
        // Commands have no order, which is no error; a number always fits.
        let _ = parts.props.set("order", &Value::Float(order));

        let uuid: Arc<str> = random::uuid().into();
        let blank = C::blank(&parts.props);
        let first = blank.as_ref().unwrap_or(&parts.props);
        let creation = C::creation(
            Arc::clone(&uuid),
            Arc::clone(container),
            first,
            &parts.value,
        );
        let filling = blank.map_or_else(Vec::new, |blank| blank.diff(&parts.props));
        let element = Arc::new(Element::new(Arc::clone(&uuid), self, parts));
        let filling = filling.into_iter().map(|(name, v)| element.encode(name, v));
        let mut messages: Vec<_> = std::iter::once(self.scope.encode(creation, 0))
            .chain(filling)
            .collect();

        let host = host.filter(|_| C::PLACE.list().is_none());
        if C::IS_FORM
            && host
                .map_or(self.as_ref(), Arc::as_ref)
                .is_in_form(container)
        {
            return Err(Error::InvalidValue {
                what: "form",
                reason: "it would be in another form; put them beside each other".to_owned(),
            });
        }
        let mut tree = self.lock();
        match (C::PLACE.list(), host) {
            (None, Some(gui)) => {
                let (gui, container) = (Arc::downgrade(gui), Arc::clone(container));
                tree.insert_guest(
                    &uuid,
                    Arc::<Element<C>>::clone(&element),
                    Host { gui, container },
                );
            }
            (list, _) => {
                let parent = list.map_or_else(|| Arc::clone(container), Into::into);
                tree.insert(
                    &uuid,
                    Arc::<Element<C>>::clone(&element),
                    &parent,
                    C::IS_FORM,
                )?;
            }
        }
        let sequence = self.scope.outbox.sequence();
        for message in &mut messages {
            message.sequence = sequence;
        }
        let changes = messages.into_iter().map(Change::Push);
        self.scope.push_all(changes.collect());
        drop(tree);

        if let Some(host) = host {
            // After it is in the tree: a container that goes now finds it there.
            let guest = (Arc::downgrade(self), Arc::clone(&uuid));
            let invited = host.lock().invite(container, guest);
            if let Err(error) = invited {
                let _ = self.remove(&uuid);
                return Err(error);
            }
        }
        Ok(GuiHandle {
            element,
            gui: Arc::clone(self),
        })
    }

    /// Adds a container that viewers know by what it is in, such as a tab.
    pub(super) fn add_inside(
        &self,
        uuid: &Arc<str>,
        element: Arc<dyn super::element::AnyElement>,
        parent: &Arc<str>,
    ) -> Result<()> {
        self.lock().insert(uuid, element, parent, false)
    }

    /// Makes sure that there is the container that a node shows.
    pub(crate) fn open(&self, container: &Arc<str>) {
        self.lock().open(container);
    }

    /// Removes a component with all that is in it.
    pub(crate) fn remove(&self, uuid: &Arc<str>) -> Result<()> {
        let tree = self.lock();
        if tree.get(uuid).is_none() {
            return Err(Error::Removed {
                name: Arc::clone(uuid),
            });
        }
        let_go(self.take(tree, uuid));
        Ok(())
    }

    /// Removes the container that a node shows, with all that is in it. What is returned is to be
    /// dropped without locks.
    pub(crate) fn close(&self, container: &Arc<str>) -> Closed {
        Closed(Some(self.take(self.lock(), container)))
    }

    fn take(&self, mut tree: MutexGuard<'_, Tree>, uuid: &Arc<str>) -> Taken {
        let taken = tree.take(uuid);
        let messages = taken.elements.iter().filter_map(|element| element.retire());
        let messages = messages.map(|message| {
            let sequence = self.scope.outbox.sequence();
            self.scope.encode(message, sequence).into()
        });
        self.scope.push_all(messages.collect());
        taken
    }

    /// Removes all that is in a container or list.
    pub(super) fn remove_all_in(&self, container: &str) {
        let children = self.lock().children(container);
        for child in children {
            // An error means that another thread was faster.
            let _ = self.remove(&child);
        }
    }

    /// Whether a container is a form, or in one.
    fn is_in_form(&self, container: &str) -> bool {
        self.lock().is_in_form(container)
    }

    pub(super) fn forget_all_callbacks(&self) {
        let elements = self.lock().elements();
        for element in elements {
            element.forget_callbacks();
        }
    }

    /// Hands what a viewer says to the component; `false` if it is not in this GUI.
    pub(super) fn hear(self: &Arc<Self>, uuid: &str, said: &Said<'_>, viewer: &Viewer<'_>) -> bool {
        let element = self.lock().get(uuid);
        let found = element.is_some();
        if let Some(element) = element {
            element.hear(self, said, viewer);
        }
        found
    }
}

/// What was in a container. Callbacks are forgotten when this is dropped.
pub(crate) struct Closed(Option<Taken>);

impl Drop for Closed {
    fn drop(&mut self) {
        if let Some(taken) = self.0.take() {
            let_go(taken);
        }
    }
}

/// Unlinks what was taken from other scopes, and forgets its callbacks. To be called without locks.
fn let_go(taken: Taken) {
    for (host, uuid) in taken.hosts {
        if let Some(gui) = host.gui.upgrade() {
            gui.lock().dismiss(&host.container, &uuid);
        }
    }
    for (gui, uuid) in taken.guests {
        if let Some(gui) = gui.upgrade() {
            let _ = gui.remove(&uuid);
        }
    }
    for element in taken.elements {
        element.forget_callbacks();
    }
}
