//! Shader programs, compiled when first needed.

use std::cell::{Cell, OnceCell};

use three_d::core::{Context, CoreError, Program};

use super::lighting::{Lighting, VARIANTS};
use super::lights::MAX_LIGHTS;
use super::shadows::MAX_SHADOW_MAPS;

/// What a program is made of.
struct Source {
    name: &'static str,
    defines: &'static [&'static str],
    vertex: &'static [&'static str],
    fragment: &'static [&'static str],
}

/// The text of a shader, without comments: see build.rs.
macro_rules! shader {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name))
    };
}

const FRAME: &str = shader!("frame.glsl");
const INSTANCE: &str = shader!("instance.glsl");
const POSE: &str = shader!("pose.glsl");
const LOCAL_CAMERA: &str = shader!("local_camera.glsl");
const EYE: &str = shader!("eye.glsl");
const DISPLAY: &str = shader!("display.glsl");
const SKIN: &str = shader!("skin.glsl");
const SURFACE: [&str; 2] = [shader!("surface.vert"), shader!("surface.frag")];
const MODEL: [&str; 2] = [shader!("model.vert"), shader!("model.frag")];
const LIGHTS: &str = shader!("lights.glsl");
const AROUND: &str = shader!("around.glsl");
const MIRRORED: &str = shader!("mirrored.glsl");
const CUBE: &str = shader!("cube.glsl");
const FILTER: &[&str] = &[shader!("filter.vert")];
const SHADOWS: &str = shader!("shadows.glsl");
const CASTER: [&str; 2] = [shader!("caster.vert"), shader!("caster.frag")];
const BACKGROUND: [&[&str]; 2] = [&[shader!("background.vert")], &[shader!("background.frag")]];
const LINES: [&[&str]; 2] = [
    &[INSTANCE, shader!("lines.vert")],
    &[DISPLAY, shader!("lines.frag")],
];
const POINTS: [&[&str]; 2] = [
    &[shader!("points.vert")],
    &[DISPLAY, shader!("points.frag")],
];

const HALVES: &str = shader!("halves.glsl");
const SPLATS: [&str; 2] = [shader!("splats.vert"), shader!("splats.frag")];
const LABELS: [&[&str]; 2] = [
    &[INSTANCE, shader!("labels.vert")],
    &[shader!("labels.frag")],
];

/// What is declared so is compiled for the kinds of light that there are.
const LIT: &str = "LIT";

