//! From a viewer's message to the callbacks of the scene that it is about.

use super::{
    ClickEvent, DragEvent, DragPhase, RectSelectEvent, SceneClickEvent, TransformControlsEvent,
};
use crate::{
    client::Client,
    core::Core,
    gui::{Said, Viewer},
    infra::event_queue::Permit,
    rivals,
    scene::{Handle, Node, NodeInner, SceneInner},
};
use scenecast_protocol::{
    Message,
    event::{
        SceneNodeClick, SceneNodeDrag, ScenePointer, ScenePointerEvent, TransformControlsUpdate,
    },
};
use std::sync::Arc;

impl Core {
    /// Hands a message of a connected viewer to whom it is for.
    pub(crate) fn route(&self, client: &Client, message: Message, permit: &Permit) {
        match message {
            Message::SceneNodeClick(click) => {
                if let Some(scene) = self.scene_of(client, &click.owner) {
                    scene.on_node_click(client, click, permit);
                }
            }
            Message::SceneNodeDrag(drag) => {
                if let Some(scene) = self.scene_of(client, &drag.owner) {
                    scene.on_node_drag(client, drag, permit);
                }
            }
            Message::TransformControlsDragStart(start) => {
                if let Some(scene) = self.scene_of(client, &start.owner) {
                    scene.on_gizmo(client, &start.name, DragPhase::Start, Some(permit));
                }
            }
            Message::TransformControlsUpdate(update) => {
                if let Some(scene) = self.scene_of(client, &update.owner) {
                    scene.on_gizmo_move(client, &update, permit);
                }
            }
            Message::TransformControlsDragEnd(end) => {
                if let Some(scene) = self.scene_of(client, &end.owner) {
                    scene.on_gizmo(client, &end.name, DragPhase::End, Some(permit));
                }
            }
            Message::ScenePointer(pointer) => {
                for scene in [&self.scene, &client.inner.scene] {
                    scene.inner.on_pointer(client, &pointer, permit);
                }
            }
            Message::GuiButtonHold(hold) => {
                self.hear(client, &hold.uuid, &Said::Hold(hold.frequency), permit);
            }
            Message::GuiFormDirty(form) => {
                self.hear(client, &form.uuid, &Said::Dirty, permit);
            }
            Message::GuiFormSubmit(form) => {
                self.hear(client, &form.uuid, &Said::Submit, permit);
            }
            Message::CommandTrigger(command) => {
                self.hear(client, &command.uuid, &Said::Trigger, permit);
            }
            Message::ShareUrlRequest(_) => self.sharing.request(Some(client.clone())),
            Message::ShareUrlDisconnect(_) => self.sharing.disconnect(),
            Message::FileTransferStartUpload(start) => {
                let button = &start.source_component_uuid;
                self.hear(client, button, &Said::Upload(&start), permit);
            }
            Message::FileTransferPart(part) => {
                client.inner.uploads.part(&part, &Viewer { client, permit });
            }
            Message::GetRenderResponse(response) => {
                client
                    .inner
                    .renders
                    .answer(&response.render_uuid, response.payload);
            }
            Message::LocalStorageGetItemResponse(response) => {
                let answer = match response.error {
                    Some(error) => Err(error),
                    None => Ok(response.value),
                };
                client.inner.storage.answer(&response.request_uuid, answer);
            }
            other => tracing::debug!("{client:?} sent {}, which nobody waits for", other.tag()),
        }
    }

    /// Hands what a viewer says to a component, which belongs to everyone or to this viewer.
    pub(crate) fn hear(&self, client: &Client, uuid: &str, said: &Said<'_>, permit: &Permit) {
        let viewer = Viewer { client, permit };
        if !self.gui.hear(uuid, said, &viewer) && !client.inner.gui.hear(uuid, said, &viewer) {
            tracing::debug!("{client:?} said {said:?} to nobody");
        }
    }

