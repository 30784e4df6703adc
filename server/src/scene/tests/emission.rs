//! Which messages a call makes, and in which order.

use super::*;
use scenecast_protocol::{Wxyz, array::Array, value::Value};

/// What viewers get for these calls, as class names and names of nodes.
fn said(calls: impl FnOnce(&Scene)) -> Vec<String> {
    said_after(|_| {}, calls)
}

fn said_after(before: impl FnOnce(&Scene), calls: impl FnOnce(&Scene)) -> Vec<String> {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let mut viewer = Viewer::join(outbox, 0);
    before(&scene);
    outbox.release();
    viewer.take_all();
    calls(&scene);
    outbox.release();
    let messages = viewer.take_all();
    let describe = |message: &Message| {
        let class = message.tag().trim_end_matches("Message");
        let entity = message.entity().map(|(entity, _)| entity.id.to_string());
        match message {
            Message::SceneNodeUpdate(m) => format!("{class} {} {}", m.name, &*m.updates.0[0].0),
            Message::AddNode(m) if m.is_virtual => format!("virtual {class} {}", m.name),
            _ => format!("{class} {}", entity.unwrap_or_default()),
        }
    };
    messages.iter().map(describe).collect()
}

#[test]
fn a_node_at_its_parents_origin_says_no_pose() {
    let messages = said(|scene| drop(scene.add("/a", Frame::default()).unwrap()));
    assert_eq!(messages, ["Frame /a", "SetSceneNodeVisibility /a"]);
}

#[test]
fn missing_parents_come_first_and_the_pose_before_the_visibility() {
    let messages = said(|scene| {
        let node = Box::default()
            .at([1.0, 0.0, 0.0])
            .turned([0.0, 1.0, 0.0, 0.0]);
        scene.add("a/b/c", node.hidden()).unwrap();
        scene.add("/a/b/d", Frame::default()).unwrap();
    });
    assert_eq!(
        messages,
        [
            "virtual Frame /a",
            "SetSceneNodeVisibility /a",
            "virtual Frame /a/b",
            "SetSceneNodeVisibility /a/b",
            "Box /a/b/c",
            "SetOrientation /a/b/c",
            "SetPosition /a/b/c",
            "SetSceneNodeVisibility /a/b/c",
            "Frame /a/b/d",
            "SetSceneNodeVisibility /a/b/d",
        ]
    );
}

#[test]
fn replacement_says_the_pose_even_if_it_is_none() {
    let messages = said_after(
        |scene| drop(scene.add("/a", Frame::default().at([1.0; 3])).unwrap()),
        |scene| drop(scene.add("/a", Box::default()).unwrap()),
    );
    assert_eq!(
        messages,
        [
            "Box /a",
            "SetOrientation /a",
            "SetPosition /a",
            "SetSceneNodeVisibility /a"
        ]
    );
}

#[test]
fn removal_takes_everything_below_with_it_parents_first() {
    let messages = said_after(
        |scene| {
            for name in ["/a", "/a/c/e", "/a/b", "/a/b/d", "/ab"] {
                scene.add(name, Frame::default()).unwrap();
            }
        },
        |scene| assert!(scene.remove_by_name("/a/")),
    );
    assert_eq!(
        messages,
        ["/a", "/a/c", "/a/b", "/a/c/e", "/a/b/d"].map(|name| format!("RemoveSceneNode {name}"))
    );
}

#[test]
fn each_property_that_differs_is_said_by_itself_and_equal_values_are_not() {
    let messages = said_after(
        |scene| drop(scene.add("/a", Box::default()).unwrap()),
        |scene| {
            let node = scene
                .get_handle_by_name("/a")
                .unwrap()
                .downcast::<Box>()
                .unwrap();
            node.update(|p| {
                p.color = [1, 2, 3].into();
                p.wireframe = true;
                p.cast_shadow = true;
            })
            .unwrap();
            node.set_position([0.0; 3]).unwrap();
            node.set_wxyz(Wxyz::IDENTITY).unwrap();
            node.set_visible(true).unwrap();
            node.set_visible(false).unwrap();
        },
    );
    assert_eq!(
        messages,
        [
            "SceneNodeUpdate /a color",
            "SceneNodeUpdate /a wireframe",
            "SetSceneNodeVisibility /a"
        ]
    );
}

#[test]
fn updates_carry_wire_names_and_values() {
    let scene = scene(WINDOW);
    let outbox = &scene.inner.scope.outbox;
    let cloud = scene.add("/a", PointCloud::new([[0.0; 3]])).unwrap();
    cloud.update(|p| p.point_size = 0.5).unwrap();
    outbox.release();
    let messages = Viewer::join(outbox, 0).take_all();
    let Some(Message::SceneNodeUpdate(update)) = messages.last() else {
        panic!("{messages:?}");
    };
    let [(name, value)] = &update.updates.0[..] else {
        panic!("{update:?}");
    };
    assert_eq!((&**name, value), ("point_size", &Value::Float(0.5)));
}

