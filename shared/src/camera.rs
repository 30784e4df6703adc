//! Viewers' cameras.
//!
//! Camera frames are OpenCV's: z forward, x right, y down.

use crate::types::Wxyz;

message! {
    /// A viewer's camera, sent whenever it moves and once after connecting.
    pub struct ViewerCamera as "ViewerCameraMessage" {
        /// Rotation, `R_world_camera`.
        wxyz: Wxyz,
        /// Position in the world.
        position: [f64; 3],
        /// Vertical field of view, radians.
        fov: f64,
        /// Distance of the near plane.
        near: f64,
        /// Distance of the far plane.
        far: f64,
        /// Height of the drawing, pixels.
        image_height: i64,
        /// Width of the drawing, pixels.
        image_width: i64,
        /// The point that the camera orbits.
        look_at: [f64; 3],
        /// The direction that the viewer keeps upright.
        up_direction: [f64; 3],
    }
}

message! {
    /// Moves a viewer's camera.
    pub struct SetCameraPosition as "SetCameraPositionMessage" {
        /// Position in the world.
        position: [f64; 3],
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Sets the direction that is upright on the screen.
    pub struct SetCameraUpDirection as "SetCameraUpDirectionMessage" {
        /// Direction in the world (not a position: the name is the wire's).
        position: [f64; 3],
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Sets the point that the camera looks at.
    pub struct SetCameraLookAt as "SetCameraLookAtMessage" {
        /// Position in the world.
        look_at: [f64; 3],
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Sets the near plane.
    pub struct SetCameraNear as "SetCameraNearMessage" {
        /// Its distance.
        near: f64,
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Sets the far plane.
    pub struct SetCameraFar as "SetCameraFarMessage" {
        /// Its distance.
        far: f64,
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Sets the field of view.
    pub struct SetCameraFov as "SetCameraFovMessage" {
        /// Vertical, radians.
        fov: f64,
        /// Only as the start, which the viewer's own wishes outweigh.
        initial: bool = false,
    }
}

message! {
    /// Keeps the camera this far from its look-at point.
    pub struct SetCameraMinOrbitDistance as "SetCameraMinOrbitDistanceMessage" {
        /// The least distance.
        min_orbit_distance: f64,
    }
}

message! {
    /// Keeps the camera this near to its look-at point.
    pub struct SetCameraMaxOrbitDistance as "SetCameraMaxOrbitDistanceMessage" {
        /// The greatest distance, perhaps infinite.
        max_orbit_distance: f64,
    }
}

literal! {
    /// How a rendered image is compressed.
    RenderFormat {
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
    }
}

message! {
    /// Asks a viewer for an image.
    pub struct GetRenderRequest as "GetRenderRequestMessage" {
        /// How the answer is compressed.
        format: RenderFormat,
        /// Height, pixels.
        height: i64,
        /// Width, pixels.
        width: i64,
        /// JPEG quality, 0 to 100.
        quality: i64,
        /// Rotation of the camera, `R_world_camera`.
        wxyz: Wxyz,
        /// Its position in the world.
        position: [f64; 3],
        /// Vertical field of view, radians.
        fov: f64,
        /// Names the answer.
        render_uuid: String,
    }
}

message! {
    /// The image that was asked for.
    pub struct GetRenderResponse as "GetRenderResponseMessage" {
        /// The compressed image; empty if the viewer could not draw it.
        payload: bytes::Bytes,
        /// Which request this answers.
        render_uuid: String,
    }
}
