//! Clicks and rectangles anywhere in the view.

use glam::DVec2;
use scenecast_protocol::event::{ScenePointer, ScenePointerEnable, ScenePointerEvent};
use scenecast_protocol::types::{Modifier, PointerButton};

use super::view::View;
use super::{PointerInput, is_motion};

/// A press that a server wants to know about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScenePress {
    pub(super) pointer: i32,
    modifier: Option<Modifier>,
    from: DVec2,
    to: DVec2,
    has_moved: bool,
    wants_click: bool,
    wants_rectangle: bool,
}

impl ScenePress {
    /// Begins with a press if one of the filters is for it.
    pub(super) fn begin(
        input: &PointerInput,
        filters: &[ScenePointerEnable],
        view: &View,
    ) -> Option<Self> {
        if input.button != Some(PointerButton::Left) || !view.contains(input.at) {
            return None;
        }
        let wants = |event| is_wanted(filters, event, input.modifier);
        let press = Self {
            pointer: input.pointer,
            modifier: input.modifier,
            from: input.at,
            to: input.at,
            has_moved: false,
            wants_click: wants(ScenePointerEvent::Click),
            wants_rectangle: wants(ScenePointerEvent::RectSelect),
        };
        (press.wants_click || press.wants_rectangle).then_some(press)
    }

    /// While a rectangle is drawn, the camera stays.
    pub(super) fn locks_camera(&self) -> bool {
        self.wants_rectangle
    }

    pub(super) fn moved(&mut self, at: DVec2) {
        self.to = at;
        self.has_moved |= is_motion(self.from, at);
    }

    /// The rectangle to be shown, from corner to corner.
    pub(super) fn rectangle(&self) -> Option<[DVec2; 2]> {
        (self.wants_rectangle && is_motion(self.from, self.to)).then_some([self.from, self.to])
    }

    /// What the server is told when the pointer goes up.
    pub(super) fn released(&self, view: &View) -> Option<ScenePointer> {
        if let Some(corners) = self.rectangle() {
            let [[ax, ay], [bx, by]] = corners.map(|at| view.screen_pos(at));
            return Some(ScenePointer {
                event_type: ScenePointerEvent::RectSelect,
                ray_origin: None,
                ray_direction: None,
                screen_pos: vec![[ax.min(bx), ay.min(by)], [ax.max(bx), ay.max(by)]],
                modifier: self.modifier,
            });
        }
        // A rectangle that was drawn and taken back is a click.
        let is_click = self.wants_click && (self.wants_rectangle || !self.has_moved);
        is_click.then(|| {
            let (origin, direction) = view.ray_to_scene(&view.ray(view.middle(self.from)));
            ScenePointer {
                event_type: ScenePointerEvent::Click,
                ray_origin: Some(origin),
                ray_direction: Some(direction),
                screen_pos: vec![view.screen_pos(self.from)],
                modifier: self.modifier,
            }
        })
    }
}

/// Whether some owner wants such events with exactly these modifiers.
pub(super) fn is_wanted(
    filters: &[ScenePointerEnable],
    event: ScenePointerEvent,
    modifier: Option<Modifier>,
) -> bool {
    filters
        .iter()
        .any(|filter| filter.event_type == event && filter.modifiers.contains(&modifier))
}
