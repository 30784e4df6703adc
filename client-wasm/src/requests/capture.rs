//! Pictures that servers ask for.

use glam::DAffine3;
use scenecast_protocol::camera::GetRenderRequest;

use crate::camera::render_from_pose;
use crate::render::Camera;

/// Where such cameras begin and end to see, scene units.
const NEAR: f32 = 0.01;
const FAR: f32 = 1000.0;

/// Why there is no such picture.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CaptureError {
    /// The camera is none.
    #[error(
        "a picture with position {position:?}, rotation {wxyz:?} and field of view {fov}; \
         expected finite numbers and 0 to pi radians"
    )]
    Camera {
        /// Its position.
        position: [f64; 3],
        /// Its rotation.
        wxyz: [f64; 4],
        /// Its field of view.
        fov: f64,
    },
    /// The size is none.
    #[error("a picture of {width} by {height} pixels")]
    Size {
        /// Width asked for.
        width: i64,
        /// Height asked for.
        height: i64,
    },
}

/// The camera of a request in the renderer's world.
///
/// # Errors
/// Its numbers make no camera.
pub fn camera(
    request: &GetRenderRequest,
    render_from_scene: DAffine3,
) -> Result<Camera, CaptureError> {
    let GetRenderRequest {
        position,
        wxyz,
        fov,
        ..
    } = request;
    let world_from_camera = render_from_pose(render_from_scene, *position, *wxyz).as_mat4();
    let is_camera = world_from_camera.is_finite() && *fov > 0.0 && *fov < std::f64::consts::PI;
    if !is_camera {
        return Err(CaptureError::Camera {
            position: *position,
            wxyz: wxyz.0,
            fov: *fov,
        });
    }
    Ok(Camera {
        world_from_camera,
        fov_y: *fov as f32,
        near: NEAR,
        far: FAR,
    })
}

/// Width and height of a request.
///
/// # Errors
/// They are no numbers of pixels. Whether they are too many is the renderer's business.
pub fn size(request: &GetRenderRequest) -> Result<[u32; 2], CaptureError> {
    let error = || CaptureError::Size {
        width: request.width,
        height: request.height,
    };
    let pixels = |n: i64| u32::try_from(n).ok().filter(|n| *n > 0);
    let width = pixels(request.width).ok_or_else(error)?;
    let height = pixels(request.height).ok_or_else(error)?;
    Ok([width, height])
}

#[cfg(test)]
mod tests {
    use glam::Vec3;
    use scenecast_protocol::Wxyz;
    use scenecast_protocol::camera::RenderFormat;

    use super::*;
    use crate::camera::default_render_from_scene;

    fn request() -> GetRenderRequest {
        GetRenderRequest {
            format: RenderFormat::Png,
            height: 30,
            width: 40,
            quality: 80,
            wxyz: Wxyz::IDENTITY,
            position: [1.0, 2.0, 3.0],
            fov: 0.9,
            render_uuid: "a".to_owned(),
        }
    }

    #[test]
    fn cameras_look_along_z_with_y_down() {
        let camera = camera(&request(), default_render_from_scene()).unwrap();
        let at = |p: Vec3| camera.world_from_camera.transform_point3(p);
        let scene = |p: [f64; 3]| {
            default_render_from_scene()
                .transform_point3(p.into())
                .as_vec3()
        };
        assert!(at(Vec3::ZERO).abs_diff_eq(scene([1.0, 2.0, 3.0]), 1e-6));
        assert!(
            at(Vec3::NEG_Z).abs_diff_eq(scene([1.0, 2.0, 4.0]), 1e-6),
            "forward"
        );
        assert!(at(Vec3::Y).abs_diff_eq(scene([1.0, 1.0, 3.0]), 1e-6), "up");
    }

    #[test]
    fn nonsense_is_no_picture() {
        let scene = default_render_from_scene();
        for broken in [
            GetRenderRequest {
                fov: 0.0,
                ..request()
            },
            GetRenderRequest {
                fov: f64::NAN,
                ..request()
            },
            GetRenderRequest {
                position: [f64::INFINITY; 3],
                ..request()
            },
            GetRenderRequest {
                wxyz: Wxyz([0.0; 4]),
                ..request()
            },
        ] {
            assert!(camera(&broken, scene).is_err(), "{broken:?}");
        }
        for (width, height) in [(0, 5), (5, -1), (1 << 40, 5)] {
            assert!(
                size(&GetRenderRequest {
                    width,
                    height,
                    ..request()
                })
                .is_err()
            );
        }
    }
}
