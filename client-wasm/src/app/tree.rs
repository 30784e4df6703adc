//! The table of scene nodes: what it shows, and what users do with it.

use std::sync::Arc;

use glam::DVec3;
use scenecast_protocol::scene::SceneNodeUpdate;
use scenecast_protocol::state::{ApplyError, NodeId};
use scenecast_protocol::wire::Updates;
use scenecast_protocol::{Message, Value};

use super::App;
use crate::camera::Motion;
use crate::gui::tree::property;
use crate::gui::tree::rows::{Rows, Step};
use crate::render::Extent;

/// The table, and what of it the app has to know.
#[derive(Default)]
pub(super) struct NodeTable {
    rows: Rows,
    /// Which part of it is in sight; `None` while it is not in the page.
    sight: Option<Sight>,
    /// A key has led to the line that keys are for, which is to be brought into sight.
    is_revealed: bool,
    /// The node that is pointed at in the table.
    pointed: Option<Arc<str>>,
    /// The node whose properties are edited.
    edited: Option<Arc<str>>,
    /// What nodes are made while the mouse goes over them: shown or hidden; and the last of them.
    paint: Option<(bool, Arc<str>)>,
}

/// The part of the table that is in sight, pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    pub(crate) top: f64,
    pub(crate) height: f64,
    pub(crate) line_height: f64,
}

impl App {
    /// Takes note of what has changed in the scene, and shows it if the table is in the page.
    pub(super) fn show_nodes(&mut self) {
        let (table, scene) = (&mut self.nodes, &self.state.scene);
        table.rows.note(&self.changes);
        let nodes = self.gui.store.nodes;
        if let Some(name) = &table.edited {
            let id = scene.find(name);
            let node = id.and_then(|id| scene.node(id));
            let changes = &self.changes;
            let has_changed = !nodes.is_edited(name)
                || node.is_none()
                || changes.added.iter().any(|added| Some(*added) == id)
                || changes.properties.iter().any(|p| Some(p.id) == id);
            if has_changed {
                let node = node.map(|n| (name.clone(), n.tag(), property::properties(n)));
                if node.is_none() {
                    table.edited = None;
                }
                nodes.edit(node);
            }
        } else {
            nodes.edit(None);
        }
        let Some(sight) = table.sight else {
            return;
        };
        table.rows.refresh(scene);
        let range = table
            .rows
            .in_page(sight.top, sight.height, sight.line_height);
        let looks = range.filter_map(|line| table.rows.look(line, scene));
        nodes.show(table.rows.rows().len(), looks.collect());
        let line = table.rows.active_line(scene);
        let active = table.rows.rows().get(line);
        nodes.set_active(active.map(|row| (row.id.index(), line)));
        if std::mem::take(&mut table.is_revealed) {
            nodes.reveal(line);
        }
    }

    /// All nodes are others now.
    pub(super) fn forget_nodes(&mut self) {
        self.nodes.rows.expire();
    }

    /// The node that is pointed at in the table.
    pub(super) fn pointed_node(&self) -> Option<NodeId> {
        self.state.scene.find(self.nodes.pointed.as_ref()?)
    }

    /// Another part of the table is in sight; `None` where the table has left the page.
    pub(crate) fn nodes_in_sight(&mut self, sight: Option<Sight>) {
        self.nodes.sight = sight;
        if sight.is_none() {
            self.nodes.pointed = None;
            self.nodes.edited = None;
        }
        self.request_frame();
    }

    /// The user points at a node in the table, or at none.
    pub(crate) fn point_at_node(&mut self, name: Option<Arc<str>>) {
        if self.nodes.pointed != name {
            self.nodes.pointed = name;
            self.request_frame();
        }
    }

    /// Points at no node, if this one is pointed at.
    pub(crate) fn leave_node(&mut self, name: &str) {
        if self.nodes.pointed.as_deref() == Some(name) {
            self.point_at_node(None);
        }
    }

    /// Looks for nodes by name.
    pub(crate) fn search_nodes(&mut self, text: &str) {
        self.nodes.rows.set_search(text);
        self.gui
            .store
            .nodes
            .set_search(self.nodes.rows.search().clone());
        self.request_frame();
    }

    /// Shows what is below a node in the table, or hides it. Keys are for the node from then on.
    pub(crate) fn toggle_node(&mut self, name: &Arc<str>) {
        self.nodes.rows.toggle(name);
        self.activate_node(name);
    }

    /// Lets keys be for a node.
    pub(crate) fn activate_node(&mut self, name: &Arc<str>) {
        self.nodes.rows.set_active(Some(name.clone()));
        self.nodes.pointed = Some(name.clone());
        self.request_frame();
    }

    /// A key leads to another line of the table.
    pub(crate) fn step_through_nodes(&mut self, step: Step) {
        let scene = &self.state.scene;
        self.nodes.rows.refresh(scene);
        self.nodes.rows.step(step, scene);
        self.nodes.pointed = self.nodes.rows.active().cloned();
        self.nodes.is_revealed = true;
        self.request_frame();
    }

