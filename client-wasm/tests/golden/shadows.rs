//! Shadows: whose there are, on what, and when their maps are drawn again.

use std::error::Error;
use std::path::Path;

use bytes::Bytes;
use glam::{Mat4, Vec3};
use scenecast_client::render::{Camera, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::scene::{
    BatchedGlb, BatchedMeshes, Box, CameraFrustum, Cylinder, DirectionalLight, Frame, Glb, Grid,
    Icosphere, Image, Mesh, Node, PointLight, SkinnedMesh, SpotLight,
};

use super::picture::Picture;
use crate::{golden::moving, renderer};

type Outcome<T = ()> = Result<T, std::boxed::Box<dyn Error>>;

const FLOOR: u32 = 0;
const CASTER: u32 = 1;
const LIGHT: u32 = 2;

/// Above the floor, with shadows beside what casts them.
fn camera() -> Camera {
    Camera::look_at(Vec3::new(1.0, 4.0, 2.5), Vec3::ZERO, Vec3::Y, 0.8)
}

struct Stage {
    gl: Headless,
    renderer: Renderer,
}

impl Stage {
    /// A grey floor.
    fn new() -> Outcome<Self> {
        let gl = Headless::new()?;
        let renderer = renderer(&gl)?;
        let mut stage = Self { gl, renderer };
        let floor = Box::default()
            .dimensions([6.0, 0.1, 6.0])
            .color([128, 128, 128]);
        stage.put(FLOOR, floor, Vec3::NEG_Y * 0.05)?;
        Ok(stage)
    }

    fn put(&mut self, id: u32, node: impl Into<Node>, position: Vec3) -> Outcome {
        self.renderer.insert(id, &node.into())?;
        self.renderer
            .set_world(id, Mat4::from_translation(position));
        Ok(())
    }

    /// The picture's pixels, and how many draw calls the maps of shadows took.
    fn draw_from(&mut self, camera: &Camera) -> Outcome<(Vec<[u8; 4]>, u32)> {
        let size = [64, 64];
        let (picture, stats) = Picture::draw(self.gl.context(), &mut self.renderer, camera, size)?;
        Ok((picture.pixels, stats.shadow_draw_calls))
    }

    fn pixels(&mut self) -> Outcome<Vec<[u8; 4]>> {
        Ok(self.draw_from(&camera())?.0)
    }

    fn shadow_draw_calls(&mut self) -> Outcome<u32> {
        Ok(self.draw_from(&camera())?.1)
    }
}

/// How many pixels are darker in the first picture.
fn darker(a: &[[u8; 4]], b: &[[u8; 4]]) -> usize {
    let pairs = a.iter().zip(b);
    pairs
        .filter(|([a, ..], [b, ..])| u16::from(*a) + 3 < u16::from(*b))
        .count()
}

/// What casts shadows, or not.
fn casters(casts: bool) -> Outcome<Vec<(&'static str, Node)>> {
    let still = [1.0f32, 0.0, 0.0, 0.0];
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fixtures");
    let png = Bytes::from(std::fs::read(fixtures.join("image.png"))?);
    // It faces away from the light: the sides that are seen cast none.
    let triangle = [[-0.4f32, 0.0, 0.4], [0.4, 0.0, 0.4], [0.0, 0.0, -0.4]];
    let faces = [[0u32, 2, 1]];
    let batch = BatchedMeshes::default()
        .vertices(triangle)
        .faces(faces)
        .batched_wxyzs([still])
        .batched_positions([[0.0f32; 3]]);
    let skin = SkinnedMesh::default()
        .vertices(triangle)
        .faces(faces)
        .bone_wxyzs([still])
        .bone_positions([[0.0f32; 3]])
        .skin_indices([[0u16; 4]; 3])
        .skin_weights([still; 3]);
    let upright = Glb::new(moving::triangle());
    let glbs = BatchedGlb::new(moving::triangle(), [still], [[0.0f32; 3]]);
    let frustum = CameraFrustum::default().image_data(png.clone()).scale(0.3);
    Ok(vec![
        (
            "box",
            Box::default()
                .dimensions([0.5; 3])
                .cast_shadow(casts)
                .into(),
        ),
        (
            "icosphere",
            Icosphere::default().radius(0.3).cast_shadow(casts).into(),
        ),
        (
            "cylinder",
            Cylinder::default().radius(0.3).cast_shadow(casts).into(),
        ),
        ("mesh", Mesh::new(triangle, faces).cast_shadow(casts).into()),
        (
            "edges",
            Mesh::new(triangle, faces)
                .wireframe(true)
                .cast_shadow(casts)
                .into(),
        ),
        (
            "glass",
            Mesh::new(triangle, faces)
                .opacity(0.2)
                .cast_shadow(casts)
                .into(),
        ),
        ("batch", batch.cast_shadow(casts).into()),
        ("skin", skin.cast_shadow(casts).into()),
        ("model", upright.cast_shadow(casts).into()),
        ("models", glbs.cast_shadow(casts).into()),
        (
            "image",
            Image::default().data(png).cast_shadow(casts).into(),
        ),
        ("frustum", frustum.cast_shadow(casts).into()),
    ])
}

#[test]
fn every_kind_casts_shadows_where_it_may() -> Outcome {
    let mut stage = Stage::new()?;
    for ((name, caster), (_, other)) in casters(true)?.into_iter().zip(casters(false)?) {
        let at = Vec3::new(0.2, 0.9, 0.2);
        stage.put(CASTER, other, at)?;
        stage.renderer.receive_images();
        let without = stage.pixels()?;
        stage.put(CASTER, caster, at)?;
        stage.renderer.receive_images();
        let with = stage.pixels()?;
        assert!(darker(&with, &without) > 10, "{name}");
        assert_eq!(darker(&without, &with), 0, "{name}");
    }
    Ok(())
}

#[test]
fn shadows_fall_only_on_what_receives_them() -> Outcome {
    let mut stage = Stage::new()?;
    stage.put(CASTER, Icosphere::default().radius(0.4), Vec3::Y)?;
    let floor = Box::default()
        .dimensions([6.0, 0.1, 6.0])
        .color([128, 128, 128]);
    let mut with = |floor: Box| -> Outcome<Vec<[u8; 4]>> {
        stage.put(FLOOR, floor, Vec3::NEG_Y * 0.05)?;
        stage.pixels()
    };
    let nothing = with(floor.clone().receive_shadow(false))?;
    let less_light = with(floor.clone())?;
    let painted = with(floor.clone().receive_shadow(0.5))?;
    let faintly = with(floor.receive_shadow(0.1))?;
    assert!(darker(&less_light, &nothing) > 50);
    assert!(darker(&painted, &faintly) > 50);
    assert!(darker(&faintly, &nothing) > 50);
    // Where it is painted, a shadow is black by half: nothing is left but half of the colour.
    let sum = |pixels: &[[u8; 4]]| pixels.iter().map(|p| u64::from(p[0])).sum::<u64>();
    assert!(sum(&painted) < sum(&faintly));
    // A grid keeps them, where it has no colour of its own, too.
    stage.renderer.remove(FLOOR);
    let grid = Grid::default().shadow_opacity(0.0);
    stage.put(FLOOR, grid.clone().shadow_opacity(0.5), Vec3::ZERO)?;
    stage.renderer.set_world(FLOOR, flat());
    let opaque = |pixels: Vec<[u8; 4]>| pixels.iter().filter(|p| p[3] > 100).count();
    let on_grid = opaque(stage.pixels()?);
    stage.put(FLOOR, grid, Vec3::ZERO)?;
    stage.renderer.set_world(FLOOR, flat());
    assert!(on_grid > opaque(stage.pixels()?) + 50);
    Ok(())
}

/// Turns the scene's ground to the renderer's.
fn flat() -> Mat4 {
    Mat4::from_rotation_x(-std::f32::consts::FRAC_PI_2)
}

#[test]
fn every_light_that_may_casts_shadows() -> Outcome {
    let place = Vec3::new(0.6, 2.0, 0.3);
    let lights = |casts: bool| -> [Node; 3] {
        [
            DirectionalLight::default()
                .intensity(3.0)
                .cast_shadow(casts)
                .into(),
            PointLight::default()
                .intensity(30.0)
                .cast_shadow(casts)
                .into(),
            SpotLight::default()
                .intensity(30.0)
                .direction([-0.3, -1.0, -0.15])
                .cast_shadow(casts)
                .into(),
        ]
    };
    let mut stage = Stage::new()?;
    // Thicker than the tolerance of maps.
    let floor = Box::default()
        .dimensions([6.0, 2.0, 6.0])
        .color([128, 128, 128]);
    stage.put(FLOOR, floor, Vec3::NEG_Y)?;
    stage.put(CASTER, Icosphere::default().radius(0.4), Vec3::Y)?;
    stage.renderer.set_default_lights(false, true);
    for (maps, (light, other)) in [3, 6, 1]
        .into_iter()
        .zip(lights(true).into_iter().zip(lights(false)))
    {
        let name = light.tag();
        stage.put(LIGHT, other, place)?;
        let without = stage.pixels()?;
        assert_eq!(stage.shadow_draw_calls()?, 0, "{name}");
        stage.put(LIGHT, light, place)?;
        let (with, calls) = stage.draw_from(&camera())?;
        assert!(darker(&with, &without) > 20, "{name}");
        // Two shapes on each map.
        assert_eq!(calls, 2 * maps, "{name}");
    }
    Ok(())
}

#[test]
fn maps_are_drawn_again_only_where_something_moved() -> Outcome {
    let mut stage = Stage::new()?;
    let cascades = 3;
    stage.put(CASTER, Box::default(), Vec3::Y)?;
    stage.put(3, Frame::default(), Vec3::X)?;
    assert_eq!(stage.shadow_draw_calls()?, cascades);
    assert_eq!(stage.shadow_draw_calls()?, 0, "at rest");
    assert!(!stage.renderer.needs_redraw());
    stage.put(3, Frame::default(), Vec3::Z)?;
    assert_eq!(stage.shadow_draw_calls()?, 0, "a frame casts none");
    let place = |y: f32| Mat4::from_translation(Vec3::Y * y);
    stage.renderer.set_world(CASTER, place(1.5));
    assert_eq!(stage.shadow_draw_calls()?, cascades, "a box moved");
    let elsewhere = Camera::look_at(Vec3::new(1.0, 4.0, 0.5), Vec3::ZERO, Vec3::Y, 0.8);
    assert_eq!(stage.draw_from(&elsewhere)?.1, cascades, "the camera moved");

    // Maps of a light with a place do not follow the camera.
    stage.renderer.set_default_lights(false, true);
    let light = SpotLight::default()
        .direction([0.0, -1.0, 0.0])
        .cast_shadow(true);
    stage.put(LIGHT, light, Vec3::Y * 3.0)?;
    assert_eq!(stage.shadow_draw_calls()?, 1);
    assert_eq!(stage.draw_from(&elsewhere)?.1, 0);
    stage.renderer.set_world(LIGHT, place(3.5));
    assert_eq!(stage.shadow_draw_calls()?, 1, "the light moved");

    // Nothing casts shadows: nothing is drawn.
    stage.renderer.set_visible(CASTER, false);
    stage.renderer.remove(FLOOR);
    assert_eq!(stage.shadow_draw_calls()?, 0);
    Ok(())
}

#[test]
fn a_thousand_boxes_share_a_draw_call_for_each_map() -> Outcome {
    let mut stage = Stage::new()?;
    for id in 10..1010 {
        let place = Vec3::new((id % 32) as f32 * 0.1, 0.5, (id / 32) as f32 * 0.1);
        // Whether they cast shadows or not.
        let node = Box::default().dimensions([0.05; 3]).cast_shadow(id % 3 > 0);
        stage.put(id, node, place)?;
    }
    assert_eq!(stage.shadow_draw_calls()?, 3);
    Ok(())
}

#[test]
fn lights_beyond_the_limit_of_maps_cast_no_shadows() -> Outcome {
    let mut stage = Stage::new()?;
    for id in 10..30 {
        let light = PointLight::default().cast_shadow(true);
        stage.put(id, light, Vec3::Y * 2.0)?;
    }
    // The default light's maps, then as many cubes as fit.
    assert_eq!(stage.shadow_draw_calls()?, 3 + 10 * 6);
    Ok(())
}
