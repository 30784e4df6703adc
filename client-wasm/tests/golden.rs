//! Pictures of the renderer beside those that the stock viser client drew of the same scenes.
//!
//! Needs EGL, an OpenGL driver and a font (Debian: libegl1, libgl1-mesa-dri, fonts-liberation). Pictures are left in
//! `target/tmp/golden` to look at.

mod golden {
    mod extent;
    pub(crate) mod font;
    mod levels;
    pub(crate) mod moving;
    mod odd;
    pub(crate) mod picture;
    mod points;
    pub(crate) mod scene;
    mod shadows;
    pub(crate) mod similarity;
    mod splats;
    mod surroundings;
}

use std::error::Error;
use std::path::Path;

use glam::{DVec3, Mat4, Vec3};
use golden::font::liberation_sans;
use golden::picture::Picture;
use golden::scene::Scene;
use golden::similarity::compare;
use scenecast_client::render::images::NativeImages;
use scenecast_client::render::picking::{Lens, Ray};
use scenecast_client::render::{Camera, DrawStats, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::scene::{
    BatchedMeshes, Frame, Glb, LineSegments, Mesh, Node, PointCloud, Side, SkinnedMesh,
};
use scenecast_protocol::state::Pose;

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
    ("world_axes", 0.97),
    ("frame", 0.97),
    ("batched_axes", 0.97),
    ("grid_default", 0.97),
    ("grid_infinite", 0.97),
    ("box_opacity_wireframe", 0.97),
    ("icosphere_subdiv", 0.97),
    ("cylinder_toon", 0.97),
    ("mesh_smooth_flat", 0.97),
    ("mesh_double_side", 0.97),
    ("points_square", 0.97),
    ("points_diamond", 0.97),
    ("points_circle", 0.97),
    ("points_rounded", 0.97),
    ("points_sparkle", 0.97),
    ("points_flat", 0.97),
    ("lines_world", 0.97),
    ("lines_screen_vertexcolor", 0.97),
    ("arrows", 0.97),
    ("catmull_centripetal", 0.97),
    ("catmull_chordal", 0.97),
    ("catmull_catmullrom", 0.97),
    ("catmull_closed_default_segments", 0.97),
    ("bezier", 0.97),
    ("labels", 0.97),
    ("box_shadow_on_grid", 0.97),
    ("receive_shadow_float", 0.97),
    ("fog", 0.97),
    ("image", 0.97),
    ("frustum_wire", 0.97),
    ("frustum_filled_image", 0.97),
    ("background_depth", 0.97),
    ("light_point_spot_only", 0.97),
    ("batched_meshes", 0.97),
    ("skinned", 0.97),
    ("glb", 0.97),
    ("splats", 0.97),
];

fn renderer(gl: &Headless) -> Result<Renderer, Box<dyn Error>> {
    Ok(Renderer::new(
        gl.context(),
        liberation_sans()?,
        Box::new(NativeImages::default()),
    ))
}

#[test]
fn pictures_are_like_the_stock_clients() {
    let gl = Headless::new().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fixtures");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&out).unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let mut failures = Vec::new();
    println!(
        "{:32} {:>7} {:>6} {:>8} {:>6}",
        "scene", "ssim", "diff", "content", "draws"
    );
    for (name, least) in SCENES {
        let file = std::fs::read(fixtures.join(format!("{name}.viser"))).unwrap();
        let mut scene = Scene::read(&file).unwrap();
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
        scene.hide(&mut renderer);
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
    renderer(&gl).unwrap().compile_shaders().unwrap();
}

#[test]
fn frames_share_draw_calls() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
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
            shadow_draw_calls: 0,
            instances: 20_000,
            is_thinned: false,
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

/// A camera that sees the surroundings of the origin.
fn camera() -> Camera {
    Camera::look_at(Vec3::new(2.0, 2.0, 3.0), Vec3::ZERO, Vec3::Y, 1.0)
}

#[test]
fn instances_share_a_draw_call_and_only_those_in_sight_are_drawn() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let triangle = [[0.0f32; 3], [0.1, 0.0, 0.0], [0.0, 0.1, 0.0]];
    let positions: Vec<[f32; 3]> = (0..10_000)
        .map(|i| [(i % 100) as f32 - 50.0, (i / 100) as f32 - 50.0, 0.0])
        .collect();
    let node = BatchedMeshes::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .batched_wxyzs([[1.0f32, 0.0, 0.0, 0.0]])
        .batched_positions(positions);
    renderer.insert(0, &node.into()).unwrap();
    let (_, stats) = Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    assert_eq!(stats.draw_calls, 1);
    assert!((10..200).contains(&stats.instances), "{stats:?}");
    // Away from all of them.
    renderer.set_world(0, Mat4::from_translation(Vec3::new(0.0, 0.0, 100.0)));
    let (_, stats) = Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    assert_eq!(stats.draw_calls, 0);
}

