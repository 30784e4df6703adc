//! Cube maps of the light around, made of a photograph on the graphics card.

use std::rc::Rc;

use bytes::Bytes;
use glam::{Mat3, Quat};
use scenecast_gl::{Filter, Sampling, Wrap};
use three_d::core::{
    ColorTarget, Context, CoreError, CubeMapSide, Cull, DepthTest, Interpolation, Mipmap, Program,
    RenderStates, Texture2D, TextureCubeMap, VertexBuffer, Viewport, Wrapping, WriteMask, f16,
    vec2,
};

use super::gain_map::GainMap;
use super::{BAND_WEIGHTS, CITY, CUBE_SIZE, FACES, cube_map, mirrored_cube_map};
use crate::render::images::{Picture, Pictures};
use crate::render::pass::Pass;
use crate::render::programs::Programs;
use crate::render::quads::QuadLayer;

/// "Potsdamer Platz" by Greg Zaal, published under CC0: the default surroundings, made smaller.
const CITY_PHOTOGRAPH: &[u8] = include_bytes!("../../../assets/city.jpg");

/// Pixels along an edge of the sharpest cube map, and how many copies there are, each half as large
/// as the one before. Smooth surfaces need more of them than rough ones.
const MIRROR_SIZE: u32 = 256;
const MIRROR_LEVELS: u32 = 6;

/// Width of the photograph's light on the graphics card, twice its height: 4 MB.
const WIDTH: u32 = 1024;

/// The image's colours, and the numbers of its gain map.
const IMAGE: Sampling = Sampling {
    is_srgb: true,
    filter: Filter::Linear,
    wrap_s: Wrap::Repeat,
    wrap_t: Wrap::Clamp,
};
const GAINS: Sampling = Sampling {
    is_srgb: false,
    ..IMAGE
};

/// The light around, as textures.
pub(crate) struct EnvironmentMaps {
    context: Context,
    /// For the roughest surfaces.
    pub(crate) rough: TextureCubeMap,
    mirrored: TextureCubeMap,
    /// As `shaders/mirrored.glsl`.
    levels: f32,
    /// The light that they are made of, its first row at the top.
    photograph: Option<Texture2D>,
    /// The file that is shown, or on its way.
    file: Option<Bytes>,
    /// It is that of the default surroundings.
    is_default: bool,
    awaited: Option<Awaited>,
    pub(crate) sky: Option<Sky>,
}

/// A photograph on its way.
struct Awaited {
    image: Rc<Picture>,
    gains: Rc<Picture>,
    gain_map: GainMap,
}

/// The photograph behind the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sky {
    /// 0 to 1, as roughness.
    pub(crate) blurriness: f32,
    pub(crate) intensity: f32,
    pub(crate) rotation: Quat,
}