    /// The node that keys are for.
    pub(crate) fn active_node(&mut self) -> Option<Arc<str>> {
        let scene = &self.state.scene;
        self.nodes.rows.refresh(scene);
        let line = self.nodes.rows.active_line(scene);
        let row = self.nodes.rows.rows().get(line)?;
        Some(scene.name(row.id).clone())
    }

    /// Hides a node that is shown and shows one that is hidden, whatever the server says, and lets
    /// the mouse do the same to all nodes that it goes over until [`end_paint`](Self::end_paint).
    pub(crate) fn begin_paint(&mut self, name: &Arc<str>) {
        if let Some(id) = self.state.scene.find(name) {
            let shows = !self.state.scene.is_shown(id);
            self.nodes.paint = Some((shows, name.clone()));
            self.override_visibility(id, Some(shows));
        }
    }

    /// The mouse goes over a node. Those between the last one and it, which a fast mouse skips,
    /// are meant too.
    pub(crate) fn paint(&mut self, name: &Arc<str>) {
        let scene = &self.state.scene;
        let Some((shows, last)) = &mut self.nodes.paint else {
            return;
        };
        self.nodes.rows.refresh(scene);
        let lines = [&*last, name].map(|name| self.nodes.rows.line(name, scene));
        let [Some(from), Some(to)] = lines else {
            return;
        };
        let rows = &self.nodes.rows.rows()[from.min(to)..=from.max(to)];
        let ids: Vec<NodeId> = rows.iter().map(|row| row.id).collect();
        let shows = *shows;
        *last = name.clone();
        for id in ids {
            self.override_visibility(id, Some(shows));
        }
    }

    /// The mouse button is up.
    pub(crate) fn end_paint(&mut self) {
        self.nodes.paint = None;
    }

    /// Hides a node that is shown and shows one that is hidden, whatever the server says.
    pub(crate) fn flip_node(&mut self, name: &Arc<str>) {
        self.begin_paint(name);
        self.end_paint();
    }

    /// Leaves it to the server whether a node is shown.
    pub(crate) fn clear_override(&mut self, name: &str) {
        if let Some(id) = self.state.scene.find(name) {
            self.override_visibility(id, None);
        }
    }

    fn override_visibility(&mut self, id: NodeId, shows: Option<bool>) {
        self.state.scene.set_visible_override(id, shows);
        self.request_frame();
    }

    /// Shows the properties of a node, or no longer, if they are shown.
    pub(crate) fn edit_node(&mut self, name: &Arc<str>) {
        let is_shown = self.nodes.edited.as_ref() == Some(name);
        self.nodes.edited = (!is_shown).then(|| name.clone());
        self.request_frame();
    }

    /// Shows no properties.
    pub(crate) fn stop_editing(&mut self) {
        self.nodes.edited = None;
        self.request_frame();
    }

    /// Changes a property of a node in this viewer alone, until the server changes it.
    ///
    /// # Errors
    /// The value makes no sense for it; why.
    pub(crate) fn set_property(
        &mut self,
        name: &Arc<str>,
        property: &'static str,
        value: Value,
    ) -> Result<(), String> {
        let scene = &self.state.scene;
        let Some(id) = scene.find(name) else {
            return Ok(());
        };
        let update = SceneNodeUpdate {
            name: name.clone(),
            updates: Updates(vec![(property.into(), value)]),
            owner: scene.owner(id).to_owned(),
        };
        self.request_frame();
        let outcome = self.state.apply(&Message::from(update));
        outcome.map_err(|error| match error {
            ApplyError::Property { error, .. } => error.to_string(),
            error => error.to_string(),
        })
    }

    /// Moves the camera, which keeps its direction, to where a node and all that is visible below
    /// it fill the view.
    pub(crate) fn look_at_node(&mut self, name: &str) {
        let scene = &self.state.scene;
        let Some(id) = scene.find(name) else {
            return;
        };
        let camera_from_render = self.camera.render_from_camera().inverse();
        let mut extent = Extent::new(camera_from_render.as_mat4());
        let sees_hidden = !scene.is_visible(id);
        for id in scene.subtree(id) {
            if (sees_hidden || scene.is_visible(id))
                && let Some(node) = scene.node(id)
            {
                self.canvas.add_extent(id, node, &mut extent);
            }
        }
        let mut points: Vec<DVec3> = extent.points().iter().map(|p| p.as_dvec3()).collect();
        if points.is_empty() {
            let origin = scene.world_from_node(id).translation;
            points.push(camera_from_render.transform_point3(origin));
        }
        let size = self.canvas.css_size();
        let motion = match self.prefers_reduced_motion() {
            true => Motion::Jump,
            false => Motion::Eased,
        };
        self.camera.fit(&points, size.x / size.y.max(1.0), motion);
        self.request_frame();
    }

    fn prefers_reduced_motion(&self) -> bool {
        let query = self.window.match_media("(prefers-reduced-motion: reduce)");
        query.is_ok_and(|query| query.is_some_and(|query| query.matches()))
    }
}
