//! What a viewer sees of each renderable.

use crate::{
    client_socket::ClientSocket,
    setting::{hub, instances, mesh, publisher, viewer},
};
use scenecast::{
    remote::{
        Dtype, NdArray, Options, RemoteArrows, RemoteImages, RemoteLines, RemoteMeshes,
        RemotePointClouds, RemoteRigidBodies, RemoteSkeletons, RemoteSpheres,
    },
    scene::{Node, Points},
};

const TRIANGLE: [[f32; 3]; 3] = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];

#[test]
fn meshes_have_their_colour_and_frames() {
    let server = hub();
    let mut viewer = viewer(&server);
    let publisher = publisher(&server);
    let color = Options::new().name("fin").color([0.5, 1.0, 0.0, 0.25]);
    let raised = TRIANGLE.map(|[x, y, z]| [x, y, z + 1.0]);
    let frames = vec![TRIANGLE.to_vec(), raised.to_vec()];
    let fin = RemoteMeshes::with(&publisher, frames, vec![[0_u32, 1, 2]], color).unwrap();
    let name = viewer.wait_for("/fin-1");
    assert!(name.starts_with("/remote/127.0.0.1:"), "{name}");
    assert_eq!(*mesh(&viewer, &name).vertices.as_slice(), TRIANGLE);
    assert_eq!(mesh(&viewer, &name).color.0, [127, 255, 0]);
    assert_eq!(mesh(&viewer, &name).opacity, Some(0.25));

    publisher.set_frame(1).unwrap();
    viewer.read_until(|viewer| *mesh(viewer, &name).vertices.as_slice() == raised);
    // What is written over the frame that is shown is seen.
    let wide = TRIANGLE.map(|[x, y, z]| [2.0 * x, y, z]);
    fin.update_frames(wide.to_vec(), 1).unwrap();
    viewer.read_until(|viewer| *mesh(viewer, &name).vertices.as_slice() == wide);
    fin.delete().unwrap();
    viewer.read_until(|viewer| !viewer.has(&name));
}

#[test]
fn glyphs_are_instances_where_they_are() {
    let server = hub();
    let mut viewer = viewer(&server);
    let publisher = publisher(&server);
    let points = vec![[0.0_f32, 0.0, 0.0], [0.0, 0.0, 2.0], [3.0, 0.0, 2.0]];
    RemoteSpheres::new(&publisher, points.clone()).unwrap();
    RemoteLines::new(&publisher, points.clone()).unwrap();
    RemoteArrows::new(&publisher, points[..1].to_vec(), points[2..].to_vec()).unwrap();
    let upright = vec![[[1.0_f32, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]; 3];
    RemoteRigidBodies::new(&publisher, points.clone(), upright).unwrap();
    let bones = vec![[0_u32, 1], [1, 2]];
    RemoteSkeletons::new(&publisher, vec![points.clone()], bones).unwrap();

    viewer.wait_for("Spheres-1");
    let name = viewer.wait_for("Spheres-1");
    let spheres = instances(&viewer, &name);
    assert_eq!(*spheres.batched_positions.as_slice(), points[..]);
    assert_eq!(spheres.batched_wxyzs.len(), 3);
    // Blue, and not as dark as linear light would be.
    assert_eq!(spheres.batched_colors.to_vec(), [[0, 0, 255]]);

    let name = viewer.wait_for("Lines-2");
    let lines = instances(&viewer, &name);
    assert_eq!(*lines.batched_positions.as_slice(), points[..2]);
    let scales = lines.batched_scales.as_ref().unwrap().to_vec();
    assert_eq!(scales, [1.0, 1.0, 2.0, 1.0, 1.0, 3.0]);
    // The second one points along x.
    let [w, x, y, z] = lines.batched_wxyzs.to_vec()[1];
    let half = 0.5_f32.sqrt();
    assert!((w - half).abs() < 1e-6 && (y - half).abs() < 1e-6 && x == 0.0 && z == 0.0);

    let name = viewer.wait_for("Arrows-3");
    let length = instances(&viewer, &name)
        .batched_scales
        .as_ref()
        .unwrap()
        .to_vec()[2];
    assert!((length - 13.0_f32.sqrt()).abs() < 1e-6, "{length}");

    let name = viewer.wait_for("RigidBodies-4/axes");
    let axes = instances(&viewer, &name);
    assert_eq!(axes.batched_positions.len(), 9);
    assert_eq!(axes.batched_colors.to_vec()[3], [0, 255, 0]);
    assert_eq!(axes.batched_scales.as_ref().unwrap().to_vec()[2], 0.2);
    assert_eq!(
        instances(&viewer, &name.replace("axes", "positions"))
            .batched_positions
            .len(),
        3
    );

    let name = viewer.wait_for("Skeletons-5/bones");
    assert_eq!(instances(&viewer, &name).batched_positions.len(), 2);
}

#[test]
fn clouds_and_pictures_are_ours() {
    let server = hub();
    let mut viewer = viewer(&server);
    let publisher = publisher(&server);
    let points = |x: f32| vec![[x, 0.0, 0.0], [x, 1.0, 0.0]];
    let colors: NdArray = vec![[1.0_f32, 0.0, 0.0], [0.0, 0.5, 1.0]].into();
    let options = Options::new().set("colors", colors).set("point_size", 0.5);
    RemotePointClouds::with(&publisher, vec![points(0.0), points(5.0)], options).unwrap();
    let name = viewer.wait_for("/PointClouds-1");
    publisher.set_frame(1).unwrap();
    viewer.read_until(|viewer| match viewer.node(&name) {
        Node::PointCloud(cloud) => {
            assert_eq!((cloud.point_size, cloud.colors.len()), (0.5, 2));
            cloud.points == Points::from(points(5.0))
        }
        other => panic!("{other:?}"),
    });

    let pixels = vec![255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9];
    let picture = NdArray::new(Dtype::U8, vec![2, 2, 3], pixels.into()).unwrap();
    let images = RemoteImages::new(&publisher, picture).unwrap();
    let name = viewer.wait_for("/Images-2/image");
    let data = |viewer: &ClientSocket| match viewer.node(&name) {
        Node::Image(image) => image.data.clone(),
        other => panic!("{other:?}"),
    };
    let first = data(&viewer);
    assert!(!first.is_empty());
    assert_eq!(viewer.pose(&name).1, [0.0, 1.0, 0.0, 0.0]);
    let grey = NdArray::new(Dtype::U8, vec![2, 2, 3], vec![80; 12].into()).unwrap();
    images.update_frames(grey, 0).unwrap();
    viewer.read_until(|viewer| data(viewer) != first);
}
