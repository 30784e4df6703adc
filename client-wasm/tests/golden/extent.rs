//! How far each kind of node reaches.

use glam::{Mat4, Quat, Vec3};
use scenecast_client::render::Extent;
use scenecast_gl::Headless;
use scenecast_protocol::scene::{
    AmbientLight, Arrow, BatchedAxes, BatchedMeshes, Box, CameraFrustum, Frame, GaussianSplats,
    Grid, Icosphere, Image, Label, LineSegments, Mesh, Node, PointCloud, Points, Precision,
    SkinnedMesh,
};

use crate::renderer;

/// The low and the high corner of what the points of a node are within.
fn corners(points: &[Vec3]) -> Option<[Vec3; 2]> {
    let low = points.iter().copied().reduce(Vec3::min)?;
    Some([low, points.iter().copied().reduce(Vec3::max)?])
}

#[test]
fn nodes_are_as_large_as_they_are_drawn() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let triangle = [[0.0f32; 3], [2.0, 0.0, 0.0], [0.0, 3.0, 0.0]];
    let still = [[1.0f32, 0.0, 0.0, 0.0]; 2];
    let two = [[1.0f32, 0.0, 0.0], [0.0, 0.0, 9.0]];
    let ends = [[[-1.0f32, 0.0, 0.0], [0.0, 0.0, 5.0]]];
    let splat = |at: [f32; 3]| {
        let [x, y, z] = at.map(f32::to_bits);
        [x, y, z, 0, 0, 0, 0, u32::MAX]
    };
    let cloud = PointCloud::new(Points::f32([[-1.0f32, 0.0, 0.0], [0.0, 4.0, f32::NAN]]));
    let many: Vec<[f32; 3]> = (0..=70_000u32)
        .map(|i| [i as f32 / 2.0, 1.0, -2.0])
        .collect();
    let kinds: Vec<(Node, Option<[[f32; 3]; 2]>)> = vec![
        (
            Box::default().dimensions([2.0, 4.0, 6.0]).into(),
            Some([[-1.0, -2.0, -3.0], [1.0, 2.0, 3.0]]),
        ),
        (
            Icosphere::default().radius(2.0).into(),
            Some([[-2.0; 3], [2.0; 3]]),
        ),
        (
            Mesh::new(triangle, [[0u32, 1, 2]]).scale(2.0).into(),
            Some([[0.0; 3], [4.0, 6.0, 0.0]]),
        ),
        (
            BatchedMeshes::new(triangle, [[0u32, 1, 2]], still, two).into(),
            Some([[0.0; 3], [3.0, 3.0, 9.0]]),
        ),
        (
            SkinnedMesh::default()
                .vertices(triangle)
                .faces([[0u32, 1, 2]])
                .bone_wxyzs([[1.0f32, 0.0, 0.0, 0.0]])
                .bone_positions([[0.0f32; 3]])
                .skin_indices([[0u16; 4]; 3])
                .skin_weights([[1.0f32, 0.0, 0.0, 0.0]; 3])
                .into(),
            Some([[0.0; 3], [2.0, 3.0, 0.0]]),
        ),
        (
            cloud.clone().scale(3.0).into(),
            Some([[-3.0, 0.0, 0.0], [-3.0, 0.0, 0.0]]),
        ),
        (
            PointCloud::new(Points::f32(many).cast(Precision::Float16)).into(),
            Some([[0.0, 1.0, -2.0], [35000.0, 1.0, -2.0]]),
        ),
        (
            GaussianSplats::default()
                .buffer([splat([0.0, 1.0, 2.0]), splat([-5.0, 1.0, 3.0])])
                .into(),
            Some([[-5.0, 1.0, 2.0], [0.0, 1.0, 3.0]]),
        ),
        (
            Frame::new(2.0, 0.1).into(),
            Some([[-0.2; 3], [2.0, 2.0, 2.0]]),
        ),
        (Frame::default().show_axes(false).into(), None),
        (
            BatchedAxes::new(still, two).axes_length(1.0).into(),
            Some([[0.0; 3], [2.0, 1.0, 10.0]]),
        ),
        (
            LineSegments::new(ends).into(),
            Some([[-1.0, 0.0, 0.0], [0.0, 0.0, 5.0]]),
        ),
        (
            Grid::default().width(4.0).height(2.0).into(),
            Some([[-2.0, -1.0, 0.0], [2.0, 1.0, 0.0]]),
        ),
        (
            Image::default()
                .render_width(4.0)
                .render_height(2.0)
                .data(bytes::Bytes::from_static(b"no image"))
                .into(),
            Some([[-2.0, -1.0, 0.0], [2.0, 1.0, 0.0]]),
        ),
        (Label::new("text").into(), None),
        (AmbientLight::default().into(), None),
    ];
    for (node, expected) in kinds {
        let kind = node.tag();
        let _ = renderer.insert(1, &node);
        let mut extent = Extent::new(Mat4::IDENTITY);
        renderer.add_extent(1, &node, &mut extent);
        let found = corners(extent.points());
        let is_near = match (found, expected) {
            (Some(found), Some(expected)) => found
                .iter()
                .zip(expected)
                .all(|(a, b)| a.abs_diff_eq(b.into(), 0.02 * a.abs().max_element() + 1e-5)),
            (None, None) => true,
            _ => false,
        };
        assert!(is_near, "{kind}: {found:?} is not {expected:?}");
    }
    for node in [
        Node::from(Arrow::new(ends)),
        CameraFrustum::new(1.0, 1.5).into(),
    ] {
        renderer.insert(1, &node).unwrap();
        let mut extent = Extent::new(Mat4::IDENTITY);
        renderer.add_extent(1, &node, &mut extent);
        assert!(extent.points().len() >= 4, "{}", node.tag());
    }
}

#[test]
fn extents_are_where_nodes_are_in_the_callers_frame() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    let node = Node::from(Box::default().dimensions([2.0, 2.0, 2.0]));
    renderer.insert(3, &node).unwrap();
    renderer.set_visible(3, false);
    let quarter = Quat::from_rotation_z(std::f32::consts::FRAC_PI_2);
    renderer.set_world(3, Mat4::from_translation(Vec3::X * 10.0));
    let mut extent = Extent::new(Mat4::from_quat(quarter));
    renderer.add_extent(3, &node, &mut extent);
    renderer.add_extent(77, &node, &mut extent);
    let [low, high] = corners(extent.points()).unwrap();
    assert!(low.abs_diff_eq(Vec3::new(-1.0, 9.0, -1.0), 1e-5), "{low}");
    assert!(high.abs_diff_eq(Vec3::new(1.0, 11.0, 1.0), 1e-5), "{high}");
}
