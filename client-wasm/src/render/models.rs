//! Surfaces with the materials of glTF.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use glam::{Mat3, Mat4, Vec3};
use scenecast_gl::{Filter, ImageTexture, Pixels, Sampling};
use scenecast_protocol::scene::Side;
use three_d::core::{Context, CoreError, Cull, ElementBuffer, Program, RenderStates, Texture2D};

use super::images::{COLORS, Picture};
use super::instances::{Rows, SingleRow};
use super::pass::{Pass, casting, opaque};
use super::picking::Triangles;
use super::pose::{is_mirrored, uniform};
use super::programs::Programs;
use super::shadows::Shadowing;
use super::skins::{self, Bones, Weights};
use super::surfaces::{Look, Shape, blended_states, culled};
use crate::gltf::{Alpha, Material, Texture};

mod playing;
mod reflectance;

pub(crate) use playing::PlayingModel;

/// The samplers of a material, in the order of [`TextureUse`](crate::gltf::TextureUse).
const SAMPLERS: [&str; 5] = [
    "base_color_map",
    "metallic_roughness_map",
    "normal_map",
    "occlusion_map",
    "emissive_map",
];

/// Triangles with a material.
#[derive(Clone)]
pub(crate) struct Primitive {
    /// With the attributes `uv0`, `uv1`, `color`, `bones` and `weights` as far as there are any.
    pub(crate) shape: Rc<Shape>,
    pub(crate) is_flat: bool,
    pub(crate) has_colors: bool,
    pub(crate) surface: Rc<Surface>,
    pub(crate) bones: Option<Rc<Bones>>,
    /// For the pointer.
    pub(crate) weights: Option<Weights>,
    pub(crate) shadows: Shadowing,
}

/// A material and its pictures.
pub(crate) struct Surface {
    pub(crate) material: Material,
    /// As [`Material::textures`].
    pub(crate) pictures: [Option<Rc<Picture>>; 5],
    /// All pictures of the model: nothing of it is shown before they are there.
    pub(crate) awaited: Rc<Awaited>,
}

/// Pictures that something waits for.
pub(crate) struct Awaited {
    pub(crate) pictures: Vec<Rc<Picture>>,
    are_here: Cell<bool>,
}

/// What all models are drawn with.
pub(crate) struct ModelLayer {
    context: Context,
    /// Made when the first model is drawn.
    shared: OnceCell<Shared>,
}

struct Shared {
    white: Option<ImageTexture>,
    reflectance: Texture2D,
}

impl Awaited {
    pub(crate) fn new(pictures: Vec<Rc<Picture>>) -> Self {
        Self {
            pictures,
            are_here: Cell::new(false),
        }
    }

    fn are_here(&self) -> bool {
        let are_here = self.are_here.get() || self.pictures.iter().all(|p| p.is_settled());
        self.are_here.set(are_here);
        are_here
    }
}

impl ModelLayer {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            shared: OnceCell::new(),
        }
    }

    /// Draws one instance.
    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        primitive: &Primitive,
        world_from_primitive: &Mat4,
    ) -> Result<(), CoreError> {
        let program = match &primitive.bones {
            Some(bones) => {
                let program = pass.programs.skinned_model()?;
                bones.bind(pass, program)?;
                program
            }
            None => pass.programs.model()?,
        };
        let look = Look::plain(primitive.surface.side(), primitive.shadows);
        let mut row = SingleRow(look.row(world_from_primitive));
        let mirrored = is_mirrored(world_from_primitive);
        self.draw_rows(pass, program, primitive, mirrored, &mut row, None)
    }

    /// Draws one instance as a light sees it.
    pub(crate) fn cast(
        &self,
        pass: &mut Pass<'_>,
        primitive: &Primitive,
        clip_from_world: &Mat4,
        world_from_primitive: &Mat4,
    ) -> Result<(), CoreError> {
        let (plain, masked): (Choice, Choice) = match &primitive.bones {
            Some(_) => (Programs::skinned_caster, Programs::skinned_masked_caster),
            None => (Programs::single_caster, Programs::masked_caster),
        };
        let Some(program) = self.caster(pass, primitive, plain, masked)? else {
            return Ok(());
        };
        if let Some(bones) = &primitive.bones {
            bones.bind(pass, program)?;
        }
        program.use_uniform("clip_from_world", uniform(clip_from_world));
        let side = primitive.surface.side();
        let look = Look::plain(side, primitive.shadows);
        let mut row = SingleRow(look.row(world_from_primitive));
        let states = casting(culled(side, is_mirrored(world_from_primitive)));
        primitive.shape.cast(pass, program, states, &mut row)
    }

    /// The program that draws a primitive as lights see it, which is `masked` where its picture has
    /// holes; `None` while it is not shown.
    pub(crate) fn caster<'a>(
        &self,
        pass: &Pass<'a>,
        primitive: &Primitive,
        plain: Choice,
        masked: Choice,
    ) -> Result<Option<&'a Program>, CoreError> {
        let surface = &primitive.surface;
        if !surface.awaited.are_here() {
            return Ok(None);
        }
        let (Alpha::Mask(cutoff), Some(picture)) = (surface.material.alpha, &surface.pictures[0])
        else {
            return Ok(Some(plain(pass.programs)?));
        };
        let program = masked(pass.programs)?;
        if !picture.bind(program, SAMPLERS[0]) {
            return Ok(Some(plain(pass.programs)?));
        }
        program.use_uniform("alpha", three_d::core::vec4(cutoff, 0.0, 0.0, 0.0));
        let rows = rows_of_uv(surface.material.textures[0].as_ref());
        program.use_uniform_array("image_from_uv", &rows);
        Ok(Some(program))
    }

    /// Draws many instances, whose program has got their poses; perhaps with other indices than
    /// the primitive's own.
    pub(crate) fn draw_rows(
        &self,
        pass: &mut Pass<'_>,
        program: &Program,
        primitive: &Primitive,
        is_mirrored: bool,
        rows: &mut dyn Rows,
        elements: Option<&ElementBuffer<u32>>,
    ) -> Result<(), CoreError> {
        let surface = &primitive.surface;
        if !surface.awaited.are_here() {
            return Ok(());
        }
        let shared = self.shared.get_or_init(|| Shared::new(&self.context));
        shared.bind(program);
        pass.environment.bind_mirrored(program);
        surface.bind(program, shared);
        let of_shape = [primitive.is_flat, primitive.has_colors];
        let [flat, colored] = of_shape.map(|flag| if flag { 1.0 } else { 0.0 });
        let flags = [
            flat,
            colored,
            if surface.material.is_unlit { 1.0 } else { 0.0 },
        ];
        program.use_uniform("flags", three_d::core::Vec3::from(flags));
        for states in surface.states(&primitive.shape, is_mirrored) {
            let shape = &primitive.shape;
            shape.draw(pass, program, states, rows, elements)?;
        }
        Ok(())
    }
}