#[test]
fn reset_keeps_the_world_axes() {
    let messages = said_after(
        |scene| {
            scene.start().unwrap();
            scene.add("/b/c", Frame::default()).unwrap();
            scene.add("/a", Frame::default()).unwrap();
        },
        Scene::reset,
    );
    assert_eq!(
        messages,
        [
            "RemoveSceneNode /b",
            "RemoveSceneNode /b/c",
            "RemoveSceneNode /a",
            "BackgroundImage "
        ]
    );
}

#[test]
fn what_cannot_be_drawn_is_an_error_that_says_why() {
    let scene = scene(WINDOW);
    let cases: [(crate::Result<Handle>, &str); 6] = [
        (
            untyped(scene.add("/a", PointCloud::new([[0.0; 3]; 3]).colors([[0; 3]; 2]))),
            "/a: colors has 2 rows, expected 3, or 1 for all",
        ),
        (
            untyped(scene.add("/a", Mesh::new([[0.0; 3]; 3], [[0, 1, 3]]))),
            "/a: faces name vertex 3, but there are 3 vertices",
        ),
        (
            untyped(scene.add("/a", BatchedAxes::new([[0.0; 4]; 2], [[0.0; 3]]))),
            "/a: batched_positions has 1 rows, expected 2",
        ),
        (
            untyped(scene.add("/a", Box::default().scale(f64::NAN))),
            "/a: scale is NaN, expected a finite number",
        ),
        (
            untyped(scene.add("/a", Frame::default().at([0.0, f64::INFINITY, 0.0]))),
            "/a: position is inf, expected a finite number",
        ),
        (
            untyped(scene.add("/a//b", Frame::default())),
            "`/a//b` is no name for a node: a part between two slashes is empty; \
             write one such as `/robot/arm`",
        ),
    ];
    for (result, text) in cases {
        assert_eq!(result.unwrap_err().to_string(), text);
    }
    let line = scene
        .add("/a", LineSegments::new([[[0.0; 3]; 2]]).colors([[0; 3]; 2]))
        .unwrap();
    assert!(
        line.update(|p| p.colors = Array::from([[0; 3]; 3]))
            .is_err()
    );
    assert_eq!(line.props().unwrap().colors.len(), 2);
}

fn untyped<N>(handle: crate::Result<Handle<N>>) -> crate::Result<Handle> {
    handle.map(|handle| Handle::new(handle.node, handle.scene))
}

#[test]
fn a_removed_or_replaced_node_says_so() {
    let scene = scene(WINDOW);
    let parent = scene.add("/a", Frame::default()).unwrap();
    let child = scene.add("/a/b", Frame::default()).unwrap();
    let newer = scene.add("/a/b", Box::default()).unwrap();
    assert!(child.is_removed() && child.set_position([1.0; 3]).is_err());
    assert!(child.remove().is_err() && !newer.is_removed());
    parent.remove().unwrap();
    assert!(parent.remove().is_err());
    let errors = [
        newer.set_position([1.0; 3]).unwrap_err(),
        newer.set_visible(true).unwrap_err(),
        newer.update(|p| p.wireframe = true).unwrap_err(),
        newer.props().unwrap_err(),
    ];
    for error in errors {
        assert!(
            error.to_string().starts_with("`/a/b` has been removed"),
            "{error}"
        );
    }
    assert!(scene.get_handle_by_name("/a/b").is_none());
    assert!(!scene.remove_by_name("/a"));
}

#[test]
fn replacement_and_removal_take_bindings_back_first() {
    let bind = |scene: &Scene| {
        let parent = scene.add("/a", Frame::default()).unwrap();
        let _ = parent.on_click(|_| {}).unwrap();
        let child = scene.add("/a/b", Box::default()).unwrap();
        let _ = child.on_click(|_| {}).unwrap();
        let _ = child
            .on_drag(crate::events::PointerButton::Left, None, |_| {})
            .unwrap();
    };
    let replaced = said_after(bind, |scene| {
        drop(scene.add("/a/b", Frame::default()).unwrap())
    });
    assert_eq!(
        replaced,
        [
            "SetSceneNodeClickBindings /a/b",
            "SetSceneNodeDragBindings /a/b",
            "Frame /a/b",
            "SetOrientation /a/b",
            "SetPosition /a/b",
            "SetSceneNodeVisibility /a/b",
        ]
    );
    let removed = said_after(bind, |scene| assert!(scene.remove_by_name("/a//")));
    assert_eq!(
        removed,
        [
            "SetSceneNodeClickBindings /a",
            "SetSceneNodeClickBindings /a/b",
            "SetSceneNodeDragBindings /a/b",
            "RemoveSceneNode /a",
            "RemoveSceneNode /a/b",
        ]
    );
}

