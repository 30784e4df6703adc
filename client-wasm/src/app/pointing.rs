//! Pointers in the page: what they do to the scene, and how that looks.

use glam::DVec2;
use scenecast_protocol::types::Modifier;
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

use super::App;
use crate::interaction::orbit_tool::Pivot;
use crate::interaction::view::View;
use crate::interaction::{Around, Cursor, Interaction, PointerInput, crosshair};
use crate::render::picking::Ray;

/// What of pointers shows on the page.
pub(super) struct Pointing {
    rectangle: Option<HtmlElement>,
    shown: Option<[DVec2; 2]>,
    cursor: Cursor,
}

impl Pointing {
    pub(super) fn new(document: &Document) -> Self {
        Self {
            rectangle: document
                .get_element_by_id("rectangle")
                .and_then(|element| element.dyn_into().ok()),
            shown: None,
            cursor: Cursor::Auto,
        }
    }

    fn show_rectangle(&mut self, corners: Option<[DVec2; 2]>) {
        if self.shown == corners {
            return;
        }
        self.shown = corners;
        let Some(element) = &self.rectangle else {
            return;
        };
        element.set_hidden(corners.is_none());
        if let Some([a, b]) = corners {
            let (low, size) = (a.min(b), (a - b).abs());
            let sides = [
                ("left", low.x),
                ("top", low.y),
                ("width", size.x),
                ("height", size.y),
            ];
            for (side, pixels) in sides {
                // A style can always be set.
                let _ = element.style().set_property(side, &format!("{pixels}px"));
            }
        }
    }
}

impl App {
    /// A pointer goes down over the view.
    pub(crate) fn pointer_down(&mut self, input: &PointerInput) {
        self.interact(|interaction, around| interaction.press(input, around));
        if self.interaction.locks_camera() {
            self.gestures.release_all();
        } else {
            self.gestures
                .press(input.pointer, input.at, &mut self.camera);
        }
    }

    /// A pointer moves, pressed or not.
    pub(crate) fn pointer_moved(&mut self, input: &PointerInput) {
        self.interact(|interaction, around| interaction.moved(input, around));
    }

    /// The mouse is over the view there, or has left it.
    pub(crate) fn mouse_at(&mut self, at: Option<DVec2>) {
        self.interaction.set_mouse(at);
        self.request_frame();
    }

    /// A pointer goes up, over the view or over something else.
    pub(crate) fn pointer_up(&mut self, input: &PointerInput, inside: bool) {
        self.gestures.release(input.pointer);
        self.interact(|interaction, around| interaction.release(input, inside, around));
    }

    /// The browser takes a pointer away.
    pub(crate) fn pointer_lost(&mut self, pointer: i32) {
        self.gestures.release(pointer);
        self.interact(|interaction, around| interaction.cancel(pointer, around));
    }

    /// These modifiers are held now.
    pub(crate) fn modifiers_changed(&mut self, modifier: Option<Modifier>) {
        self.interact(|interaction, around| interaction.set_modifier(modifier, around));
    }

    /// The page has lost the keyboard.
    pub(crate) fn keyboard_lost(&mut self) {
        self.keys.release_all();
        self.interact(|interaction, around| interaction.blur(around));
    }

    /// Whether gestures and keys leave the camera alone.
    pub(crate) fn is_camera_locked(&self) -> bool {
        self.interaction.locks_camera()
    }

    /// Lets what pointers have begun catch up with the scene and with time.
    pub(super) fn tick_interaction(&mut self) {
        self.interact(|interaction, around| interaction.tick(around));
    }

    /// What of pointers is drawn over the scene.
    pub(super) fn mark_pointing(&mut self) {
        let view = self.view();
        let scene = &self.state.scene;
        let mut marks = self.interaction.gizmo_marks(scene, &self.roster, &view);
        marks.extend(self.interaction.drag_marks(scene, &view));
        marks.extend(self.interaction.orbit_tool_marks(&view));
        let is_steered = self.gestures.is_active() || self.keys.is_active();
        if is_steered && self.shows_crosshair && !self.interaction.locks_camera() {
            let orbit = self.camera.orbit();
            marks.extend(crosshair::marks(orbit.target(), orbit.up(), &view));
        }
        let (near, far) = (self.camera.near(), self.camera.far());
        // Recordings have no GUI.
        let containers = match self.playback.is_on() {
            true => &[],
            false => self.roster.containers(),
        };
        self.anchors
            .place(scene, containers, &view, [near, far], &self.gui);
        let pointed = self.pointed_node();
        self.anchors.place_tag(scene, pointed, &view);
        self.canvas.set_marks(marks);
        let hovered = self.interaction.hovered();
        self.highlight.show(
            hovered,
            pointed,
            scene,
            &self.changes,
            &mut self.canvas,
            &mut self.journal,
        );
    }

    fn view(&self) -> View {
        View {
            render_from_camera: self.camera.render_from_camera(),
            fov: self.camera.fov(),
            size: self.canvas.css_size(),
            render_from_scene: self.camera.render_from_scene(),
        }
    }

    fn interact(&mut self, run: impl FnOnce(&mut Interaction, &Around<'_>)) {
        let now_ms = self.now_ms();
        self.roster.refresh(&self.state.scene);
        let canvas = &self.canvas;
        let view = self.view();
        let lens = view.lens();
        let pick = |ray: &Ray, ids: &[u32]| canvas.pick(ray, &lens, ids);
        let around = Around {
            scene: &self.state.scene,
            roster: &self.roster,
            filters: self.state.pointer_filters(),
            view,
            pivot: Pivot {
                target: self.camera.orbit().target(),
                up: self.camera.orbit().up(),
            },
            pick: &pick,
            now_ms,
        };
        run(&mut self.interaction, &around);
        for message in self.interaction.take_messages(now_ms) {
            if let Some(socket) = &self.socket {
                socket.send(&message);
            }
        }
        for message in self.interaction.take_moves() {
            // A pose that the scene does not take is one that the server does not take either.
            let _ = self.state.apply(&message);
            self.schedule.request_frame();
        }
        if let Some(Pivot { target, up }) = self.interaction.take_pivot() {
            self.camera.pivot_to(target, up);
            self.schedule.request_frame();
        }
        self.show_pointing();
        self.plan(now_ms);
    }

    fn show_pointing(&mut self) {
        let cursor = self.interaction.cursor(self.state.pointer_filters());
        if self.pointing.cursor != cursor {
            self.pointing.cursor = cursor;
            self.canvas.set_cursor(match cursor {
                Cursor::Auto => "auto",
                Cursor::Pointer => "pointer",
                Cursor::Crosshair => "crosshair",
            });
        }
        self.pointing.show_rectangle(self.interaction.rectangle());
    }
}
