//! Pictures that servers ask for: drawn at once, beside the canvas, and compressed by the browser.

use js_sys::{ArrayBuffer, Uint8Array};
use scenecast_protocol::Message;
use scenecast_protocol::camera::{GetRenderRequest, GetRenderResponse, RenderFormat};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::{App, Handle, describe};
use crate::interaction::view::View;
use crate::render::Snapshot;
use crate::requests::capture;

/// For how long a picture waits for images of the scene that are still on their way, milliseconds.
const IMAGES_MS: f64 = 3_000.0;

/// A picture that waits to be taken, and what is to be applied only then.
pub(super) struct Awaited {
    request: GetRenderRequest,
    messages_after: Vec<Message>,
    until_ms: f64,
}

impl App {
    /// Lets a picture wait until the scene is as the server knows it.
    pub(super) fn await_picture(
        &mut self,
        request: GetRenderRequest,
        messages_after: Vec<Message>,
        now_ms: f64,
    ) {
        self.awaited = Some(Awaited {
            request,
            messages_after,
            until_ms: now_ms + IMAGES_MS,
        });
    }

    /// Takes the pictures whose time has come; returns whether none is left that waits. On a page
    /// that nobody sees, nothing would wake those that wait.
    pub(super) fn take_awaited(&mut self, now_ms: f64, is_seen: bool) -> bool {
        while let Some(awaited) = self.awaited.take() {
            self.sync();
            if self.canvas.awaits_images() && is_seen && now_ms < awaited.until_ms {
                self.awaited = Some(awaited);
                return false;
            }
            self.capture(&awaited.request);
            self.apply(awaited.messages_after, now_ms);
        }
        true
    }

    /// Draws the scene as it is now and answers when the picture is compressed. An empty picture is
    /// how viewers say that there is none.
    fn capture(&mut self, request: &GetRenderRequest) {
        let compressing = self.snapshot(request).and_then(|snapshot| {
            let answer = answer_with(self.handle.clone(), request.render_uuid.clone());
            compress(self, &snapshot, request, answer).map_err(|error| describe(&error))
        });
        if let Err(error) = compressing {
            self.journal.warn(&format!("no picture was taken: {error}"));
            self.send(&GetRenderResponse {
                payload: Default::default(),
                render_uuid: request.render_uuid.clone(),
            });
        }
    }

    fn snapshot(&mut self, request: &GetRenderRequest) -> Result<Snapshot, String> {
        let render_from_scene = self.camera.render_from_scene();
        let camera = capture::camera(request, render_from_scene).map_err(|e| e.to_string())?;
        let [width, height] = capture::size(request).map_err(|e| e.to_string())?;
        let view = View {
            render_from_camera: camera.world_from_camera.as_dmat4(),
            fov: request.fov,
            size: glam::DVec2::new(width.into(), height.into()),
            render_from_scene,
        };
        self.roster.refresh(&self.state.scene);
        let scene = &self.state.scene;
        let marks = self.interaction.gizmo_marks(scene, &self.roster, &view);
        self.canvas.set_marks(marks);
        let snapshot = self.canvas.snapshot(&camera, width, height);
        self.request_frame();
        snapshot
    }
}

/// Takes the bytes of a compressed picture to the server.
fn answer_with(handle: Handle, render_uuid: String) -> impl FnOnce(Vec<u8>) + 'static {
    move |bytes| {
        handle.with(|app| {
            app.send(&GetRenderResponse {
                payload: bytes.into(),
                render_uuid,
            });
        });
    }
}

/// Lets the browser compress a picture; `answer` gets the bytes, none where it cannot.
fn compress(
    app: &App,
    snapshot: &Snapshot,
    request: &GetRenderRequest,
    answer: impl FnOnce(Vec<u8>) + 'static,
) -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = app.document.create_element("canvas")?.unchecked_into();
    canvas.set_width(snapshot.width);
    canvas.set_height(snapshot.height);
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or("the browser has no canvas of that size")?
        .unchecked_into();
    let pixels = match request.format {
        RenderFormat::Jpeg => snapshot.on_white(),
        RenderFormat::Png => snapshot.straight(),
    };
    let (width, height) = (snapshot.width, snapshot.height);
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), width, height)?;
    context.put_image_data(&image, 0.0, 0.0)?;
    let done = Closure::once_into_js(move |blob: Option<Blob>| match blob {
        Some(blob) => read(&blob, answer),
        None => answer(Vec::new()),
    });
    // Only JPEG has a quality.
    let quality = (request.quality as f64 / 100.0).clamp(0.0, 1.0);
    canvas.to_blob_with_type_and_encoder_options(
        done.unchecked_ref(),
        request.format.as_str(),
        &quality.into(),
    )
}

/// Takes the bytes out of the browser's hands.
fn read(blob: &Blob, answer: impl FnOnce(Vec<u8>) + 'static) {
    // An error is no buffer.
    let done = Closure::once(move |buffer: JsValue| {
        let bytes = buffer.dyn_into::<ArrayBuffer>();
        answer(bytes.map_or_else(|_| Vec::new(), |bytes| Uint8Array::new(&bytes).to_vec()));
    });
    let _ = blob.array_buffer().then2(&done, &done);
    // It is called once, and frees itself then.
    done.forget();
}
