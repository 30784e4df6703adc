//! Dragging a node.
//!
//! The grabbed point stays with the node, however it moves meanwhile; the pointer moves on a plane
//! through where it was grabbed, parallel to the screen. One drag is one segment for each set of
//! modifiers: a change of modifiers ends a segment, and begins another if that is bound.

use std::sync::Arc;

use glam::{DVec2, DVec3};
use scenecast_protocol::event::{DragPhase, SceneNodeDrag};
use scenecast_protocol::scene::DragBinding;
use scenecast_protocol::state::{NodeId, SceneTree};
use scenecast_protocol::types::Modifier;

use super::aim::Aim;
use super::instance::world_from_instance;
use super::is_motion;
use super::modifiers::Input;
use super::outbox::Outbox;
use super::view::View;

/// For how long a change of modifiers waits for the pointer to go up before it begins a segment:
/// keys and buttons are rarely let go at once.
const SWITCH_MS: f64 = 100.0;

/// A drag under way.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    pub(super) pointer: i32,
    name: Arc<str>,
    id: NodeId,
    owner: String,
    instance: Option<i64>,
    /// The grabbed point in the frame of what was grabbed.
    grabbed: DVec3,
    /// Where it was when it was grabbed, in the renderer's world.
    plane_point: DVec3,
    plane_normal: DVec3,
    /// Where the pointer is: in the renderer's world, and in the view.
    end: DVec3,
    end_at: DVec2,
    input: Input,
    /// A segment has begun and not ended.
    is_active: bool,
    pending: Option<PendingStart>,
}

/// A segment that begins unless the pointer goes up.
#[derive(Clone, Copy, Debug)]
struct PendingStart {
    at: DVec2,
    due_ms: f64,
}

impl Drag {
    /// Begins a drag of what was pressed at `at`, with the modifiers that are held now.
    pub(super) fn begin(
        aim: &Aim,
        at: DVec2,
        pointer: i32,
        input: Input,
        scene: &SceneTree,
        view: &View,
        outbox: &mut Outbox,
    ) -> Option<Self> {
        let world_from_grabbed = world_from_instance(scene, aim.id, aim.instance)?;
        let mut drag = Self {
            pointer,
            name: aim.name.clone(),
            id: aim.id,
            owner: scene.owner(aim.id).to_owned(),
            instance: aim.instance,
            grabbed: world_from_grabbed.inverse().transform_point3(aim.point),
            plane_point: aim.point,
            plane_normal: view.forward(),
            end: aim.point,
            end_at: at,
            input,
            is_active: false,
            pending: None,
        };
        if input.is_bound(drag.bindings(scene)) {
            drag.start(scene, view, outbox);
        }
        Some(drag)
    }

    /// The pointer moves.
    pub(super) fn moved(
        &mut self,
        at: DVec2,
        modifier: Option<Modifier>,
        scene: &SceneTree,
        view: &View,
        outbox: &mut Outbox,
        now_ms: f64,
    ) {
        if !self.point_to(at, view) {
            return;
        }
        self.set_modifier(modifier, scene, view, outbox, now_ms);
        if self
            .pending
            .is_some_and(|pending| is_motion(pending.at, at))
        {
            self.pending = None;
            self.start(scene, view, outbox);
        }
        if self.is_active
            && let Some(update) = self.message(DragPhase::Update, scene, view)
        {
            outbox.drag_moved(update, now_ms);
        }
    }

    /// Other modifiers are held.
    pub(super) fn set_modifier(
        &mut self,
        modifier: Option<Modifier>,
        scene: &SceneTree,
        view: &View,
        outbox: &mut Outbox,
        now_ms: f64,
    ) {
        if modifier == self.input.modifier {
            return;
        }
        self.pending = None;
        self.end_segment(scene, view, outbox);
        self.input.modifier = modifier;
        if self.input.is_bound(self.bindings(scene)) {
            self.pending = Some(PendingStart {
                at: self.end_at,
                due_ms: now_ms + SWITCH_MS,
            });
        }
    }

