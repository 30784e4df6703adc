//! Containers of GUI that hang on scene nodes: elements of the page that follow their nodes on the
//! screen. What they contain is the GUI's business.

use glam::DVec2;
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{NodeId, SceneTree};
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use crate::interaction::view::View;
use crate::ordered::OrderedMap;

/// The highest place among elements that lie over each other, as in viser.
const MAX_Z_INDEX: f64 = 16_777_271.0;

/// The containers in the page, by node.
pub(super) struct Anchors {
    document: Document,
    parent: Option<HtmlElement>,
    shown: OrderedMap<NodeId, Anchor>,
}

struct Anchor {
    element: HtmlElement,
    container: String,
}

impl Anchors {
    pub(super) fn new(document: &Document) -> Self {
        let parent = document.get_element_by_id("anchors");
        Self {
            document: document.clone(),
            parent: parent.and_then(|parent| parent.dyn_into().ok()),
            shown: OrderedMap::default(),
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
    ) {
        let mut places = OrderedMap::default();
        for &id in containers {
            let Some(Node::Gui3D(gui)) = scene.node(id) else {
                continue;
            };
            let origin = scene.world_from_node(id).translation;
            let offset = origin - view.render_from_camera.w_axis.truncate();
            if scene.is_visible(id) && offset.dot(view.forward()) > 0.0 {
                let at = DVec2::from(view.project(origin)) * view.size;
                let part = (far - offset.length()) / (far - near);
                let z_index = (MAX_Z_INDEX * part).clamp(0.0, MAX_Z_INDEX).round();
                places.insert(id, (&gui.container_uuid, at, z_index));
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
            if let Some(anchor) = self.anchor(id, container) {
                let style = anchor.element.style();
                let position = format!("translate({:.1}px, {:.1}px)", at.x, at.y);
                // A style can always be set.
                let _ = style.set_property("transform", &position);
                let _ = style.set_property("z-index", &z_index.to_string());
            }
        }
    }

    fn anchor(&mut self, id: NodeId, container: &str) -> Option<&Anchor> {
        if self.shown.get(&id).is_none() {
            let element = self.document.create_element("div").ok()?;
            // Where the GUI finds the place for the container's components.
            element.set_attribute("data-container", container).ok()?;
            self.parent.as_ref()?.append_child(&element).ok()?;
            let anchor = Anchor {
                element: element.unchecked_into(),
                container: container.to_owned(),
            };
            self.shown.insert(id, anchor);
        }
        self.shown.get(&id)
    }
}