/// Of no matter where there are no lines.
const LENS: Lens = Lens {
    forward: DVec3::NEG_Z,
    pixels_per_unit: 1.0,
};

#[test]
fn rays_meet_instances_and_skins_where_they_are() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let triangle = [[-0.2f32, -0.2, 0.0], [0.2, -0.2, 0.0], [0.0, 0.2, 0.0]];
    let still = [1.0f32, 0.0, 0.0, 0.0];
    let batch = BatchedMeshes::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .batched_wxyzs([still])
        .batched_positions([[0.0f32, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.5]]);
    let skin = SkinnedMesh::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .bone_wxyzs([still])
        .bone_positions([[0.0f32; 3]])
        .skin_indices([[0u16; 4]; 3])
        .skin_weights([still; 3]);
    renderer.insert(0, &batch.into()).unwrap();
    renderer.insert(1, &skin.into()).unwrap();
    let down = |x: f64| Ray {
        origin: DVec3::new(x, 0.0, 10.0),
        direction: DVec3::NEG_Z,
    };
    let (id, hit) = renderer.pick(&down(1.0), &LENS, [0, 1]).unwrap();
    assert_eq!((id, hit.instance), (0, 2));
    assert!((hit.distance - 9.5).abs() < 1e-5);
    assert!(renderer.pick(&down(3.0), &LENS, [0, 1]).is_none());
    let moved = Pose {
        position: [3.0, 0.0, 4.0],
        ..Pose::default()
    };
    renderer.set_bones(1, &[moved]);
    let (id, hit) = renderer.pick(&down(3.0), &LENS, [0, 1]).unwrap();
    assert_eq!(id, 1);
    assert!((hit.distance - 6.0).abs() < 1e-5);
}

#[test]
fn models_move_while_they_are_shown() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let model = Glb::new(golden::moving::triangle());
    renderer.insert(0, &model.clone().into()).unwrap();
    let down = |x: f64| Ray {
        origin: DVec3::new(x, 0.1, 10.0),
        direction: DVec3::NEG_Z,
    };
    let is_at = |renderer: &Renderer, x: f64| renderer.pick(&down(x), &LENS, [0]).is_some();
    assert!(is_at(&renderer, 0.0));
    renderer.advance(100.0);
    assert!(is_at(&renderer, 0.0), "it begins when it is first shown");
    renderer.advance(101.0);
    assert!(is_at(&renderer, 2.0) && !is_at(&renderer, 0.0));
    // Another scale does not let it begin anew.
    renderer
        .update(0, &model.scale(0.5).into(), &["scale"])
        .unwrap();
    assert!(is_at(&renderer, 1.0));
    renderer.advance(102.5);
    assert!(is_at(&renderer, 0.5));

    Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    assert!(renderer.is_animated());
    renderer.set_visible(0, false);
    assert!(!renderer.is_animated());
    Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    renderer.advance(103.0);
    assert!(!renderer.needs_redraw());
    renderer.remove(0);
    assert!(!renderer.is_animated());
}

#[test]
fn many_lines_look_like_few() {
    let gl = Headless::new().unwrap();
    let ends: Vec<[[f32; 3]; 2]> = (0..300)
        .map(|i| {
            let (sin, cos) = (i as f32 * 0.1).sin_cos();
            [[0.0, i as f32 * 0.003, 0.0], [cos, i as f32 * 0.003, sin]]
        })
        .collect();
    let mut colors = vec![[0u8, 0, 200]; 600];
    colors[..300].fill([255, 100, 0]);
    let pose = Mat4::from_rotation_x(0.3);
    let draw = |parts: &[std::ops::Range<usize>]| {
        let mut renderer = renderer(&gl).unwrap();
        for (id, part) in parts.iter().enumerate() {
            let colors = &colors[2 * part.start..2 * part.end];
            let lines = LineSegments::new(&ends[part.clone()])
                .colors(colors)
                .scale(1.5);
            renderer.insert(id as u32, &lines.into()).unwrap();
            renderer.set_world(id as u32, pose);
        }
        Picture::draw(gl.context(), &mut renderer, &camera(), [128, 128]).unwrap()
    };
    let (own, own_stats) = draw(std::slice::from_ref(&(0..300)));
    let (shared, shared_stats) = draw(&[0..100, 100..200, 200..300]);
    assert_eq!([own_stats.draw_calls, shared_stats.draw_calls], [2, 2]);
    let similarity = compare(&own, &shared);
    assert!(similarity.content_ssim > 0.999, "{similarity:?}");
}

