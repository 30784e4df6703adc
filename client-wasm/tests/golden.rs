//! Pictures of the renderer beside those that the stock viser client drew of the same scenes.
//!
//! Needs EGL, an OpenGL driver and a font (Debian: libegl1, libgl1-mesa-dri, fonts-liberation). Pictures are left in
//! `target/tmp/golden` to look at.

mod golden {
    pub mod font;
    pub mod picture;
    pub mod scene;
    pub mod similarity;
}

use std::path::Path;

use glam::{Mat4, Vec3};
use golden::font::FontFile;
use golden::picture::Picture;
use golden::scene::Scene;
use golden::similarity::compare;
use scenecast_client::render::{Camera, DrawStats, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::scene::Frame;

/// The camera that all reference pictures were taken with, in the scene's world.
const WXYZ: [f64; 4] = [
    -0.4939294498530411,
    0.7985780120016011,
    0.29252539578980563,
    -0.18093023554248835,
];
const POSITION: [f64; 3] = [2.2, -2.6, 1.7];
const FOV_Y: f32 = 0.9;
const SIZE: [u32; 2] = [256, 256];

/// Scenes, and the least content SSIM that each must reach.
const SCENES: &[(&str, f64)] = &[
    ("world_axes", 0.9),
    ("frame", 0.9),
    ("batched_axes", 0.9),
    ("grid_default", 0.9),
    ("grid_infinite", 0.9),
    ("box_opacity_wireframe", 0.9),
    ("icosphere_subdiv", 0.9),
    ("cylinder_toon", 0.0),
    ("mesh_smooth_flat", 0.9),
    ("mesh_double_side", 0.9),
    ("points_square", 0.9),
    ("points_diamond", 0.9),
    ("points_circle", 0.9),
    ("points_rounded", 0.9),
    ("points_sparkle", 0.9),
    ("points_flat", 0.9),
    ("lines_world", 0.9),
    ("lines_screen_vertexcolor", 0.9),
    ("arrows", 0.9),
    ("catmull_centripetal", 0.9),
    ("catmull_chordal", 0.9),
    ("catmull_catmullrom", 0.9),
    ("catmull_closed_default_segments", 0.9),
    ("bezier", 0.9),
    ("labels", 0.9),
    ("box_shadow_on_grid", 0.9),
    ("receive_shadow_float", 0.0),
    ("fog", 0.9),
];

fn renderer(gl: &Headless) -> Renderer {
    Renderer::new(gl.context(), Box::new(FontFile::read().unwrap()))
}

#[test]
fn pictures_are_like_the_stock_clients() {
    let gl = Headless::new().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fixtures");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&out).unwrap();
    let mut failures = Vec::new();
    println!(
        "{:32} {:>7} {:>6} {:>8} {:>6}",
        "scene", "ssim", "diff", "content", "draws"
    );
    for (name, least) in SCENES {
        let file = std::fs::read(fixtures.join(format!("{name}.viser"))).unwrap();
        let scene = Scene::read(&file).unwrap();
        let mut renderer = renderer(&gl);
        for complaint in scene.show(&mut renderer) {
            println!("{name}: {complaint}");
        }
        let camera = scene.camera(WXYZ, POSITION, FOV_Y);
        let (ours, stats) = Picture::draw(gl.context(), &mut renderer, &camera, SIZE).unwrap();
        ours.write(&out.join(format!("{name}.png"))).unwrap();
        let theirs = Picture::read(&fixtures.join(format!("{name}.png"))).unwrap();
        let similarity = compare(&ours, &theirs);
        println!(
            "{name:32} {:7.4} {:6.2} {:8.2} {:6}",
            similarity.content_ssim,
            similarity.mean_difference,
            similarity.content_difference,
            stats.draw_calls,
        );
        if similarity.content_ssim < *least {
            failures.push(*name);
        }
    }
    assert!(
        failures.is_empty(),
        "not like the stock client's: {failures:?}"
    );
}

#[test]
fn every_shader_compiles() {
    let gl = Headless::new().unwrap();
    renderer(&gl).compile_shaders().unwrap();
}

#[test]
fn frames_share_draw_calls() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl);
    for id in 0..10_000 {
        renderer
            .insert(id, &Frame::default().axes_length(0.02).into())
            .unwrap();
        let place = Vec3::new((id % 100) as f32 * 0.02, (id / 100) as f32 * 0.02, 0.0);
        renderer.set_world(id, Mat4::from_translation(place));
    }
    let camera = Camera::look_at(
        Vec3::new(1.0, 1.0, 2.0),
        Vec3::new(1.0, 1.0, 0.0),
        Vec3::Y,
        1.0,
    );
    let (picture, stats) = Picture::draw(gl.context(), &mut renderer, &camera, SIZE).unwrap();
    assert_eq!(
        stats,
        DrawStats {
            draw_calls: 2,
            instances: 20_000
        }
    );
    assert!(
        picture
            .pixels
            .iter()
            .filter(|[.., alpha]| *alpha > 0)
            .count()
            > 10_000
    );
    assert!(!renderer.needs_redraw());

    for id in 100..10_000 {
        if id % 2 == 0 {
            renderer.remove(id)
        } else {
            renderer.set_visible(id, false)
        }
    }
    assert!(renderer.needs_redraw());
    let (_, stats) = Picture::draw(gl.context(), &mut renderer, &camera, SIZE).unwrap();
    assert_eq!(stats.instances, 200);
}
