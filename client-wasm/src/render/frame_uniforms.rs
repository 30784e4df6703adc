//! What is the same for everything drawn in one frame; the layout of `shaders/frame.glsl`.

use glam::{Mat3, Mat4, Vec3, Vec4};
use three_d::core::{Context, Program, UniformBuffer};

use super::camera::{Camera, Viewport};
use super::lighting::Lighting;
use super::lights::{self, Lights, MAX_LIGHTS, Surroundings};
use super::shadows::MapsOfLight;

/// 2 matrices, 4 vectors before the environment, its 3 rows, light from all sides, other lights.
const VECTORS: usize = 8 + 4 + 3 + 4 + lights::VECTORS * MAX_LIGHTS;

/// The uniform block `Frame`.
pub(crate) struct FrameUniforms {
    buffer: UniformBuffer,
}

/// A colour that things fade to with distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fog {
    /// Encoded as shown.
    pub(crate) color: [f32; 3],
    pub(crate) near: f32,
    pub(crate) far: f32,
}

impl FrameUniforms {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            buffer: UniformBuffer::new(context, &[4 * VECTORS as u32]),
        }
    }

    /// Gives the block to `program`.
    pub(crate) fn bind(&self, program: &Program) {
        program.use_uniform_block("Frame", &self.buffer);
    }

    /// Returns which kinds of light there are.
    pub(crate) fn update(
        &mut self,
        camera: &Camera,
        viewport: Viewport,
        fog: Option<Fog>,
        lights: &Lights,
        maps: &[MapsOfLight],
    ) -> Lighting {
        let mut vectors = Vec::with_capacity(VECTORS);
        let mut matrix = |m: Mat4| vectors.extend([m.x_axis, m.y_axis, m.z_axis, m.w_axis]);
        matrix(camera.view_from_world());
        matrix(camera.clip_from_view(viewport));
        vectors.push(camera.position().extend(1.0));
        vectors.push(Vec4::new(
            viewport.width as f32,
            viewport.height as f32,
            viewport.css_height(),
            (camera.fov_y / 2.0).tan(),
        ));
        let (fog_color, near, far) = fog.map_or((Vec4::ZERO, 0.0, 1.0), |f| {
            (Vec3::from(f.color).extend(1.0), f.near, f.far)
        });
        vectors.push(fog_color);
        vectors.push(Vec4::new(near, far, 0.0, 0.0));

        let environment = Mat3::from_quat(lights.environment_rotation.inverse());
        vectors.push(environment.row(0).extend(lights.environment_intensity));
        vectors.push(environment.row(1).extend(0.0));
        vectors.push(environment.row(2).extend(0.0));
        let is_only_caster = maps.iter().filter(|[_, count]| *count > 0).count() == 1;
        let (mut kinds, mut sun) = (Lighting::default(), 0);
        let local = lights.local().zip(maps).enumerate();
        let local = local.map(|(index, (light, maps))| {
            kinds = kinds
                | if is_only_caster && light.is_sun(*maps) {
                    sun = index;
                    Lighting::SHADOWED_BY_SUN
                } else {
                    light.kind(*maps)
                };
            light.vectors(*maps)
        });
        let local: Vec<_> = local.collect();
        let Surroundings { uniform, gradient } = lights.surroundings();
        vectors.push(uniform.extend(local.len() as f32));
        vectors.extend(gradient.map(|part| part.extend(sun as f32)));
        vectors.extend(local.into_iter().flatten());
        vectors.resize(VECTORS, Vec4::ZERO);

        let floats: Vec<f32> = vectors.iter().flat_map(|v| v.to_array()).collect();
        self.buffer.update(0, &floats);
        kinds
    }
}
