//! Components by uuid and by container.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use scenecast_dom::*;
use scenecast_protocol::gui::Component;
use scenecast_protocol::sort;
use scenecast_protocol::state::GuiState;
use scenecast_protocol::state::gui::GuiChanges;

use super::Live;
use crate::ordered::OrderedMap;

/// The components of a container, in their order.
pub(crate) type Children = RcSignal<Vec<Rc<Live>>>;

/// Wire names of properties; `None` for all of them.
type Properties = Option<Vec<Cow<'static, str>>>;

/// The store's components.
#[derive(Default)]
pub(super) struct Tree {
    live: OrderedMap<Arc<str>, Rc<Live>>,
    containers: OrderedMap<Arc<str>, Children>,
    next_serial: u32,
    /// Components of an earlier connection are still there, since its replay is not complete.
    has_remains: bool,
}

/// What signals are to be told.
#[derive(Default)]
pub(super) struct News {
    /// Other lists of children.
    pub(super) lists: Vec<(Children, Vec<Rc<Live>>)>,
    /// Other properties.
    pub(super) properties: Vec<(Rc<Live>, Properties)>,
}

impl Tree {
    pub(super) fn component(&self, uuid: &str) -> Option<Rc<Live>> {
        self.live.get(uuid).cloned()
    }

    pub(super) fn children(&mut self, container: &str) -> Children {
        let list = self
            .containers
            .get_or_insert_with(container.into(), RcSignal::default);
        list.clone()
    }

    pub(super) fn has_remains(&self) -> bool {
        self.has_remains
    }

    pub(super) fn follow(
        &mut self,
        state: &GuiState,
        changes: &GuiChanges,
        is_complete: bool,
    ) -> News {
        let mut news = News::default();
        let is_swept = self.has_remains && is_complete;
        self.has_remains = (self.has_remains || changes.everything) && !is_complete;
        let mut containers = changes.containers.clone();
        if changes.everything || is_swept {
            for (uuid, placed) in state.components() {
                self.put(state, uuid, &placed.component, None, &mut news);
                containers.push(placed.container.clone());
            }
            containers.extend(self.containers.iter().map(|(name, _)| name.clone()));
            sort::by(&mut containers, Ord::cmp);
            containers.dedup();
        } else {
            for (uuid, change) in &changes.components {
                if let Some(component) = state.component(uuid) {
                    let properties = (!change.replaced).then(|| change.properties.clone());
                    self.put(state, uuid, component, properties, &mut news);
                }
            }
        }
        for container in containers {
            self.list(state, container, &mut news);
        }
        if !self.has_remains {
            match changes.everything || is_swept {
                true => self.live.retain(|uuid, _| state.component(uuid).is_some()),
                false => {
                    for uuid in changes.components.keys() {
                        if state.component(uuid).is_none() {
                            self.live.remove(uuid);
                        }
                    }
                }
            }
        }
        news
    }

    fn put(
        &mut self,
        state: &GuiState,
        uuid: &Arc<str>,
        component: &Arc<Component>,
        properties: Properties,
        news: &mut News,
    ) {
        let is_dirty = state.is_dirty(uuid);
        let known = self.live.get(uuid);
        if let Some(live) = known.filter(|live| live.component().tag() == component.tag()) {
            if live.set(component, is_dirty) {
                news.properties.push((live.clone(), properties));
            }
            return;
        }
        let live = Live::new(uuid.clone(), self.next_serial, component.clone());
        live.set(component, is_dirty);
        self.next_serial += 1;
        self.live.insert(uuid.clone(), Rc::new(live));
    }

    fn list(&mut self, state: &GuiState, container: Arc<str>, news: &mut News) {
        let list = self.children(&container);
        let mut children: Vec<Rc<Live>> = state
            .children(&container)
            .iter()
            .filter_map(|(uuid, _)| self.component(uuid))
            .collect();
        if self.has_remains {
            let old = list.get_untracked();
            let gone = old
                .iter()
                .filter(|live| state.component(&live.uuid).is_none());
            children.extend(gone.cloned());
            sort::by(&mut children, |a, b| {
                let order = |live: &Live| live.component().order();
                order(a).total_cmp(&order(b))
            });
        }
        news.lists.push((list, children));
    }
}