/// Declares the programs: a name for Rust, and what they are made of.
macro_rules! programs {
    ($( $(#[$doc:meta])* $name:ident: [$($define:literal)*] $vertex:expr, $fragment:expr; )*) => {
        /// Where in the list a program is.
        #[expect(non_camel_case_types, reason = "these are names of methods")]
        enum Place { $( $name, )* }

        impl Programs {
            $(
                $(#[$doc])*
                pub(crate) fn $name(&self) -> Result<&Program, CoreError> {
                    self.compiled(Place::$name as usize, &Source {
                        name: stringify!($name),
                        defines: &[$($define),*],
                        vertex: $vertex,
                        fragment: $fragment,
                    })
                }
            )*

            /// Compiles every program, for all kinds of light.
            pub(crate) fn compile_all(&self) -> Result<(), CoreError> {
                let now = self.lighting.get();
                for lighting in Lighting::all() {
                    self.light(lighting);
                    $( self.$name()?; )*
                }
                self.light(now);
                Ok(())
            }
        }

        const COUNT: usize = [$( Place::$name as usize ),*].len();
    };
}

programs! {
    /// Lit solids and meshes.
    surface: ["COLUMNS 5" "LIT"] &[INSTANCE, POSE, SURFACE[0]], &[DISPLAY, LIGHTS, SHADOWS, SURFACE[1]];
    /// Many instances of a mesh in one node.
    batch: ["COLUMNS 5" "ORDERED" "IN_NODE" "LIT"] &[INSTANCE, POSE, SURFACE[0]],
        &[DISPLAY, LIGHTS, SHADOWS, SURFACE[1]];
    /// A mesh that bones deform.
    skinned: ["COLUMNS 5" "SINGLE" "SKINNED" "LIT"] &[INSTANCE, POSE, SKIN, SURFACE[0]],
        &[DISPLAY, LIGHTS, SHADOWS, SURFACE[1]];
    /// A surface with a material of glTF.
    model: ["COLUMNS 5" "SINGLE" "LIT"] &[INSTANCE, POSE, MODEL[0]], &[DISPLAY, LIGHTS, SHADOWS, MIRRORED, MODEL[1]];
    /// The same, deformed by bones.
    skinned_model: ["COLUMNS 5" "SINGLE" "SKINNED" "LIT"] &[INSTANCE, POSE, SKIN, MODEL[0]],
        &[DISPLAY, LIGHTS, SHADOWS, MIRRORED, MODEL[1]];
    /// Many instances of the same in one node.
    model_batch: ["COLUMNS 5" "ORDERED" "IN_NODE" "LIT"] &[INSTANCE, POSE, MODEL[0]],
        &[DISPLAY, LIGHTS, SHADOWS, MIRRORED, MODEL[1]];
    /// What casts shadows: lit solids and meshes.
    caster: ["COLUMNS 5"] &[INSTANCE, POSE, CASTER[0]], &[CASTER[1]];
    /// The same of many instances in one node.
    batch_caster: ["COLUMNS 5" "IN_NODE"] &[INSTANCE, POSE, CASTER[0]], &[CASTER[1]];
    /// The same, deformed by bones.
    skinned_caster: ["COLUMNS 5" "SINGLE" "SKINNED"] &[INSTANCE, POSE, SKIN, CASTER[0]],
        &[CASTER[1]];
    /// The same of one row.
    single_caster: ["COLUMNS 5" "SINGLE"] &[INSTANCE, POSE, CASTER[0]], &[CASTER[1]];
    /// Surfaces with holes in their pictures that cast shadows.
    masked_caster: ["COLUMNS 5" "SINGLE" "MASKED"] &[INSTANCE, POSE, CASTER[0]], &[CASTER[1]];
    /// The same, deformed by bones.
    skinned_masked_caster: ["COLUMNS 5" "SINGLE" "SKINNED" "MASKED"]
        &[INSTANCE, POSE, SKIN, CASTER[0]], &[CASTER[1]];
    /// The same of many instances in one node.
    batch_masked_caster: ["COLUMNS 5" "IN_NODE" "MASKED"] &[INSTANCE, POSE, CASTER[0]],
        &[CASTER[1]];
    /// Pictures that cast shadows.
    quad_caster: ["WITHOUT_FRAME"] &[shader!("caster_quad.vert")], &[CASTER[1]];
    /// Axes of coordinate frames.
    triad: ["COLUMNS 4"] &[INSTANCE, POSE, LOCAL_CAMERA, EYE, shader!("triad.vert")],
        &[DISPLAY, shader!("unlit.frag")];
    /// Balls in one colour.
    ball: ["COLUMNS 4"] &[INSTANCE, POSE, LOCAL_CAMERA, EYE, shader!("ball.vert")],
        &[DISPLAY, shader!("unlit.frag")];
    /// Point clouds in one colour.
    points: [] POINTS[0], POINTS[1];
    /// Point clouds with a colour for each point.
    colored_points: ["COLOR_PER_POINT"] POINTS[0], POINTS[1];
    /// The opaque part of lines whose thickness is in scene units.
    world_lines: ["COLUMNS 3" "WORLD_UNITS"] LINES[0], LINES[1];
    /// The smooth rim of lines whose thickness is in scene units.
    line_fringes: ["COLUMNS 3" "WORLD_UNITS" "FRINGE"] LINES[0], LINES[1];
    /// Lines whose thickness is in pixels.
    screen_lines: ["COLUMNS 3"] LINES[0], LINES[1];
    /// Pictures in the scene.
    picture: [] &[shader!("picture.vert")],
        &[DISPLAY, shader!("picture.frag")];
    /// An image behind the scene.
    background: [] BACKGROUND[0], BACKGROUND[1];
    /// An image in the scene.
    background_with_depth: ["WITH_DEPTH"] BACKGROUND[0], BACKGROUND[1];
    /// The light of a photograph with a gain map.
    photograph: ["WITHOUT_FRAME"] FILTER, &[shader!("photograph.frag")];
    /// Light from around for the roughest surfaces.
    rough: ["WITHOUT_FRAME"] FILTER, &[CUBE, shader!("rough.frag")];
    /// Light from around for other surfaces.
    glossy: ["WITHOUT_FRAME"] FILTER, &[AROUND, CUBE, shader!("glossy.frag")];
    /// A photograph of what is around, behind the scene.
    sky: [] BACKGROUND[0], &[DISPLAY, AROUND, MIRRORED, shader!("sky.frag")];
    /// Grids.
    grid: ["LIT"] &[shader!("grid.vert")], &[DISPLAY, LIGHTS, SHADOWS, shader!("grid.frag")];
    /// Backgrounds of labels.
    label_backgrounds: ["COLUMNS 3"] LABELS[0], LABELS[1];
    /// Text of labels.
    label_glyphs: ["COLUMNS 3" "GLYPHS"] LABELS[0], LABELS[1];
    /// The outline of the node under the pointer.
    outline: [] &[shader!("outline.vert")],
        &[DISPLAY, shader!("outline.frag")];
    /// Gaussian splats.
    splats: [] &[HALVES, SPLATS[0]], &[DISPLAY, SPLATS[1]];
    /// Gaussian splats whose colours depend on the direction of view.
    splats_with_harmonics: ["HARMONICS"] &[HALVES, LOCAL_CAMERA, shader!("harmonics.glsl"), SPLATS[0]],
        &[DISPLAY, SPLATS[1]];
    /// Gizmos and the like.
    marks: [] &[shader!("marks.vert")], &[shader!("marks.frag")];
}

/// All shader programs.
pub(crate) struct Programs {
    context: Context,
    lighting: Cell<Lighting>,
    /// Each for all kinds of light, though most are the same for all, and the first of them.
    compiled: Box<[OnceCell<Box<Program>>]>,
}

impl Programs {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            lighting: Cell::default(),
            compiled: (0..COUNT * VARIANTS).map(|_| OnceCell::new()).collect(),
        }
    }

    /// Programs for what is lit are made for these kinds of light from now on.
    pub(crate) fn light(&self, lighting: Lighting) {
        self.lighting.set(lighting);
    }

    fn compiled(&self, place: usize, source: &Source) -> Result<&Program, CoreError> {
        let is_lit = source.defines.contains(&LIT);
        let lighting = match is_lit {
            true => self.lighting.get(),
            false => Lighting::default(),
        };
        let cell = &self.compiled[place * VARIANTS + lighting.variant()];
        if let Some(program) = cell.get() {
            return Ok(program);
        }
        let mut prelude = format!(
            "// {}\n#define MAX_LIGHTS {MAX_LIGHTS}\n#define MAX_SHADOW_MAPS {MAX_SHADOW_MAPS}\n",
            source.name
        );
        if cfg!(target_arch = "wasm32") {
            prelude += "#define IN_BROWSER\n";
        }
        for define in source.defines.iter().copied().chain(lighting.defines()) {
            prelude += &format!("#define {define}\n");
        }
        if !source.defines.contains(&"WITHOUT_FRAME") {
            prelude += FRAME;
        }
        let joined = |parts: &[&str]| format!("{prelude}{}", parts.concat());
        let [vertex, fragment] = [source.vertex, source.fragment].map(joined);
        let program = Program::from_source(&self.context, &vertex, &fragment)?;
        Ok(cell.get_or_init(|| Box::new(program)))
    }
}
