use super::{ClientSocket, join_in_order, server};
use scenecast::{
    gui::{Slider, Text},
    scene::{Box, Frame, Place, PointCloud, Points, Precision},
};
use scenecast_protocol::value::Value;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

#[test]
fn an_early_and_a_late_viewer_see_the_same() {
    let server = server();
    let scene = server.scene();
    let mut early = ClientSocket::join(server.port());
    early.replay();
    let cube = scene
        .add("/a/cube", Box::new([1.0; 3]).at([1.0, 0.0, 0.0]))
        .unwrap();
    let gone = scene.add("/gone", Frame::default()).unwrap();
    early.read_until(|client| client.has("/a/cube") && client.has("/gone"));
    gone.remove().unwrap();
    cube.update(|p| p.wireframe = true).unwrap();
    cube.set_position([2.0, 0.0, 0.0]).unwrap();
    early.read_until(|client| client.x_of("/a/cube") == 2.0);

    let mut late = ClientSocket::join(server.port());
    late.replay();
    assert_eq!(late.state.digest(), early.state.digest());
    assert!(late.has("/a") && !late.has("/gone"));
    let id = late.state.scene.find("/a/cube").unwrap();
    assert_eq!(
        late.state.scene.node(id),
        Some(&cube.props().unwrap().into())
    );
    cube.set_position([3.0, 0.0, 0.0]).unwrap();
    late.read_until(|client| client.x_of("/a/cube") == 3.0);
    assert_eq!((early.replays, late.replays), (1, 1));
}

#[test]
fn the_replay_begins_as_viser_s_does() {
    let server = server();
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let scene = &viewer.state.scene;
    let axes = scene.find("/WorldAxes").unwrap();
    assert!(scene.node(axes).is_some() && !scene.is_visible(axes));
    let root = scene.pose(scene.find("").unwrap());
    let expected = [0.5, -0.5, 0.5, 0.5];
    let found = root.wxyz.0;
    assert!(
        found
            .iter()
            .zip(expected)
            .all(|(a, b)| (a - b).abs() < 1e-9),
        "{found:?}"
    );
}

#[test]
fn a_large_replay_arrives() {
    let server = server();
    for index in 0..2_000 {
        let frame = Frame::default().at([f64::from(index), 0.0, 0.0]);
        server.scene().add(&format!("/n/{index}"), frame).unwrap();
    }
    let mut viewers: Vec<_> = (0..8).map(|_| ClientSocket::join(server.port())).collect();
    for viewer in &mut viewers {
        viewer.replay();
        assert_eq!(viewer.x_of("/n/1999"), 1999.0);
    }
    let digest = viewers[0].state.digest();
    assert!(viewers.iter().all(|viewer| viewer.state.digest() == digest));
}

#[test]
fn who_changes_a_value_is_not_told_of_it() {
    let server = server();
    let slider = server.gui().add(Slider::new("s", 0.0..=100.0)).unwrap();
    let done = server.gui().add(Text::new("done")).unwrap();
    let [mut a, mut b] = join_in_order(&server);
    let uuid = a.components[0].clone();
    a.set_value(&uuid, 42.0);
    b.read_until(|client| client.values.contains_key(&uuid));
    assert_eq!(b.values[&uuid].as_f64(), Some(42.0));
    assert_eq!(slider.value().unwrap(), 42.0);
    done.set_value("now").unwrap();
    let text = a.components[1].clone();
    a.read_until(|client| client.values.contains_key(&text));
    assert!(!a.values.contains_key(&uuid));
    // Whoever comes later, even the same browser again, gets the value.
    let mut late = ClientSocket::join(server.port());
    late.replay();
    assert_eq!(late.values[&uuid].as_f64(), Some(42.0));
}

#[test]
fn a_viewer_that_does_not_read_delays_nobody_and_catches_up() {
    const ROUNDS: usize = 60;
    let server = server();
    let mark = server.gui().add(Text::new("mark")).unwrap();
    let mut slow = ClientSocket::join(server.port());
    let mut quick = ClientSocket::join(server.port());
    slow.replay();
    quick.replay();
    let uuid = quick.components[0].clone();
    // Far more than sockets hold.
    let points = Points::f32(vec![[0.5; 3]; 100_000]);
    for round in 0..ROUNDS {
        let cloud = PointCloud::new(points.clone()).precision(Precision::Float32);
        let cloud = cloud.at([round as f64, 0.0, 0.0]);
        server.scene().add("/cloud", cloud).unwrap();
        mark.set_value(format!("{round}")).unwrap();
        server.flush();
        let text = format!("{round}");
        quick.read_until(|client| {
            client.values.get(&uuid).and_then(Value::as_str) == Some(text.as_str())
        });
    }
    slow.read_until(|client| client.x_of("/cloud") == (ROUNDS - 1) as f64);
    assert!(quick.bytes > ROUNDS * 1_200_000);
    assert!(
        slow.bytes < quick.bytes / 2,
        "{} of {}",
        slow.bytes,
        quick.bytes
    );
    assert_eq!(slow.state.digest(), quick.state.digest());
}