#[test]
fn updates_show_what_a_new_node_would() {
    let gl = Headless::new().unwrap();
    let triangle = [[-1.0f32, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let mesh = Mesh::new(triangle, [[0u32, 1, 2]]).side(Side::Double);
    let cloud = PointCloud::new(triangle.to_vec()).point_size(0.2);
    let still = [1.0f32, 0.0, 0.0, 0.0];
    let batch = BatchedMeshes::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .side(Side::Double)
        .batched_wxyzs([still; 3])
        .batched_positions([[0.0f32; 3], [0.5, 0.0, 0.0], [0.0, 0.5, -0.5]]);
    let skin = SkinnedMesh::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .side(Side::Double)
        .bone_wxyzs([still])
        .bone_positions([[0.0f32; 3]])
        .skin_indices([[0u16; 4]; 3])
        .skin_weights([[1.0f32, 0.0, 0.0, 0.0]; 3]);
    let steps: Vec<(Node, Node, &str)> = vec![
        (
            batch.clone().into(),
            batch
                .clone()
                .batched_positions([[0.1f32, 0.0, 0.5]; 2])
                .into(),
            "batched_positions",
        ),
        (
            batch.clone().into(),
            batch
                .clone()
                .batched_opacities(Some([0.5f32].into()))
                .into(),
            "batched_opacities",
        ),
        (
            skin.clone().into(),
            skin.clone().color([9, 200, 9]).into(),
            "color",
        ),
        (
            skin.clone().into(),
            skin.clone().bone_positions([[0.0f32, 0.5, 0.0]]).into(),
            "bone_positions",
        ),
        (
            mesh.clone().into(),
            mesh.clone().color([255, 0, 0]).into(),
            "color",
        ),
        (
            mesh.clone().into(),
            mesh.clone()
                .vertices(triangle.map(|v| v.map(|c| c * 0.5)))
                .into(),
            "vertices",
        ),
        (
            mesh.clone().into(),
            mesh.clone()
                .vertices([triangle.as_slice(), &[[0.5, 0.5, 0.5]]].concat())
                .faces([[0u32, 1, 3]])
                .into(),
            "faces",
        ),
        (
            cloud.clone().into(),
            cloud.clone().colors([[255u8, 0, 0]; 3]).into(),
            "colors",
        ),
        (
            cloud.clone().into(),
            cloud.clone().point_size(0.4).into(),
            "point_size",
        ),
        (
            mesh.clone().into(),
            mesh.clone().opacity(Some(0.3)).into(),
            "opacity",
        ),
    ];
    for (before, after, changed) in steps {
        let mut updated = renderer(&gl).unwrap();
        updated.insert(0, &before).unwrap();
        updated.update(0, &after, &[changed]).unwrap();
        let mut fresh = renderer(&gl).unwrap();
        fresh.insert(0, &after).unwrap();
        let draw = |renderer: &mut Renderer| {
            Picture::draw(gl.context(), renderer, &camera(), [64, 64])
                .unwrap()
                .0
        };
        assert!(draw(&mut updated) == draw(&mut fresh), "{changed}");
    }
}

#[test]
fn moved_vertices_are_met_where_they_are() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let at = |x: f32| {
        let corners = [[x - 1.0, -1.0, 0.0], [x + 1.0, -1.0, 0.0], [x, 1.0, 0.0]];
        Node::from(Mesh::new(corners, [[0u32, 1, 2]]))
    };
    renderer.insert(0, &at(0.0)).unwrap();
    let ray = |x: f64| Ray {
        origin: DVec3::new(x, 0.0, 1.0),
        direction: DVec3::NEG_Z,
    };
    for x in [0.0, 5.0, -7.0] {
        renderer.update(0, &at(x as f32), &["vertices"]).unwrap();
        assert!(renderer.pick(&ray(x), &LENS, [0]).is_some());
        assert!(renderer.pick(&ray(x + 2.0), &LENS, [0]).is_none());
    }
    let broken = Mesh::new([[f32::NAN; 3]; 3], [[0u32, 1, 2]]).into();
    assert!(renderer.update(0, &broken, &["vertices"]).is_err());
    assert!(renderer.pick(&ray(-7.0), &LENS, [0]).is_none());
    renderer.update(0, &at(1.0), &["vertices"]).unwrap();
    assert!(renderer.pick(&ray(1.0), &LENS, [0]).is_some());
}
