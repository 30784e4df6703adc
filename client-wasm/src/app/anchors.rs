//! What hangs on scene nodes: elements of the page that follow their nodes on the screen. These are
//! containers of GUI, and the name of the node that is pointed at in the table of nodes.

use glam::DVec2;
use scenecast_dom::Mounted;
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{NodeId, SceneTree};
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use crate::gui::components;
use crate::gui::mount::Gui;
use crate::interaction::view::View;
use crate::ordered::OrderedMap;

/// The highest place among elements that lie over each other, as in viser.
const MAX_Z_INDEX: f64 = 16_777_271.0;

/// The containers in the page, by node.
pub(super) struct Anchors {
    document: Document,
    parent: Option<HtmlElement>,
    shown: OrderedMap<NodeId, Anchor>,
    tag: Option<HtmlElement>,
}

struct Anchor {
    element: HtmlElement,
    container: String,
    /// Its components, for as long as it is in the page.
    _mounted: Mounted,
}

impl Anchors {
    pub(super) fn new(document: &Document) -> Self {
        let parent = document.get_element_by_id("anchors");
        Self {
            document: document.clone(),
            parent: parent.and_then(|parent| parent.dyn_into().ok()),
            shown: OrderedMap::default(),
            tag: None,
        }
    }

    /// Moves the containers to where their nodes are seen. Those of hidden nodes, and of nodes
    /// behind the camera, are not in the page.
    pub(super) fn place(
        &mut self,
        scene: &SceneTree,
        containers: &[NodeId],
        view: &View,
        [near, far]: [f64; 2],
        gui: &Gui,
    ) {
        let mut places = OrderedMap::default();
        for &id in containers {
            let Some(Node::Gui3D(node)) = scene.node(id) else {
                continue;
            };
            if scene.is_visible(id)
                && let Some((at, distance)) = seen(scene, id, view)
            {
                let part = (far - distance) / (far - near);
                let z_index = (MAX_Z_INDEX * part).clamp(0.0, MAX_Z_INDEX).round();
                places.insert(id, (&node.container_uuid, at, z_index));
            }
        }
        self.shown.retain(|id, anchor| {
            let stays = places
                .get(id)
                .is_some_and(|(container, ..)| **container == anchor.container);
            if !stays {
                anchor.element.remove();
            }
            stays
        });
        for (id, (container, at, z_index)) in places.into_entries() {
            if let Some(anchor) = self.anchor(id, scene.name(id), container, gui) {
                place(&anchor.element, at);
                // A style can always be set.
                let _ = anchor
                    .element
                    .style()
                    .set_property("z-index", &z_index.to_string());
            }
        }
    }

    /// Shows the name of a node where the node is seen, or no name. A node behind the camera has
    /// none.
    pub(super) fn place_tag(&mut self, scene: &SceneTree, node: Option<NodeId>, view: &View) {
        let shown = node.and_then(|id| Some((id, seen(scene, id, view)?.0)));
        let Some((id, at)) = shown else {
            if let Some(tag) = self.tag.take() {
                tag.remove();
            }
            return;
        };
        if self.tag.is_none() {
            self.tag = self.element("span", "tag");
        }
        if let Some(tag) = &self.tag {
            let name = scene.name(id);
            if tag.text_content().as_deref() != Some(name) {
                tag.set_text_content(Some(name));
            }
            place(tag, at);
        }
    }

    fn anchor(&mut self, id: NodeId, name: &str, container: &str, gui: &Gui) -> Option<&Anchor> {
        if self.shown.get(&id).is_none() {
            let element = self.element("div", "paper")?;
            // Screen readers call it by its node; attributes can always be set.
            let _ = element.set_attribute("role", "region");
            let _ = element.set_attribute("aria-label", name);
            let components = {
                let container = container.to_owned();
                move || components::container(&container, 0)
            };
            let anchor = Anchor {
                _mounted: gui.mount_in(element.clone(), components),
                element,
                container: container.to_owned(),
            };
            self.shown.insert(id, anchor);
        }
        self.shown.get(&id)
    }

    /// A new element in the page.
    fn element(&self, tag: &str, class: &str) -> Option<HtmlElement> {
        let element = self.document.create_element(tag).ok()?;
        element.set_class_name(class);
        self.parent.as_ref()?.append_child(&element).ok()?;
        Some(element.unchecked_into())
    }
}

/// Where on the screen a node is seen, and how far from the camera it is; `None` behind the camera.
fn seen(scene: &SceneTree, id: NodeId, view: &View) -> Option<(DVec2, f64)> {
    let origin = scene.world_from_node(id).translation;
    let offset = origin - view.render_from_camera.w_axis.truncate();
    let at = DVec2::from(view.project(origin)) * view.size;
    (offset.dot(view.forward()) > 0.0 && at.is_finite()).then(|| (at, offset.length()))
}

fn place(element: &HtmlElement, at: DVec2) {
    let position = format!("translate({:.1}px, {:.1}px)", at.x, at.y);
    // A style can always be set.
    let _ = element.style().set_property("transform", &position);
}
