//! What pointers do to the scene: clicks, drags, rectangles and gizmos, as the server is told.
//!
//! Plain state machines without a browser: they are given pointer events, see the scene and the
//! view through [`Around`], and leave messages to be sent. What the camera does with the same
//! pointers is [`input`](crate::input)'s business, unless [`Interaction::locks_camera`].

mod aim;
mod arrow;
pub mod crosshair;
mod drag;
pub(crate) mod gizmo;
mod gizmo_hand;
mod instance;
mod looks;
pub mod modifiers;
pub mod orbit_tool;
mod outbox;
pub mod roster;
mod scene_pointer;
pub mod view;

use glam::DVec2;
use scenecast_protocol::Message;
use scenecast_protocol::event::{SceneNodeClick, ScenePointerEnable};
use scenecast_protocol::state::{Bindings, NodeId, SceneTree};
use scenecast_protocol::types::{Modifier, PointerButton};

use crate::ordered::OrderedMap;
use crate::render::picking::{Hit, Ray};
use aim::{Aim, Over, clickable, draggable, is_interactive, over, pointed};
use drag::Drag;
use gizmo::{GizmoDrag, Travel};
pub use looks::{Cursor, Hovered};
use modifiers::{Input, has_shift};
use orbit_tool::{OrbitTool, Pivot};
use outbox::Outbox;
use roster::Roster;
use scene_pointer::ScenePress;
use view::View;

/// A pointer that moves no further than this from where it was pressed clicks, CSS pixels.
const MOTION: f64 = 3.0;

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerInput {
    /// Which pointer.
    pub pointer: i32,
    /// The button pressed; `None` for other buttons than the three, and where none is.
    pub button: Option<PointerButton>,
    /// The modifiers held.
    pub modifier: Option<Modifier>,
    /// Where, CSS pixels from the top left of the view.
    pub at: DVec2,
}

/// The first of some nodes that a ray in the renderer's world meets, and where.
pub type Pick<'a> = dyn Fn(&Ray, &[u32]) -> Option<(u32, Hit)> + 'a;

/// What pointers act on.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The scene as it is shown.
    pub scene: &'a SceneTree,
    /// Who of it reacts.
    pub roster: &'a Roster,
    /// Which events outside of nodes a server wants.
    pub filters: &'a [ScenePointerEnable],
    /// How it is seen.
    pub view: View,
    /// What the camera orbits.
    pub pivot: Pivot,
    /// What is met in the scene as it was drawn last.
    pub pick: &'a Pick<'a>,
    /// The time, milliseconds.
    pub now_ms: f64,
}

/// A press on a node that may become a click or a drag.
#[derive(Debug)]
struct NodePress {
    pointer: i32,
    from: DVec2,
    aim: Aim,
    input: Input,
    /// It is bound as a drag. Until it is known what it is, the camera stays.
    may_drag: bool,
}

/// All that is going on.
#[derive(Debug, Default)]
pub struct Interaction {
    press: Option<NodePress>,
    drag: Option<Drag>,
    scene_press: Option<ScenePress>,
    gizmo: Option<GizmoDrag>,
    /// How far each gizmo has come since it appeared.
    travels: OrderedMap<NodeId, Travel>,
    outbox: Outbox,
    orbit_tool: Option<OrbitTool>,
    /// What the camera is to orbit from now on.
    next_pivot: Option<Pivot>,
    /// Moves of gizmos, which show before the server hears of them.
    moves: Vec<Message>,
    /// Where the mouse is, while it is over the view.
    mouse: Option<DVec2>,
    hovered: Option<Over>,
    held: Option<Modifier>,
}

impl Interaction {
    /// Shows a gizmo at the point that the camera orbits, or hides it.
    pub fn show_orbit_tool(&mut self, is_shown: bool) {
        if is_shown != self.orbit_tool.is_some() {
            self.orbit_tool = is_shown.then(OrbitTool::new);
        }
    }

    /// What the camera is to orbit from now on, if that has changed.
    pub fn take_pivot(&mut self) -> Option<Pivot> {
        self.next_pivot.take()
    }

