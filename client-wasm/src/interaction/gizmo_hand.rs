//! Taking hold of gizmos, moving them, and letting go.

use scenecast_protocol::Wxyz;
use scenecast_protocol::event::{
    TransformControlsDragEnd, TransformControlsDragStart, TransformControlsUpdate,
};
use scenecast_protocol::scene::{SetOrientation, SetPosition};
use scenecast_protocol::state::NodeId;

use super::aim::pointed;
use super::gizmo::{self, GizmoDrag, Handle, Handles};
use super::{Around, Interaction, PointerInput};

impl Interaction {
    pub(super) fn cancel_orbit_tool(&mut self) {
        if let Some(tool) = &mut self.orbit_tool {
            tool.cancel();
        }
    }

    pub(super) fn take_gizmo(
        &mut self,
        id: NodeId,
        handle: Handle,
        distance: f64,
        input: &PointerInput,
        around: &Around<'_>,
    ) {
        let Around { scene, view, .. } = around;
        let Some(handles) = gizmo::gizmo(scene, id)
            .and_then(|props| Handles::new(props, &scene.world_from_node(id), view))
        else {
            return;
        };
        let clicked = pointed(input.at, around).at(distance);
        let travel = self.travels.get(&id).copied().unwrap_or_default();
        let hit = (handle, clicked);
        let drag = GizmoDrag::begin(input.pointer, scene, id, &handles, hit, travel);
        self.outbox.send(&TransformControlsDragStart {
            name: drag.name.clone(),
            owner: drag.owner.clone(),
        });
        self.gizmo = Some(drag);
    }

    pub(super) fn move_gizmo(
        &mut self,
        drag: &GizmoDrag,
        wxyz: Wxyz,
        position: [f64; 3],
        now_ms: f64,
    ) {
        let (name, owner) = (drag.name.clone(), drag.owner.clone());
        let turn = SetOrientation {
            name: name.clone(),
            wxyz,
            owner: owner.clone(),
        };
        let shift = SetPosition {
            name: name.clone(),
            position,
            owner: owner.clone(),
        };
        self.moves.extend([turn.into(), shift.into()]);
        let update = TransformControlsUpdate {
            name,
            wxyz,
            position,
            owner,
        };
        self.outbox.gizmo_moved(update, now_ms);
    }

    pub(super) fn release_gizmo(&mut self, is_over: impl Fn(&GizmoDrag) -> bool) {
        if let Some(drag) = self.gizmo.take_if(|drag| is_over(drag)) {
            self.outbox.flush_gizmo();
            self.outbox.send(&TransformControlsDragEnd {
                name: drag.name,
                owner: drag.owner,
            });
        }
    }
}
