//! A hand on a pointer over a scene.

use glam::{DMat4, DQuat, DVec3};
use scenecast_protocol::Limits;
use scenecast_protocol::event::{DragPhase, ScenePointerEvent};
use scenecast_protocol::scene::{
    AddNode, Box, DragBinding, Node, SetSceneNodeClickBindings, SetSceneNodeDragBindings,
};
use scenecast_protocol::state::{Changes, ViewerState};

use super::super::*;
use crate::render::geometry;
use crate::render::picking::Triangles;

pub(super) const CENTRE: DVec2 = DVec2::new(400.0, 300.0);

/// A scene, a pointer over it, and what the server was told.
pub(super) struct Hand {
    pub(super) state: ViewerState,
    pub(super) interaction: Interaction,
    pub(super) now_ms: f64,
    pub(super) modifier: Option<Modifier>,
    pub(super) sent: Vec<Message>,
}

impl Hand {
    pub(super) fn new(messages: Vec<Message>) -> Self {
        let mut hand = Self {
            state: ViewerState::new(),
            interaction: Interaction::default(),
            now_ms: 1_000.0,
            modifier: None,
            sent: Vec::new(),
        };
        hand.apply(messages);
        hand
    }

    /// The scene of the recording.
    pub(super) fn over_box() -> Self {
        let shift = bound(PointerButton::Left, Some(Modifier::Shift));
        Self::new(vec![
            add("/box"),
            click_bindings("/box", vec![bound(PointerButton::Left, None)]),
            drag_bindings("/box", vec![shift]),
            filter(ScenePointerEvent::Click, vec![None]),
            filter(ScenePointerEvent::RectSelect, vec![Some(Modifier::CmdCtrl)]),
        ])
    }

    pub(super) fn apply(&mut self, messages: Vec<Message>) {
        for message in messages {
            self.state.apply(&message).unwrap();
        }
        self.state.scene.settle(&mut Changes::default());
        self.with(|interaction, around| interaction.tick(around));
    }

    pub(super) fn with(&mut self, run: impl FnOnce(&mut Interaction, &Around<'_>)) {
        let scene = &self.state.scene;
        let boxes = Triangles::of(&geometry::cuboid());
        let pick = |ray: &Ray, ids: &[u32]| {
            let mut nearest: Option<(u32, Hit)> = None;
            for id in scene.ids().filter(|id| ids.contains(&id.index())) {
                if !matches!(scene.node(id), Some(Node::Box(_))) {
                    continue;
                }
                let pose = scene.world_from_node(id).as_affine3a().into();
                let side = scenecast_protocol::scene::Side::Front;
                if let Some(distance) = boxes.hit(&ray.within(&pose), side, f64::INFINITY)
                    && nearest.is_none_or(|(_, hit)| distance < hit.distance)
                {
                    let instance = 0;
                    nearest = Some((id.index(), Hit { distance, instance }));
                }
            }
            nearest
        };
        let render_from_scene = scene.pose(NodeId::ROOT).to_affine();
        let scene_from_camera = DMat4::from_rotation_translation(
            DQuat::from_rotation_x(std::f64::consts::FRAC_PI_2),
            DVec3::new(0.0, -4.0, 0.0),
        );
        let mut roster = Roster::default();
        roster.refresh(scene);
        let around = Around {
            scene,
            roster: &roster,
            filters: self.state.pointer_filters(),
            view: View {
                render_from_camera: DMat4::from(render_from_scene) * scene_from_camera,
                fov: 0.9,
                size: DVec2::new(800.0, 600.0),
                render_from_scene,
            },
            pivot: Pivot {
                target: DVec3::ZERO,
                up: DVec3::Y,
            },
            pick: &pick,
            now_ms: self.now_ms,
        };
        run(&mut self.interaction, &around);
        for bytes in self.interaction.take_messages(self.now_ms) {
            let limits = Limits::client_message();
            self.sent
                .push(Message::from_viewer(&bytes.into(), &limits).unwrap());
        }
    }

    pub(super) fn input(&self, at: DVec2) -> PointerInput {
        PointerInput {
            pointer: 1,
            button: Some(PointerButton::Left),
            modifier: self.modifier,
            at,
        }
    }

    pub(super) fn press(&mut self, at: DVec2) {
        let input = self.input(at);
        self.with(|interaction, around| interaction.press(&input, around));
    }

    pub(super) fn go(&mut self, at: DVec2) {
        self.now_ms += 60.0;
        let input = self.input(at);
        self.with(|interaction, around| interaction.moved(&input, around));
    }

    pub(super) fn release(&mut self, at: DVec2) {
        let input = self.input(at);
        self.with(|interaction, around| interaction.release(&input, true, around));
    }

    pub(super) fn click(&mut self, at: DVec2) {
        self.press(at);
        self.release(at);
    }

    pub(super) fn wait(&mut self, ms: f64) {
        self.now_ms += ms;
        self.with(|interaction, around| interaction.tick(around));
    }

    pub(super) fn hold(&mut self, modifier: Option<Modifier>) {
        self.modifier = modifier;
        self.with(|interaction, around| interaction.set_modifier(modifier, around));
    }

    /// The phases of drags told so far, with the modifiers they carry.
    pub(super) fn phases(&self) -> Vec<(DragPhase, Option<Modifier>)> {
        let drags = self.sent.iter().map(|message| match message {
            Message::SceneNodeDrag(drag) => (drag.phase, drag.modifier),
            other => panic!("{other:?}"),
        });
        drags.collect()
    }
}

pub(super) fn add(name: &str) -> Message {
    AddNode {
        name: name.into(),
        owner: String::new(),
        is_virtual: false,
        node: Box::default().into(),
    }
    .into()
}

pub(super) fn bound(button: PointerButton, modifier: Option<Modifier>) -> DragBinding {
    DragBinding { button, modifier }
}

pub(super) fn click_bindings(name: &str, bindings: Vec<DragBinding>) -> Message {
    SetSceneNodeClickBindings {
        name: name.into(),
        bindings,
        owner: String::new(),
    }
    .into()
}

pub(super) fn drag_bindings(name: &str, bindings: Vec<DragBinding>) -> Message {
    SetSceneNodeDragBindings {
        name: name.into(),
        bindings,
        owner: String::new(),
    }
    .into()
}

pub(super) fn filter(event_type: ScenePointerEvent, modifiers: Vec<Option<Modifier>>) -> Message {
    ScenePointerEnable {
        event_type,
        modifiers,
        owner: String::new(),
    }
    .into()
}