    /// A pointer goes down.
    pub fn press(&mut self, input: &PointerInput, around: &Around<'_>) {
        match over(input.at, around, self.orbit_tool.as_ref()) {
            // Gizmos keep the press to themselves.
            Some(Over::Gizmo(id, handle, distance)) => {
                if self.gizmo.is_none() {
                    self.take_gizmo(id, handle, distance, input, around);
                }
                return;
            }
            Some(Over::OrbitTool(handle, distance)) => {
                let point = pointed(input.at, around).at(distance);
                if let Some(tool) = &mut self.orbit_tool {
                    tool.press(input.pointer, handle, point, &around.view);
                }
                return;
            }
            Some(Over::Node(aim)) => self.press = NodePress::begin(input, aim, around.scene),
            None => {}
        }
        if self.scene_press.is_none() {
            self.scene_press = ScenePress::begin(input, around.filters, &around.view);
        }
    }

    /// A pointer moves, whether or not it is down.
    pub fn moved(&mut self, input: &PointerInput, around: &Around<'_>) {
        self.held = input.modifier;
        let Around {
            scene,
            view,
            now_ms,
            ..
        } = around;
        if let Some(drag) = self.drag.as_mut().filter(|d| d.pointer == input.pointer) {
            let outbox = &mut self.outbox;
            drag.moved(input.at, input.modifier, scene, view, outbox, *now_ms);
        }
        let ray = pointed(input.at, around);
        if let Some(tool) = &mut self.orbit_tool {
            tool.moved(input.pointer, &ray, has_shift(input.modifier));
        }
        if let Some(drag) = self.gizmo.take_if(|d| d.pointer == input.pointer) {
            let travel = self.travels.get_or_insert_with(drag.id, Travel::default);
            let pose = drag.moved(&ray, has_shift(input.modifier), scene, travel);
            if let Some((wxyz, position)) = pose {
                self.move_gizmo(&drag, wxyz, position, *now_ms);
            }
            self.gizmo = Some(drag);
        }
        let is_leaving = |press: &mut NodePress| {
            press.pointer == input.pointer && is_motion(press.from, input.at)
        };
        if let Some(press) = self.press.take_if(is_leaving)
            && press.may_drag
            && self.drag.is_none()
        {
            let pressed = Input {
                modifier: input.modifier,
                ..press.input
            };
            let outbox = &mut self.outbox;
            let (aim, from) = (&press.aim, press.from);
            self.drag = Drag::begin(aim, from, input.pointer, pressed, scene, view, outbox);
        }
        if let Some(press) = self
            .scene_press
            .as_mut()
            .filter(|press| press.pointer == input.pointer)
        {
            press.moved(input.at);
        }
    }

    /// A pointer goes up; `inside` the view, or over something else.
    pub fn release(&mut self, input: &PointerInput, inside: bool, around: &Around<'_>) {
        if inside {
            self.release_on_node(input, around);
        } else {
            self.press.take_if(|press| press.pointer == input.pointer);
        }
        if let Some(press) = self
            .scene_press
            .take_if(|press| press.pointer == input.pointer)
            && (inside || press.locks_camera())
            && let Some(event) = press.released(&around.view)
        {
            self.outbox.pointed(event, around.now_ms);
        }
        if let Some(drag) = self.drag.take_if(|drag| drag.pointer == input.pointer) {
            drag.finish(Some(input.at), around.scene, &around.view, &mut self.outbox);
        }
        self.release_gizmo(|drag| drag.pointer == input.pointer);
        if let Some(tool) = &mut self.orbit_tool {
            self.next_pivot = tool.release(input.pointer).or(self.next_pivot);
        }
    }

    fn release_on_node(&mut self, input: &PointerInput, around: &Around<'_>) {
        let press = self.press.take_if(|press| press.pointer == input.pointer);
        let Some(Over::Node(aim)) =
            press.and_then(|_| over(input.at, around, self.orbit_tool.as_ref()))
        else {
            return;
        };
        if !clickable(around.scene, aim.id) {
            return;
        }
        // Rays of clicks go through corners of pixels, unlike everything else.
        let view = &around.view;
        let (ray_origin, ray_direction) = view.ray_to_scene(&view.ray(view.corner(input.at)));
        let click = SceneNodeClick {
            name: aim.name,
            instance_index: aim.instance,
            ray_origin,
            ray_direction,
            screen_pos: view.screen_pos(input.at),
            modifier: input.modifier,
            owner: around.scene.owner(aim.id).to_owned(),
        };
        self.outbox.clicked(click, around.now_ms);
    }

    /// A pointer is taken away by the browser.
    pub fn cancel(&mut self, pointer: i32, around: &Around<'_>) {
        self.press.take_if(|press| press.pointer == pointer);
        self.scene_press.take_if(|press| press.pointer == pointer);
        if let Some(drag) = self.drag.take_if(|drag| drag.pointer == pointer) {
            drag.finish(None, around.scene, &around.view, &mut self.outbox);
        }
        self.release_gizmo(|drag| drag.pointer == pointer);
        if let Some(tool) = &mut self.orbit_tool {
            tool.release(pointer);
        }
    }