impl EnvironmentMaps {
    /// The default surroundings.
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            rough: cube_map(context, &CITY),
            mirrored: mirrored_cube_map(context, &CITY),
            levels: 0.0,
            photograph: None,
            file: None,
            is_default: false,
            awaited: None,
            sky: None,
        }
    }

    /// Shows a photograph as soon as it is decoded: an equirectangular JPEG with a gain map. `None`
    /// for the default surroundings. Returns `false` where the file has no gain map.
    pub(crate) fn show(&mut self, file: Option<&Bytes>, pictures: &mut Pictures) -> bool {
        let is_shown = match file {
            Some(_) => self.file.as_ref() == file && !self.is_default,
            None => self.file.is_none() || self.is_default,
        };
        if is_shown {
            return true;
        }
        self.file = file.cloned();
        self.is_default = false;
        self.awaited = None;
        let Some(file) = file else {
            let sky = self.sky;
            *self = Self::new(&self.context);
            self.sky = sky;
            return true;
        };
        let split = GainMap::split(file);
        let is_known = split.is_some();
        self.awaited = split.map(|(image, gains, gain_map)| Awaited {
            image: pictures.picture(&image, IMAGE, None),
            gains: pictures.picture(&gains, GAINS, None),
            gain_map,
        });
        is_known
    }

    /// Shows a photograph of the default surroundings, of which only mirrors need more than a few
    /// numbers.
    pub(crate) fn mirror_default(&mut self, pictures: &mut Pictures) {
        if self.file.is_none() {
            self.show(Some(&Bytes::from_static(CITY_PHOTOGRAPH)), pictures);
            self.is_default = true;
        }
    }

    /// Makes the maps once the photograph is there. Returns whether they changed.
    pub(crate) fn receive(&mut self, programs: &Programs) -> Result<bool, CoreError> {
        let is_here = |awaited: &mut Awaited| awaited.image.is_here() && awaited.gains.is_here();
        let Some(awaited) = self.awaited.take_if(is_here) else {
            return Ok(false);
        };
        let square = [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]];
        let corners = [0, 1, 2, 2, 1, 3].map(|corner| square[corner]);
        let filter = PhotoFilter {
            square: VertexBuffer::new_with_data(&self.context, &corners),
        };
        let photograph = Texture2D::new_empty::<[f16; 4]>(
            &self.context,
            WIDTH,
            WIDTH / 2,
            Interpolation::Linear,
            Interpolation::Linear,
            Some(Mipmap::default()),
            Wrapping::Repeat,
            Wrapping::ClampToEdge,
        );
        let program = programs.photograph()?;
        let GainMap {
            low,
            high,
            gamma,
            offset,
            offset_after,
        } = awaited.gain_map;
        let exponent = gamma.map(|gamma| 1.0 / gamma.max(1e-3));
        for (name, value) in [
            ("low", low),
            ("high", high),
            ("exponent", exponent),
            ("offset", offset),
            ("offset_after", offset_after),
        ] {
            program.use_uniform(name, three_d::core::Vec3::from(value));
        }
        awaited.image.bind(program, "image");
        awaited.gains.bind(program, "gains");
        // The smaller copies are made afterwards.
        filter.fill(
            photograph.as_color_target(None),
            program,
            [WIDTH, WIDTH / 2],
        )?;

        let rough = cube(&self.context, CUBE_SIZE, 1);
        let program = programs.rough()?;
        program.use_uniform_array("bands", &BAND_WEIGHTS);
        filter.fill_cube(&rough, 0, program, &photograph)?;
        let mirrored = cube(&self.context, MIRROR_SIZE, MIRROR_LEVELS);
        let program = programs.glossy()?;
        for level in 0..MIRROR_LEVELS {
            let roughness = (level as f32 / MIRROR_LEVELS as f32).powf(1.5);
            program.use_uniform("roughness", roughness);
            filter.fill_cube(&mirrored, level, program, &photograph)?;
        }
        self.rough = rough;
        self.mirrored = mirrored;
        self.levels = MIRROR_LEVELS as f32;
        self.photograph = Some(photograph);
        Ok(true)
    }

    /// Gives the maps to a program that mirrors the light around.
    pub(crate) fn bind_mirrored(&self, program: &Program) {
        program.use_texture_cube("environment_map", &self.rough);
        program.use_texture_cube("mirrored_map", &self.mirrored);
        program.use_uniform("mirrored_levels", self.levels);
    }

    /// Draws the photograph behind everything, if it is shown and there.
    pub(crate) fn draw_sky(&self, pass: &mut Pass<'_>, quads: &QuadLayer) -> Result<(), CoreError> {
        let (Some(sky), Some(photograph)) = (self.sky, &self.photograph) else {
            return Ok(());
        };
        let program = pass.programs.sky()?;
        pass.frame.bind(program);
        self.bind_mirrored(program);
        program.use_texture("photograph", photograph);
        let turned = Mat3::from_quat(sky.rotation.inverse());
        let rows = [0, 1, 2].map(|i| turned.row(i).extend(0.0).to_array().into());
        program.use_uniform_array::<three_d::core::Vec4>("photograph_from_world", &rows);
        program.use_uniform("look", vec2(sky.blurriness, sky.intensity));
        quads.fill(pass, program, behind_everything());
        Ok(())
    }
}

/// Draws into textures.
struct PhotoFilter {
    square: VertexBuffer<[f32; 2]>,
}

impl PhotoFilter {
    fn fill(
        &self,
        target: ColorTarget<'_>,
        program: &Program,
        [width, height]: [u32; 2],
    ) -> Result<(), CoreError> {
        program.use_vertex_attribute("position", &self.square);
        let area = Viewport::new_at_origo(width, height);
        target.write(|| {
            program.draw_arrays(behind_everything(), area, 6);
            Ok::<_, CoreError>(())
        })?;
        Ok(())
    }

    fn fill_cube(
        &self,
        cube: &TextureCubeMap,
        level: u32,
        program: &Program,
        photograph: &Texture2D,
    ) -> Result<(), CoreError> {
        program.use_texture("photograph", photograph);
        for (side, face) in CubeMapSide::iter().zip(FACES) {
            for (name, direction) in ["middle", "column", "row"].into_iter().zip(face) {
                program.use_uniform(name, three_d::core::Vec3::from(direction.to_array()));
            }
            let size = cube.width() >> level;
            let sides = [side];
            let target = cube.as_color_target(&sides, Some(level));
            self.fill(target, program, [size, size])?;
        }
        Ok(())
    }
}

fn cube(context: &Context, size: u32, levels: u32) -> TextureCubeMap {
    let mipmap = (levels > 1).then(|| Mipmap {
        max_levels: levels,
        ..Mipmap::default()
    });
    TextureCubeMap::new_empty::<[f16; 4]>(
        context,
        size,
        size,
        Interpolation::Linear,
        Interpolation::Linear,
        mipmap,
        Wrapping::ClampToEdge,
        Wrapping::ClampToEdge,
        Wrapping::ClampToEdge,
    )
}

fn behind_everything() -> RenderStates {
    RenderStates {
        depth_test: DepthTest::Always,
        write_mask: WriteMask::COLOR,
        cull: Cull::None,
        ..RenderStates::default()
    }
}