    /// Time passes: begins a segment that is due.
    pub(super) fn tick(
        &mut self,
        scene: &SceneTree,
        view: &View,
        outbox: &mut Outbox,
        now_ms: f64,
    ) {
        if self.pending.is_some_and(|pending| now_ms >= pending.due_ms) {
            self.pending = None;
            self.start(scene, view, outbox);
        }
    }

    /// When to [`tick`](Self::tick).
    pub(super) fn wake_ms(&self) -> Option<f64> {
        self.pending.map(|pending| pending.due_ms)
    }

    /// The drag is over; `at` is where the pointer went up, if it did.
    pub(super) fn finish(
        mut self,
        at: Option<DVec2>,
        scene: &SceneTree,
        view: &View,
        outbox: &mut Outbox,
    ) {
        if let Some(at) = at {
            self.point_to(at, view);
        }
        self.end_segment(scene, view, outbox);
    }

    /// Whether there is still something to drag.
    pub(super) fn is_possible(&self, scene: &SceneTree) -> bool {
        scene.find(&self.name) == Some(self.id)
            && scene.is_visible(self.id)
            && !self.bindings(scene).is_empty()
    }

    /// The grabbed point where it is now, and the pointer, in the renderer's world.
    pub(super) fn arrow(&self, scene: &SceneTree) -> Option<[DVec3; 2]> {
        Some([self.grabbed_point(scene)?, self.end])
    }

    fn start(&mut self, scene: &SceneTree, view: &View, outbox: &mut Outbox) {
        if let Some(start) = self.message(DragPhase::Start, scene, view) {
            outbox.send(&start);
            self.is_active = true;
        }
    }

    fn end_segment(&mut self, scene: &SceneTree, view: &View, outbox: &mut Outbox) {
        if std::mem::take(&mut self.is_active) {
            outbox.flush_drag();
            if let Some(end) = self.message(DragPhase::End, scene, view) {
                outbox.send(&end);
            }
        }
    }

    /// Takes the pointer's place; `false` where it points past the plane.
    fn point_to(&mut self, at: DVec2, view: &View) -> bool {
        self.end_at = at;
        let ndc = view.middle(at).clamp(DVec2::splat(-2.0), DVec2::splat(2.0));
        let ray = view.ray(ndc);
        let toward = ray.direction.dot(self.plane_normal);
        let distance = (self.plane_point - ray.origin).dot(self.plane_normal) / toward;
        let is_met = distance.is_finite() && distance >= 0.0;
        if is_met {
            self.end = ray.at(distance);
        }
        is_met
    }

    fn grabbed_point(&self, scene: &SceneTree) -> Option<DVec3> {
        if scene.find(&self.name) != Some(self.id) {
            return None;
        }
        let world_from_grabbed = world_from_instance(scene, self.id, self.instance)?;
        Some(world_from_grabbed.transform_point3(self.grabbed))
    }

    fn bindings<'a>(&self, scene: &'a SceneTree) -> &'a [DragBinding] {
        match scene.bindings(self.id) {
            Some(bindings) if scene.find(&self.name) == Some(self.id) => &bindings.drag,
            _ => &[],
        }
    }

    /// A message. Where what was grabbed is gone there is none but the end, which starts where it
    /// ends: programs rely on it to let go.
    fn message(&self, phase: DragPhase, scene: &SceneTree, view: &View) -> Option<SceneNodeDrag> {
        let start = match self.grabbed_point(scene) {
            Some(point) => point,
            None if phase == DragPhase::End => self.end,
            None => return None,
        };
        Some(SceneNodeDrag {
            phase,
            name: self.name.clone(),
            instance_index: self.instance,
            start_position: view.to_scene(start),
            start_screen_pos: view.project(start),
            end_position: view.to_scene(self.end),
            end_screen_pos: view.screen_pos(self.end_at),
            button: self.input.button,
            modifier: self.input.modifier,
            owner: self.owner.clone(),
        })
    }
}