    /// The scene of all, or of this viewer. Others are none of its business.
    fn scene_of(&self, client: &Client, owner: &str) -> Option<Arc<SceneInner>> {
        let own = &client.inner.scene;
        if owner.is_empty() {
            return Some(Arc::clone(&self.scene.inner));
        }
        if owner == own.inner.scope.owner() {
            return Some(Arc::clone(&own.inner));
        }
        tracing::debug!("{client:?} speaks about the scene of {owner:?}");
        None
    }

    /// Ends what a viewer that is gone was doing: drags end, answers do not come any more, and its
    /// own callbacks are forgotten.
    pub(crate) fn end_interaction(&self, client: &Client) {
        self.scene.inner.let_go(client);
        client.inner.scene.inner.let_go(client);
        client.inner.scene.inner.forget_all_callbacks();
        client.inner.gui.leave();
        client.inner.uploads.clear();
        client.inner.on_camera.clear();
        client.inner.renders.close();
        client.inner.storage.close();
    }
}

impl SceneInner {
    fn on_node_click(self: &Arc<Self>, client: &Client, click: SceneNodeClick, permit: &Permit) {
        let Some(node) = self.get(&click.name) else {
            return;
        };
        let Some(interaction) = node.interaction_if_any() else {
            return;
        };
        let event = ClickEvent {
            client: client.clone(),
            target: Handle::new(Arc::clone(&node), Arc::clone(self)),
            instance_index: instance(click.instance_index),
            ray_origin: click.ray_origin,
            ray_direction: click.ray_direction,
            screen_pos: click.screen_pos,
            modifier: click.modifier,
        };
        let queue = interaction.queue(client.runtime());
        interaction
            .clicks
            .call(click.modifier, queue, &event, Some(permit));
    }

    fn on_node_drag(self: &Arc<Self>, client: &Client, drag: SceneNodeDrag, permit: &Permit) {
        let id = client.id();
        let node = match drag.phase {
            DragPhase::Start => self.get(&drag.name),
            DragPhase::Update => self
                .drags
                .find(id, &drag.name)
                .or_else(|| self.get(&drag.name)),
            DragPhase::End => {
                let held = self.drags.release(id, &drag.name);
                held.or_else(|| self.get(&drag.name))
            }
        };
        let Some(node) = node else { return };
        let is_bound = node
            .interaction_if_any()
            .is_some_and(|i| !i.drags.is_empty());
        if !is_bound {
            return;
        }
        self.call_drag(client, &node, &drag, Some(permit));
        match drag.phase {
            DragPhase::Start => self.drags.hold(id, &node, drag),
            DragPhase::Update => {
                if self.drags.find(id, &drag.name).is_some() {
                    self.drags.hold(id, &node, drag);
                }
            }
            DragPhase::End => self.forget_if_gone(&node),
        }
    }

    fn call_drag(
        self: &Arc<Self>,
        client: &Client,
        node: &Arc<NodeInner>,
        drag: &SceneNodeDrag,
        permit: Option<&Permit>,
    ) {
        let Some(interaction) = node.interaction_if_any() else {
            return;
        };
        let event = DragEvent {
            client: client.clone(),
            target: Handle::new(Arc::clone(node), Arc::clone(self)),
            phase: drag.phase,
            instance_index: instance(drag.instance_index),
            start_position: drag.start_position,
            start_screen_pos: drag.start_screen_pos,
            end_position: drag.end_position,
            end_screen_pos: drag.end_screen_pos,
            button: drag.button,
            modifier: drag.modifier,
        };
        let queue = interaction.queue(client.runtime());
        interaction
            .drags
            .call((drag.button, drag.modifier), queue, &event, permit);
    }

    /// The gizmo of that name that a viewer holds, or that there is.
    fn gizmo(&self, client: &Client, name: &str) -> Option<Arc<NodeInner>> {
        let held = self.gizmos.find(client.id(), name);
        held.or_else(|| self.get(name).filter(|node| node.is_gizmo()))
    }

