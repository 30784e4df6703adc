//! Nodes that make no sense, or not all of it.

use std::path::Path;

use bytes::Bytes;
use glam::Mat4;
use scenecast_client::render::MAX_LIGHTS;
use scenecast_gl::Headless;
use scenecast_protocol::scene::{
    self, AmbientLight, Arrow, BatchedAxes, BatchedGlb, BatchedMeshes, CameraFrustum,
    CatmullRomSpline, CubicBezierSpline, Cylinder, DirectionalLight, Frame, FrustumVariant, Glb,
    Grid, Icosphere, Image, Label, LineSegments, Mesh, Node, PointCloud, PointLight, RectAreaLight,
    Side, SkinnedMesh, SpotLight,
};

use super::picture::Picture;
use crate::{camera, renderer};

#[test]
fn odd_nodes_draw_without_a_gl_error() {
    // In debug builds, each draw call checks for errors and panics.
    let nan = f32::NAN;
    let triangle = [[0.0f32; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let skin = SkinnedMesh::default()
        .vertices(triangle)
        .faces([[0u32, 1, 2]])
        .bone_wxyzs([[1.0f32, 0.0, 0.0, 0.0]])
        .bone_positions([[0.0f32; 3]])
        .skin_indices([[0u16; 4]; 3])
        .skin_weights([[1.0f32, 0.0, 0.0, 0.0]; 3]);
    let odd: Vec<(Node, bool)> = vec![
        (Mesh::default().into(), false),
        (Mesh::new(triangle, [[0u32, 1, 2]]).into(), true),
        (Mesh::new(triangle, [[0u32, 1, 3]]).into(), false),
        (Mesh::new([[nan; 3]; 3], [[0u32, 1, 2]]).into(), false),
        (
            Mesh::new(triangle, [[0u32, 0, 0]]).wireframe(true).into(),
            true,
        ),
        (
            Mesh::new(triangle, [[0u32, 1, 2]])
                .side(Side::Double)
                .opacity(Some(0.5))
                .into(),
            true,
        ),
        (
            Mesh::new(triangle, [[0u32, 1, 2]])
                .scale([-1.0, 1.0, 0.0])
                .into(),
            true,
        ),
        (PointCloud::new(Vec::new()).into(), false),
        (PointCloud::new(vec![[nan; 3], [0.0; 3]]).into(), true),
        (
            PointCloud::new(vec![[0.0f32; 3]; 5])
                .colors([[1u8; 3]; 3])
                .into(),
            false,
        ),
        (
            PointCloud::new(vec![[0.0f32; 3]; 5])
                .point_size(-1.0)
                .into(),
            true,
        ),
        (LineSegments::new(Vec::new()).into(), false),
        (
            LineSegments::new([[[nan; 3]; 2], [[0.0; 3], [1.0; 3]]]).into(),
            true,
        ),
        (
            LineSegments::new([[[0.0f32; 3]; 2]]).thickness(0.0).into(),
            true,
        ),
        (
            LineSegments::new([[[0.0f32; 3]; 2]])
                .colors([[0u8; 3]; 3])
                .into(),
            true,
        ),
        (
            LineSegments::new([[[0.0f32; 3]; 2]; 4])
                .colors([[0u8; 3]; 3])
                .into(),
            false,
        ),
        (Icosphere::new(1.0).subdivisions(1_000_000u32).into(), false),
        (Icosphere::new(0.0).into(), true),
        (Cylinder::new(1.0, 1.0).radial_segments(2u32).into(), false),
        (Cylinder::new(-1.0, 1.0).into(), true),
        (scene::Box::new([0.0, 1.0, f64::INFINITY]).into(), false),
        (
            Frame::default()
                .axes_radius(0.0)
                .axes_length(0.0)
                .origin_radius(-1.0)
                .into(),
            true,
        ),
        (
            BatchedAxes::new(vec![[nan; 4], [0.0; 4]], [[0.0; 3]; 2]).into(),
            true,
        ),
        (
            BatchedAxes::default()
                .batched_wxyzs(vec![[1.0, 0.0, 0.0, 0.0]])
                .into(),
            false,
        ),
        (
            Grid::default().cell_size(0.0).fade_distance(0.0).into(),
            true,
        ),
        (Grid::default().scale(0.0).infinite_grid(true).into(), true),
        (Label::new("").into(), true),
        (
            Label::new("a\n\u{0}\u{10FFFF}\u{202E}")
                .font_screen_scale(-3.0)
                .into(),
            true,
        ),
        (
            Label::new("x".repeat(100_000))
                .font_scene_height(f64::NAN)
                .into(),
            true,
        ),
        (Arrow::new([[[0.0f32; 3]; 2], [[nan; 3]; 2]]).into(), true),
        (CatmullRomSpline::new([[0.0f32; 3]]).into(), true),
        (
            CatmullRomSpline::new([[0.0f32; 3]; 4])
                .segments(Some(0))
                .into(),
            false,
        ),
        (
            CubicBezierSpline::new([[0.0f32; 3]; 3], [[0.0; 3]; 3]).into(),
            false,
        ),
        (CubicBezierSpline::default().into(), true),
        (
            BatchedMeshes::default()
                .batched_positions([[nan; 3], [0.0; 3]])
                .batched_wxyzs([[0.0f32; 4]])
                .vertices(triangle)
                .faces([[0u32, 1, 2]])
                .into(),
            true,
        ),
        (
            BatchedMeshes::default()
                .batched_positions([[0.0f32; 3]; 2])
                .into(),
            false,
        ),
        (BatchedMeshes::default().into(), false),
        (SkinnedMesh::default().into(), true),
        (skin.clone().skin_indices([[0u16; 4]; 2]).into(), false),
        (skin.clone().skin_indices([[0u16, 9, 9, 9]; 3]).into(), true),
        (skin.clone().skin_indices([[9u16; 4]; 3]).into(), false),
        (skin.clone().bone_wxyzs([[0.0f32; 4]]).into(), true),
        (Glb::new(Bytes::from_static(b"glTF")).into(), false),
        (Glb::default().into(), false),
        (BatchedGlb::default().into(), false),
        (CameraFrustum::new(0.0, f64::NAN).into(), true),
        (
            CameraFrustum::new(1.0, 1.0)
                .variant(FrustumVariant::Filled)
                .image_data(Some(Bytes::from_static(b"no image")))
                .into(),
            true,
        ),
        (Image::default().into(), true),
        (
            SpotLight::default()
                .angle(f64::NAN)
                .direction([0.0; 3])
                .into(),
            true,
        ),
        (RectAreaLight::default().width(0.0).into(), true),
        (
            PointLight::default().decay(-1e9).intensity(1e30).into(),
            true,
        ),
        (DirectionalLight::default().into(), true),
    ];
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    for (id, (node, fits)) in odd.iter().enumerate() {
        let outcome = renderer.insert(id as u32, node);
        assert_eq!(outcome.is_ok(), *fits, "{node:?}: {outcome:?}");
        Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    }
    renderer.set_world(1, Mat4::from_cols_array(&[nan; 16]));
    renderer.set_world(2, Mat4::ZERO);
    // Ids that are not in use.
    renderer.set_world(9999, Mat4::IDENTITY);
    renderer.set_visible(9999, false);
    renderer.remove(9999);
    Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
}

#[test]
fn images_that_cannot_be_shown_are_named() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fixtures");
    let png = Bytes::from(std::fs::read(fixtures.join("image.png")).unwrap());
    let image = |data: Bytes| Node::from(Image::default().data(data));
    renderer.insert(0, &image(png.clone())).unwrap();
    renderer
        .insert(1, &image(png.slice(..png.len() / 2)))
        .unwrap();
    renderer
        .insert(2, &image(Bytes::from_static(b"GIF89a")))
        .unwrap();
    renderer
        .insert(3, &image(Bytes::from_static(b"\xff\xd8\xff\xc0")))
        .unwrap();
    let failed: Vec<_> = renderer
        .receive_images()
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(failed.len(), 3);
    assert!([1, 2, 3].iter().all(|id| failed.contains(&Some(*id))));
    assert!(renderer.receive_images().is_empty());
    let (_, stats) = Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    assert_eq!(stats.draw_calls, 1);

    // A broken frame of a stream leaves the last good one.
    renderer
        .update(0, &image(png.slice(..100)), &["_data"])
        .unwrap();
    assert_eq!(renderer.receive_images().len(), 1);
    let (_, stats) = Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    assert_eq!(stats.draw_calls, 1);
}

#[test]
fn lights_that_stay_dark_are_named() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let light = Node::from(PointLight::default());
    let dark = (0..40).filter(|id| renderer.insert(*id, &light).is_err());
    // The two default lights count, too.
    assert_eq!(dark.count(), 40 + 2 - MAX_LIGHTS);
    Picture::draw(gl.context(), &mut renderer, &camera(), [64, 64]).unwrap();
    // Light from all sides is not limited, and room that is left is used.
    renderer
        .insert(50, &AmbientLight::default().into())
        .unwrap();
    (0..20).for_each(|id| renderer.remove(id));
    renderer.insert(51, &light).unwrap();
}