#[test]
fn precision_comes_before_the_points_that_follow_from_it() {
    let cloud = |scene: &Scene| {
        let node = scene.get_handle_by_name("/a").unwrap();
        node.downcast::<PointCloud>().unwrap()
    };
    let points = [[0.1_f32, 0.2, 0.3]];
    let add = |scene: &Scene| drop(scene.add("/a", PointCloud::new(points)).unwrap());
    let messages = said_after(add, |scene| {
        let cloud = cloud(scene);
        // In half precision these are the points that are there.
        cloud.update(|p| p.points = points.into()).unwrap();
        cloud.update(|p| p.precision = Precision::Float32).unwrap();
        assert_eq!(
            cloud.props().unwrap().points.precision(),
            Precision::Float32
        );
        cloud.update(|p| p.points = points.into()).unwrap();
    });
    let expected = ["precision", "points"].map(|name| format!("SceneNodeUpdate /a {name}"));
    assert_eq!(messages, expected);
}

#[test]
fn bones_are_posed_one_by_one() {
    let add = |scene: &Scene| {
        let mesh = SkinnedMesh::new(
            [[0.0_f32; 3]; 3],
            [[0_u32, 1, 2]],
            [[1.0_f32, 0.0, 0.0, 0.0]; 2],
            [[0.0_f32, 0.0, 0.5]; 2],
            &[1.0, 0.0, 0.5, 0.5, 0.0, 1.0],
        );
        scene.add("/a", mesh).unwrap()
    };
    let messages = said(|scene| {
        let mesh = add(scene);
        let bone = mesh.bone(1).unwrap();
        assert_eq!(bone.position().unwrap(), [0.0, 0.0, 0.5]);
        bone.set_position([0.0, 0.0, 0.5]).unwrap();
        bone.set_position([1.0, 0.0, 0.0]).unwrap();
        bone.set_wxyz([0.0, 1.0, 0.0, 0.0]).unwrap();
        assert_eq!(mesh.bones().unwrap().len(), 2);
        assert_eq!(
            mesh.bone(2).unwrap_err().to_string(),
            "bone: there is none with index 2, /a has 2"
        );
    });
    assert_eq!(
        messages[2..],
        ["SetBonePosition /a", "SetBoneOrientation /a"],
    );
    let scene = scene(WINDOW);
    let wrong = SkinnedMesh::new(
        [[0.0_f32; 3]; 3],
        [[0_u32, 1, 2]],
        [[1.0_f32, 0.0, 0.0, 0.0]; 2],
        [[0.0_f32; 3]; 2],
        &[1.0; 5],
    );
    assert_eq!(
        scene.add("/b", wrong).unwrap_err().to_string(),
        "/b: skin_indices has 0 rows, expected 3"
    );
}

#[test]
fn images_are_compressed_as_asked() {
    use scenecast_protocol::types::ImageFormat;
    let scene = scene(WINDOW);
    let rgb = Picture::rgb(2, 1, [255, 0, 0, 0, 255, 0]).unwrap();
    let image = Image::new(2.0, 1.0).with_image(rgb.clone()).unwrap();
    let image = scene.add("/image", image.at([1.0; 3])).unwrap();
    assert_eq!(image.props().unwrap().format, ImageFormat::Jpeg);
    image.set_encoding(Encoding::Png).unwrap();
    let props = image.props().unwrap();
    assert_eq!(props.format, ImageFormat::Png);
    let read = ::image::load_from_memory(&props.data).unwrap();
    assert_eq!(read.into_rgb8().into_raw(), [255, 0, 0, 0, 255, 0]);
    // It stays as it was asked to be.
    let blue = Picture::rgb(1, 1, [0, 0, 255]).unwrap();
    image.set_image(blue.clone()).unwrap();
    assert_eq!(image.encoding().unwrap(), Encoding::Png);
    assert_eq!(image.image().unwrap(), Some(blue.png()));

    let frustum = scene.add("/frustum", CameraFrustum::new(1.0, 1.5)).unwrap();
    assert_eq!(frustum.props().unwrap().format, ImageFormat::Png);
    let alpha = Picture::rgba(1, 1, [1, 2, 3, 4]).unwrap();
    frustum.set_image(alpha.jpeg(90)).unwrap();
    assert_eq!(frustum.props().unwrap().format, ImageFormat::Jpeg);
    frustum.clear_image().unwrap();
    assert_eq!(frustum.props().unwrap().image_data, None);
    let [x, y, z] = frustum.compute_canonical_frustum_size().unwrap();
    assert!((x / y - 1.5).abs() < 1e-9 && (x * y * z / 12.0 - z.powi(-2)).abs() < 1e-9);

    assert!(Picture::rgb(2, 2, [0; 11]).is_err());
    let nothing = Image::new(1.0, 1.0).with_image(Picture::rgb(0, 0, []).unwrap());
    assert_eq!(nothing.unwrap_err().to_string(), "image: it has no pixels");
}