    fn on_gizmo(
        self: &Arc<Self>,
        client: &Client,
        name: &str,
        phase: DragPhase,
        permit: Option<&Permit>,
    ) {
        let Some(node) = self.gizmo(client, name) else {
            return;
        };
        match phase {
            DragPhase::Start => self.gizmos.hold(client.id(), &node, ()),
            DragPhase::Update => {}
            DragPhase::End => drop(self.gizmos.release(client.id(), name)),
        }
        self.call_gizmo(client, &node, phase, permit);
        if phase == DragPhase::End {
            self.forget_if_gone(&node);
        }
    }

    fn on_gizmo_move(
        self: &Arc<Self>,
        client: &Client,
        update: &TransformControlsUpdate,
        permit: &Permit,
    ) {
        let Some(node) = self.gizmo(client, &update.name) else {
            return;
        };
        match node.follow(update.position, update.wxyz, client.id()) {
            Ok(crosses) => {
                if crosses {
                    let node = Arc::clone(&node);
                    rivals::settle(client.runtime(), move || node.settle_gizmo());
                }
                self.call_gizmo(client, &node, DragPhase::Update, Some(permit));
            }
            Err(error) => tracing::debug!("{client:?} moved a gizmo: {error}"),
        }
    }

    fn call_gizmo(
        self: &Arc<Self>,
        client: &Client,
        node: &Arc<NodeInner>,
        phase: DragPhase,
        permit: Option<&Permit>,
    ) {
        let Some(interaction) = node.interaction_if_any() else {
            return;
        };
        let event = TransformControlsEvent {
            client: client.clone(),
            target: Handle::<Node>::new(Arc::clone(node), Arc::clone(self)).of_kind(),
            phase,
        };
        let queue = interaction.queue(client.runtime());
        interaction.gizmo.call(queue, &event, permit);
    }

    fn on_pointer(&self, client: &Client, pointer: &ScenePointer, permit: &Permit) {
        let queue = self.pointer.queue(client.runtime());
        let modifier = pointer.modifier;
        match (pointer.event_type, &*pointer.screen_pos) {
            (ScenePointerEvent::Click, [screen_pos, ..]) => {
                let (Some(ray_origin), Some(ray_direction)) =
                    (pointer.ray_origin, pointer.ray_direction)
                else {
                    return tracing::debug!("{client:?} clicked without a ray");
                };
                let event = SceneClickEvent {
                    client: client.clone(),
                    ray_origin,
                    ray_direction,
                    screen_pos: *screen_pos,
                    modifier,
                };
                self.pointer
                    .clicks
                    .call(modifier, queue, &event, Some(permit));
            }
            (ScenePointerEvent::RectSelect, [screen_min, screen_max, ..]) => {
                let event = RectSelectEvent {
                    client: client.clone(),
                    screen_min: *screen_min,
                    screen_max: *screen_max,
                    modifier,
                };
                self.pointer
                    .rects
                    .call(modifier, queue, &event, Some(permit));
            }
            (ScenePointerEvent::Click | ScenePointerEvent::RectSelect, _) => {
                tracing::debug!("{client:?} pointed without saying where");
            }
        }
    }

    /// Ends what a viewer that is gone had hold of.
    fn let_go(self: &Arc<Self>, client: &Client) {
        for (node, last) in self.drags.release_all(client.id()) {
            let end = SceneNodeDrag {
                phase: DragPhase::End,
                ..last
            };
            self.call_drag(client, &node, &end, None);
            self.forget_if_gone(&node);
        }
        for (node, ()) in self.gizmos.release_all(client.id()) {
            self.call_gizmo(client, &node, DragPhase::End, None);
            self.forget_if_gone(&node);
        }
    }

    /// Forgets the callbacks of a node that was removed while it was held.
    fn forget_if_gone(&self, node: &Arc<NodeInner>) {
        if node.is_removed() {
            self.forget_callbacks(node);
        }
    }
}

fn instance(index: Option<i64>) -> Option<usize> {
    index.and_then(|index| index.try_into().ok())
}