/// One of the programs.
type Choice = fn(&Programs) -> Result<&Program, CoreError>;

impl Primitive {
    /// The triangles as bones have them now; `None` without bones.
    fn moved(&self) -> Option<Triangles> {
        let (bones, weights) = (self.bones.as_ref()?, self.weights.as_ref()?);
        Some(skins::moved(&self.shape.triangles(), weights, bones))
    }

    /// What it is sorted by among transparent objects, if it is one.
    pub(crate) fn blended_center(&self) -> Option<Vec3> {
        self.surface.is_blended().then_some(self.shape.center())
    }
}

impl Surface {
    pub(crate) fn is_blended(&self) -> bool {
        self.material.alpha == Alpha::Blend
    }

    pub(crate) fn side(&self) -> Side {
        match self.material.is_double_sided {
            true => Side::Double,
            false => Side::Front,
        }
    }

    fn states(&self, shape: &Shape, is_mirrored: bool) -> Vec<RenderStates> {
        let cull: Cull = culled(self.side(), is_mirrored);
        match self.is_blended() {
            true => blended_states(shape, cull, false).collect(),
            false => vec![opaque(cull)],
        }
    }

    fn bind(&self, program: &Program, shared: &Shared) {
        let Material {
            base_color,
            metallic,
            roughness,
            emissive,
            normal_scale,
            occlusion_strength,
            alpha,
            textures,
            ..
        } = &self.material;
        let (alpha_cutoff, alpha_kind) = match alpha {
            Alpha::Opaque => (0.0, 0.0),
            Alpha::Mask(cutoff) => (*cutoff, 0.0),
            Alpha::Blend => (0.0, 1.0),
        };
        let vector = three_d::core::Vec4::from;
        program.use_uniform("base_color", vector(*base_color));
        program.use_uniform("emissive", three_d::core::Vec3::from(*emissive));
        program.use_uniform(
            "factors",
            vector([*metallic, *roughness, *occlusion_strength, 0.0]),
        );
        program.use_uniform("alpha", vector([alpha_cutoff, alpha_kind, 0.0, 0.0]));
        // Without a map there are no other normals than the surface's.
        let has_normals = self.pictures[2].as_ref().is_some_and(|p| p.is_here());
        let normal_scale = if has_normals { *normal_scale } else { 0.0 };
        program.use_uniform("normal_scale", normal_scale);
        let uvs = textures
            .each_ref()
            .map(|texture| rows_of_uv(texture.as_ref()));
        let uvs: Vec<three_d::core::Vec4> = uvs.into_iter().flatten().collect();
        program.use_uniform_array("image_from_uv", &uvs);
        for (picture, sampler) in self.pictures.iter().zip(SAMPLERS) {
            let is_bound = picture.as_ref().is_some_and(|p| p.bind(program, sampler));
            if let Some(white) = shared.white.as_ref().filter(|_| !is_bound) {
                white.bind(program, sampler);
            }
        }
    }
}

/// Where on a texture a point of a surface is: rows of the matrix, then the set of coordinates.
fn rows_of_uv(texture: Option<&Texture>) -> [three_d::core::Vec4; 2] {
    let matrix = texture.map_or(Mat3::IDENTITY, |texture| texture.image_from_uv);
    let set = texture.map_or(0, |texture| texture.uv_set);
    let rows = [0, 1].map(|i| matrix.row(i));
    rows.map(|row| [row.x, row.y, row.z, set as f32].into())
}

impl Shared {
    fn new(context: &Context) -> Self {
        let white = Pixels::Rgba {
            width: 1,
            height: 1,
            bytes: vec![255; 4],
        };
        let sampling = Sampling {
            filter: Filter::Nearest,
            ..COLORS
        };
        Self {
            // Without memory for one pixel there is none for anything.
            white: ImageTexture::new(context, &white, sampling).ok().flatten(),
            reflectance: reflectance::table(context),
        }
    }

    fn bind(&self, program: &Program) {
        program.use_texture("reflectance", &self.reflectance);
    }
}
