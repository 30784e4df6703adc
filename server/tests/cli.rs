//! The command as scripts and people use it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/program.rs"]
mod program;
#[path = "loaders/samples.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod samples;

use program::{Serving, file, run};
use scenecast::scene::GlbMesh;
use scenecast_protocol::{Message, Wxyz, scene::Node};
use std::collections::{BTreeMap, HashSet};

#[test]
fn help_names_every_option() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for command in [
        "view", "demo", "play", "export", "render", "record", "repair", "info",
    ] {
        assert!(out.contains(command), "{out}");
    }
    for command in ["view", "demo", "play"] {
        let (code, out, _) = run(&[command, "--help"]);
        assert_eq!(code, 0);
        for option in [
            "--port",
            "--host",
            "--token",
            "--allow-origin",
            "--allow-host",
            "--no-open",
        ] {
            assert!(out.contains(option), "{command} {option}");
        }
    }
}

#[test]
fn input_that_cannot_be_used_is_one_line_and_code_2() {
    let broken = file(
        "broken.ply",
        b"ply\nformat ascii 1.0\nelement vertex 1000000000000\nproperty float x\nproperty float y\nproperty float z\nend_header\n",
    );
    let unknown = file("notes.txt", b"hello");
    let empty = file("empty.obj", b"");
    for (path, part) in [
        ("absent.ply", "cannot read absent.ply"),
        (&broken, "broken.ply, byte 112: the header promises"),
        (&unknown, "can be read"),
        (&empty, "neither points nor triangles"),
    ] {
        let (code, out, err) = run(&["view", path, "--no-open"]);
        assert_eq!(
            (code, out.as_str(), err.lines().count()),
            (2, "", 1),
            "{err}"
        );
        assert!(
            err.starts_with("scenecast: ") && err.contains(part),
            "{err}"
        );
    }
    for args in [
        &["view"][..],
        &["serve"],
        &["demo", "--port", "65536"],
        &["demo", "--token", "with space"],
        &["demo", "--allow-origin", "example.com"],
        &["demo", "--allow-host", "http://example.com"],
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(!err.is_empty());
    }
}

#[test]
fn a_port_that_cannot_be_bound_is_one_line_too() {
    // An address that no interface has (RFC 5737).
    let (code, out, err) = run(&["demo", "--host", "192.0.2.1", "--no-open"]);
    assert_eq!(
        (code, out.as_str(), err.lines().count()),
        (1, "", 1),
        "{err}"
    );
    assert!(err.contains("192.0.2.1"), "{err}");
}

/// The nodes that a viewer gets, by name.
fn nodes(messages: &[Message]) -> BTreeMap<&str, &Node> {
    let nodes = messages.iter().filter_map(|message| match message {
        Message::AddNode(add) => Some((&*add.name, &add.node)),
        _ => None,
    });
    nodes.collect()
}

#[test]
fn view_shows_files_and_ends_when_asked() {
    let cloud = file("cloud.ply", b"ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n0 0 0\n3 4 0\n");
    let square = file("square.glb", &samples::glb());
    let splats = file("splats.ply", samples::SPLATS_PLY);
    let corner = GlbMesh::new(
        [[0.0f32; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        [[0u32, 1, 2]],
    );
    let corner = corner.to_glb().unwrap().glb_data;
    let solid = file("solid.glb", &corner);
    let serving = Serving::start(&["view", &cloud, &square, &splats, &solid, "--port", "0"]);
    let messages = serving.replay();
    let nodes = nodes(&messages);
    let Node::PointCloud(points) = nodes["/cloud.ply/points"] else {
        panic!()
    };
    assert_eq!((points.points.len(), points.colors.len()), (2, 2));
    // Their vertices have colours.
    let meshes = nodes
        .iter()
        .filter(|(name, node)| name.starts_with("/square.glb/") && matches!(node, Node::Glb(_)));
    assert_eq!(meshes.count(), 1, "{:?}", nodes.keys());
    let Node::GaussianSplats(splats) = nodes["/splats.ply/splats"] else {
        panic!()
    };
    assert_eq!(splats.buffer.len(), 12);
    // Viewers draw whole files as well, but no points of them.
    let Node::Glb(model) = nodes["/solid.glb/model"] else {
        panic!()
    };
    assert_eq!(model.glb_data, corner);
    assert!(matches!(nodes["/grid"], Node::Grid(_)));
    // A file with y up among others is turned: a quarter about x.
    let turned = messages.iter().any(|message| {
        matches!(message, Message::SetOrientation(set)
            if &*set.name == "/square.glb" && set.wxyz == Wxyz([0.5_f64.sqrt(), 0.5_f64.sqrt(), 0.0, 0.0]))
    });
    assert!(turned);
    assert_eq!(serving.interrupt(), Some(0));
}

#[test]
fn a_port_in_use_leads_to_the_next() {
    let cloud = file("next.obj", b"v 0 0 0\n");
    let first = Serving::start(&["view", &cloud, "--port", "0"]);
    let port = first.port().to_string();
    let second = Serving::start(&["view", &cloud, "--port", &port]);
    assert!(second.port() > first.port());
}

#[test]
fn the_url_carries_the_token() {
    let cloud = file("token.obj", b"v 0 0 0\n");
    let serving = Serving::start(&["view", &cloud, "--port", "0", "--token", "s3cret"]);
    assert!(serving.url.ends_with("/?token=s3cret"), "{}", serving.url);
    assert!(!serving.replay().is_empty());
}

#[test]
fn the_demo_has_every_kind_and_moves() {
    let serving = Serving::start(&["demo", "--port", "0"]);
    let messages = serving.replay();
    let nodes = nodes(&messages);
    let kinds: HashSet<&str> = nodes.values().map(|node| node.tag()).collect();
    for kind in [
        "FrameMessage",
        "BatchedAxesMessage",
        "PointCloudMessage",
        "MeshMessage",
        "BoxMessage",
        "IcosphereMessage",
        "CylinderMessage",
        "LineSegmentsMessage",
        "ArrowMessage",
        "CatmullRomSplineMessage",
        "GridMessage",
        "LabelMessage",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    // The file came through the loaders: its mesh is below it.
    assert!(
        nodes
            .keys()
            .any(|name| name.starts_with("/gallery/File (PLY)/"))
    );
    let turned = |messages: &[Message]| {
        messages.iter().rev().find_map(|message| match message {
            Message::SetOrientation(set) if &*set.name == "/gallery/Mesh" => Some(set.wxyz),
            _ => None,
        })
    };
    let mut viewer = serving.viewer();
    let first = viewer.until(|messages| turned(messages).is_some());
    let first = turned(&first);
    viewer.until(|messages| turned(messages).is_some_and(|now| Some(now) != first));
}