#[test]
fn a_thread_that_is_always_in_an_atomic_block_starves_nobody() {
    let server = server();
    let scene = server.scene();
    let pair = ["/p/a", "/p/b"].map(|name| scene.add(name, Frame::default()).unwrap());
    let mark = scene.add("/mark", Frame::default()).unwrap();
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let stop = AtomicBool::new(false);
    thread::scope(|s| {
        s.spawn(|| {
            let mut x = 0.0;
            while !stop.load(Ordering::Relaxed) {
                x += 1.0;
                server.atomic(|| {
                    pair.iter()
                        .for_each(|node| node.set_position([x, 0.0, 0.0]).unwrap());
                });
            }
        });
        for round in 1..=20 {
            mark.set_position([f64::from(round), 0.0, 0.0]).unwrap();
            while viewer.x_of("/mark") != f64::from(round) {
                viewer.read();
                assert_eq!(viewer.x_of("/p/a"), viewer.x_of("/p/b"));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    assert!(viewer.x_of("/p/a") > 0.0);
}

#[test]
fn what_is_for_one_viewer_reaches_no_other() {
    let server = server();
    server.scene().add("/shared", Frame::default()).unwrap();
    let [mut a, mut b] = join_in_order(&server);
    let clients = server.clients();
    let own = clients[0].scene().add("/own", Box::default()).unwrap();
    own.set_position([1.0, 0.0, 0.0]).unwrap();
    let hidden = clients[0].scene().add("/shared", Box::default()).unwrap();
    clients[0].flush();
    a.read_until(|client| client.x_of("/own") == 1.0);
    let shown = a.state.scene.find("/shared").unwrap();
    a.read_until(|client| client.state.scene.owner(shown) == "0");
    hidden.remove().unwrap();
    a.read_until(|client| client.state.scene.owner(shown).is_empty());
    server.scene().add("/last", Frame::default()).unwrap();
    b.read_until(|client| client.has("/last"));
    assert!(!b.has("/own"));
    assert!(clients[1].scene().get_handle_by_name("/own").is_none());
}

#[test]
fn every_kind_of_node_can_be_added_and_arrives() {
    use scenecast::scene::*;
    fn add<N: SceneNode>(server: &scenecast::Server, nodes: &mut Vec<(String, Node)>, node: N) {
        let name = format!("/n{}", nodes.len());
        let added = server.scene().add(&name, node).unwrap();
        nodes.push((name, added.props().unwrap().into()));
    }
    let server = server();
    let triangle = [[0.0_f32, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let wxyzs = [[1.0_f32, 0.0, 0.0, 0.0]; 2];
    let mut nodes = Vec::new();
    add(&server, &mut nodes, Frame::default());
    add(
        &server,
        &mut nodes,
        BatchedAxes::new(wxyzs, [[0.0_f32; 3]; 2]),
    );
    add(
        &server,
        &mut nodes,
        PointCloud::new(triangle).colors([[255, 0, 0]; 3]),
    );
    add(&server, &mut nodes, Mesh::new(triangle, [[0_u32, 1, 2]]));
    add(&server, &mut nodes, Box::default());
    add(&server, &mut nodes, Icosphere::default());
    add(&server, &mut nodes, Cylinder::default());
    add(
        &server,
        &mut nodes,
        LineSegments::new([[triangle[0], triangle[1]]]),
    );
    add(
        &server,
        &mut nodes,
        Arrow::new([[triangle[0], triangle[1]]]),
    );
    add(&server, &mut nodes, CatmullRomSpline::new(triangle));
    add(
        &server,
        &mut nodes,
        CubicBezierSpline::new(triangle, [[0.0_f32; 3]; 4]),
    );
    add(&server, &mut nodes, Grid::default());
    add(&server, &mut nodes, Label::new("hello"));
    add(&server, &mut nodes, Glb::new(&b"glTF"[..]));
    add(&server, &mut nodes, CameraFrustum::new(1.0, 1.5));
    add(&server, &mut nodes, GaussianSplats::default());
    add(&server, &mut nodes, PointLight::default());
    add(&server, &mut nodes, TransformControls::default());
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let scene = &viewer.state.scene;
    for (name, node) in nodes {
        assert_eq!(scene.node(scene.find(&name).unwrap()), Some(&node));
    }
}