    /// The page loses the keyboard, and with it sight of pointers.
    pub fn blur(&mut self, around: &Around<'_>) {
        self.press = None;
        self.scene_press = None;
        self.held = None;
        if let Some(drag) = self.drag.take() {
            drag.finish(None, around.scene, &around.view, &mut self.outbox);
        }
        self.release_gizmo(|_| true);
        self.cancel_orbit_tool();
    }

    /// A key is pressed or let go; these modifiers are held now.
    pub fn set_modifier(&mut self, modifier: Option<Modifier>, around: &Around<'_>) {
        self.held = modifier;
        if let Some(drag) = &mut self.drag {
            let Around {
                scene,
                view,
                now_ms,
                ..
            } = around;
            drag.set_modifier(modifier, scene, view, &mut self.outbox, *now_ms);
        }
    }

    /// The mouse is over the view there, or not at all.
    pub fn set_mouse(&mut self, at: Option<DVec2>) {
        self.mouse = at;
    }

    /// Catches up with the scene and with time. To be called before each picture, and at
    /// [`wake_ms`](Self::wake_ms).
    pub fn tick(&mut self, around: &Around<'_>) {
        let Around {
            scene,
            view,
            now_ms,
            ..
        } = around;
        if let Some(drag) = self.drag.take_if(|drag| !drag.is_possible(scene)) {
            drag.finish(None, scene, view, &mut self.outbox);
        }
        if let Some(drag) = &mut self.drag {
            drag.tick(scene, view, &mut self.outbox, *now_ms);
        }
        self.press.take_if(|press| {
            scene.find(&press.aim.name) != Some(press.aim.id)
                || !is_interactive(scene, press.aim.id)
                || (press.may_drag && !draggable(scene, press.aim.id))
        });
        self.release_gizmo(|drag| !drag.is_possible(scene));
        self.travels
            .retain(|id, _| scene.is_visible(*id) && gizmo::gizmo(scene, *id).is_some());
        if let Some(tool) = &mut self.orbit_tool {
            tool.follow(around.pivot);
        }
        self.hovered = self
            .mouse
            .and_then(|at| over(at, around, self.orbit_tool.as_ref()));
    }

    /// The connection, or the scene, is another: nothing that is under way goes on.
    pub fn reset(&mut self) {
        *self = Self {
            mouse: self.mouse,
            held: self.held,
            orbit_tool: self.orbit_tool.take(),
            ..Self::default()
        };
    }

    /// What is to be sent to the server now.
    pub fn take_messages(&mut self, now_ms: f64) -> Vec<Vec<u8>> {
        self.outbox.take(now_ms)
    }

    /// What is to be applied to the scene here, since the server does not say it back.
    pub fn take_moves(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.moves)
    }

    /// When there is something to [`tick`](Self::tick) or to
    /// [`take_messages`](Self::take_messages), even if nothing happens until then.
    pub fn wake_ms(&self) -> Option<f64> {
        let drag = self.drag.as_ref().and_then(Drag::wake_ms);
        [drag, self.outbox.wake_ms()]
            .into_iter()
            .flatten()
            .min_by(f64::total_cmp)
    }

    /// Whether the camera is to stay as it is.
    pub fn locks_camera(&self) -> bool {
        self.drag.is_some()
            || self.gizmo.is_some()
            || self.orbit_tool.as_ref().is_some_and(OrbitTool::is_dragged)
            || self.press.as_ref().is_some_and(|press| press.may_drag)
            || self
                .scene_press
                .as_ref()
                .is_some_and(ScenePress::locks_camera)
    }
}

impl NodePress {
    fn begin(input: &PointerInput, aim: Aim, scene: &SceneTree) -> Option<Self> {
        let pressed = Input {
            button: input.button?,
            modifier: input.modifier,
        };
        let Bindings { click, drag } = scene.bindings(aim.id)?;
        let may_drag = pressed.is_bound(drag);
        (may_drag || pressed.is_bound(click)).then_some(Self {
            pointer: input.pointer,
            from: input.at,
            aim,
            input: pressed,
            may_drag,
        })
    }
}

/// Whether a pointer has gone further than one that clicks.
fn is_motion(from: DVec2, to: DVec2) -> bool {
    (to - from).abs().max_element() > MOTION
}

#[cfg(test)]
mod tests;
