//! aitviewer's own client in Python, unmodified, against the hub.

use crate::setting::{PATIENCE, hub, hub_with, instances, mesh, viewer, viewer_name, wait_until};
use scenecast::{
    Server,
    remote::{Handled, NdArray, RemoteSettings, Value},
    scene::Node,
};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::mpsc,
    time::Instant,
};

/// Runs what it reads, line by line, and says so.
const RUNNER: &str = r#"
import os, sys
import numpy as np
from aitviewer.remote.message import Message
from aitviewer.remote.node import RemoteNode
from aitviewer.remote.renderables.arrows import RemoteArrows
from aitviewer.remote.renderables.lines import RemoteLines
from aitviewer.remote.renderables.meshes import RemoteMeshes
from aitviewer.remote.renderables.rigid_bodies import RemoteRigidBodies
from aitviewer.remote.renderables.skeletons import RemoteSkeletons
from aitviewer.remote.renderables.smpl import RemoteSMPLSequence
from aitviewer.remote.renderables.spheres import RemoteSpheres
from aitviewer.remote.viewer import RemoteViewer

host, port = sys.argv[1].rsplit(":", 1)
v = RemoteViewer(host, int(port), timeout=5, verbose=False)
assert v.connected
print("ready", flush=True)
for line in sys.stdin:
    try:
        exec(line)
        print("done", flush=True)
    except Exception as error:
        print(f"failed: {error!r}", flush=True)
os._exit(0)
"#;

/// A program in Python with a `RemoteViewer` called `v`.
struct Python {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Python {
    /// Connects to a hub; `None` where there is no Python with aitviewer, as there is in the tests
    /// of the whole workspace.
    fn start(hub: &str) -> Option<Self> {
        Self::start_with(hub, "")
    }

    /// With the packages in a folder before all others.
    fn start_with(hub: &str, packages: &str) -> Option<Self> {
        let python = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/venv/bin/python");
        let mut import = Command::new(python);
        import
            .args(["-c", "import aitviewer.remote.viewer"])
            .stderr(Stdio::null());
        if !import.status().is_ok_and(|status| status.success()) {
            println!("skipped: no Python with aitviewer");
            return None;
        }
        let mut child = Command::new(python)
            .args(["-c", RUNNER, hub])
            .env("PYTHONPATH", packages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut python = Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        };
        assert_eq!(python.line(), "ready");
        Some(python)
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    fn run(&mut self, statement: &str) {
        writeln!(self.input, "{statement}").unwrap();
        assert_eq!(self.line(), "done", "{statement}");
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn with_python() -> Option<(Server, Python)> {
    let server = hub();
    let python = Python::start(server.hub().url())?;
    Some((server, python))
}

#[test]
fn all_its_renderables_are_shown_and_edited() {
    if let Some((server, mut python)) = with_python() {
        show_and_edit(&server, &mut python);
    }
}

/// Arrays are pickled under other names than with NumPy 2, and so they must come back.
#[test]
fn numpy_1_does_as_well() {
    let numpy_1 = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/numpy-1");
    let server = hub();
    let Some(mut python) = Python::start_with(server.hub().url(), numpy_1) else {
        return;
    };
    // It was never built for later ones.
    python.run("too_new = sys.version_info >= (3, 13)");
    python.run("assert too_new or np.__version__.startswith('1.26.'), np.__version__");
    show_and_edit(&server, &mut python);
    talk(&server, &mut python);
}

fn show_and_edit(server: &Server, python: &mut Python) {
    let mut viewer = viewer(server);
    for statement in [
        "vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=float)",
        "frames = np.stack([vertices + i for i in range(5)])",
        "mesh = RemoteMeshes(v, frames, np.array([[0, 1, 2]]), name='fin', color=(1, 0, 0, 1))",
        "spheres = RemoteSpheres(v, frames, color=(0, 1, 0, 1))",
        "lines = RemoteLines(v, frames, mode='line_strip')",
        "arrows = RemoteArrows(v, frames, frames + [0, 0, 1])",
        "bodies = RemoteRigidBodies(v, frames, np.tile(np.eye(3), (5, 3, 1, 1)))",
        "skeleton = RemoteSkeletons(v, frames, [[-1, 0], [0, 1], [1, 2]])",
        "node = RemoteNode(v, name='group')",
        "v.set_frame(2)",
    ] {
        python.run(statement);
    }
    let fin = viewer.wait_for("/fin-1");
    viewer.read_until(|viewer| mesh(viewer, &fin).vertices.to_vec()[0] == [2.0; 3]);
    let spheres = viewer.wait_for("/Spheres-2");
    viewer.read_until(|viewer| {
        instances(viewer, &spheres).batched_positions.to_vec()[1] == [3.0, 2.0, 2.0]
    });
    let bones = viewer.wait_for("/Skeletons-6/bones");
    // A bone from nowhere is none.
    assert_eq!(instances(&viewer, &bones).batched_positions.len(), 2);
    for ending in ["/Lines-3", "/Arrows-4", "/RigidBodies-5/axes", "/group-7"] {
        viewer.wait_for(ending);
    }
    for statement in [
        "mesh.update_frames(vertices * 10, 2)",
        "mesh.add_frames(vertices + 100)",
        "spheres.remove_frames([0, 1])",
        "v.next_frame()",
        "v.previous_frame()",
        "arrows.delete()",
    ] {
        python.run(statement);
    }
    viewer.read_until(|viewer| mesh(viewer, &fin).vertices.to_vec()[1] == [10.0, 0.0, 0.0]);
    // Later frames have moved up: the last of three is shown.
    viewer
        .read_until(|viewer| instances(viewer, &spheres).batched_positions.to_vec()[0] == [4.0; 3]);
    let arrows = "/Arrows-4";
    viewer.read_until(|viewer| viewer_name(viewer, arrows).is_none_or(|name| !viewer.has(&name)));
    assert_eq!(server.hub().timeline().length(), 6);
}

#[test]
fn poses_scales_and_masks_follow_the_frames() {
    let Some((server, mut python)) = with_python() else {
        return;
    };
    let mut viewer = viewer(&server);
    for statement in [
        "vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=np.float32)",
        "faces = np.array([[0, 1, 2]])",
        "turn = np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]], dtype=float)",
        "moving = RemoteMeshes(v, vertices, faces, name='moving', position=np.eye(3), rotation=np.stack([np.eye(3), turn, np.eye(3)]), scale=np.array([1.0, 2.0, 3.0]))",
        "mask = np.array([False, True, False, True])",
        "masked = RemoteMeshes(v, np.stack([vertices, vertices + 1]), faces, name='masked', enabled_frames=mask)",
    ] {
        python.run(statement);
    }
    let moving = viewer.wait_for("/moving-1");
    let masked = viewer.wait_for("/masked-2");
    viewer.read_until(|viewer| !viewer.is_shown(&masked));
    python.run("v.set_frame(1)");
    viewer.read_until(|viewer| viewer.pose(&moving).0 == [0.0, 1.0, 0.0]);
    viewer.read_until(|viewer| viewer.is_shown(&masked));
    let half = 0.5_f64.sqrt();
    let (_, [w, x, y, z]) = viewer.pose(&moving);
    assert!((w - half).abs() < 1e-6 && (y - half).abs() < 1e-6 && x == 0.0 && z == 0.0);
    assert_eq!(mesh(&viewer, &moving).scale.xyz(), [2.0; 3]);
    python.run("v.set_frame(3)");
    viewer.read_until(|viewer| mesh(viewer, &masked).vertices.to_vec()[0] == [1.0; 3]);
    // A hidden node is not lost, as it is in aitviewer.
    python.run("v.set_frame(0)");
    viewer.read_until(|viewer| !viewer.is_shown(&masked));
    python.run("masked.update_frames(vertices + 7, 1)");
    python.run("v.set_frame(3)");
    viewer.read_until(|viewer| mesh(viewer, &masked).vertices.to_vec()[0] == [7.0; 3]);
}

#[test]
fn colours_of_vertices_and_faces_are_shown() {
    let Some((server, mut python)) = with_python() else {
        return;
    };
    let mut viewer = viewer(&server);
    for statement in [
        "vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], dtype=float)",
        "faces = np.array([[0, 1, 2], [1, 3, 2]])",
        "RemoteMeshes(v, vertices, faces, name='vertex', vertex_colors=np.eye(4)[:, [0, 1, 2, 3]])",
        "RemoteMeshes(v, vertices, faces, name='face', face_colors=np.array([[1, 0, 0, 1], [0, 1, 0, 1.0]]))",
        "RemoteMeshes(v, vertices, faces, name='plain', face_colors=np.tile([0, 1.0, 0, 1], (2, 1)))",
        "shift = np.tile(np.eye(4), (3, 1, 1)); shift[:, 0, 3] = [0, 2, 4]",
        "RemoteMeshes(v, vertices, faces, name='copies', instance_transforms=shift)",
        "RemoteSpheres(v, vertices, name='balls', color=np.array([[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 0.5]]))",
    ] {
        python.run(statement);
    }
    for name in ["/vertex-1", "/face-2"] {
        let name = viewer.wait_for(name);
        match viewer.node(&name) {
            Node::Glb(glb) => assert!(glb.glb_data.starts_with(b"glTF")),
            other => panic!("{other:?}"),
        }
    }
    let plain = viewer.wait_for("/plain-3");
    assert_eq!(mesh(&viewer, &plain).color.0, [0, 255, 0]);
    let copies = viewer.wait_for("/copies-4");
    assert_eq!(
        instances(&viewer, &copies).batched_positions.to_vec()[2],
        [4.0, 0.0, 0.0]
    );
    let balls = viewer.wait_for("/balls-5");
    let balls = instances(&viewer, &balls);
    assert_eq!(
        balls.batched_colors.to_vec()[..2],
        [[255, 0, 0], [0, 255, 0]]
    );
    let opacities = balls.batched_opacities.as_ref().unwrap().to_vec();
    assert_eq!(opacities, [1.0, 1.0, 1.0, 0.5]);
}

#[test]
fn messages_of_its_own_go_both_ways() {
    if let Some((server, mut python)) = with_python() {
        talk(&server, &mut python);
    }
}

fn talk(server: &Server, python: &mut Python) {
    let nodes = server.hub().nodes().len() as u64;
    let hub = server.hub();
    let (seen, received) = mpsc::channel();
    let answers = hub.clone();
    let _ = hub.on_message(move |kind, uid, args, kwargs, client| {
        if kind.as_i64() != Some(10_001) {
            return Handled::No;
        }
        let shape = args[0].as_array().unwrap().shape().to_vec();
        let node = answers.node_from_remote_uid(uid.clone(), client).unwrap();
        seen.send((node.id(), shape, kwargs.get("name").cloned()))
            .unwrap();
        let numbers = NdArray::from_f32(vec![2], vec![1.5, 2.5]).unwrap();
        let answer = Value::from([("numbers", numbers.into()), ("text", "hello".into())]);
        answers.send_message(answer, client).unwrap();
        Handled::Yes
    });
    python.run("node = RemoteNode(v)");
    python.run("v.send_message(10001, node.uid, np.zeros((2, 3)), name='x')");
    let (node, shape, name) = received.recv_timeout(PATIENCE).unwrap();
    assert_eq!(shape, [2, 3]);
    assert!(node > nodes, "{node} is not new");
    assert_eq!(name, Some(Value::from("x")));
    python.run("answer = v.get_message()");
    python.run("assert answer['text'] == 'hello' and answer['numbers'].tolist() == [1.5, 2.5]");
    python.run("assert answer['numbers'].dtype == np.float32");
    // To everyone, without a client.
    hub.send_message(vec![Value::Int(7), Value::None], None)
        .unwrap();
    python.run("assert v.get_message() == [7, None]");
}

#[test]
fn a_message_that_cannot_be_applied_changes_nothing_and_is_told() {
    let Some((server, mut python)) = with_python() else {
        return;
    };
    let mut viewer = viewer(&server);
    for statement in [
        "spheres = RemoteSpheres(v, np.zeros((2, 3)))",
        "spheres.add_frames(np.zeros((5, 3)))",
        "RemoteSpheres(v, np.zeros((2, 3)), colour=(1, 0, 0, 1))",
        "RemoteSpheres(v, np.zeros((2, 3)), post=os.system)",
        "RemoteSMPLSequence(v, np.zeros((1, 69)))",
    ] {
        python.run(statement);
    }
    let mut told = Vec::new();
    while told.iter().map(|(count, _)| count).sum::<usize>() < 4 {
        told.push(viewer.next(|message| match message {
            scenecast_protocol::Message::NotificationShow(note) => {
                let count = note.props.title.split(' ').next().unwrap().parse();
                Some((count.unwrap_or(1), note.props.body))
            }
            _ => None,
        }));
    }
    assert!(
        told.last().unwrap().1.contains("smpl/SMPL_NEUTRAL.npz"),
        "{told:?}"
    );
    // It goes on.
    python.run("spheres.add_frames(np.ones((2, 3)))");
    wait_until(|| server.hub().timeline().length() == 2);
    assert_eq!(server.hub().nodes().len(), 1);
}

#[test]
fn it_closes_without_hanging_and_what_it_made_stays() {
    let Some((server, mut python)) = with_python() else {
        return;
    };
    python.run("spheres = RemoteSpheres(v, np.zeros((2, 3)))");
    // `close_connection` of aitviewer waits for ever with some versions of websockets, whatever
    // the server does; the close of the WebSocket itself must not.
    let begun = Instant::now();
    python.run("import asyncio; asyncio.run_coroutine_threadsafe(v.websocket.close(), v.loop)");
    wait_until(|| server.hub().publishers().is_empty());
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    assert_eq!(server.hub().nodes().len(), 1);
}

#[test]
fn a_token_lets_it_in() {
    let server = hub_with(RemoteSettings {
        token: "s3cret".parse().unwrap(),
        ..RemoteSettings::from(0)
    });
    let url = server.hub().url().to_owned();
    assert!(url.starts_with("token:s3cret@127.0.0.1:"), "{url}");
    let Some(mut python) = Python::start(&url) else {
        return;
    };
    python.run("RemoteNode(v)");
    wait_until(|| server.hub().nodes().len() == 1);
}

#[test]
fn bodies_are_posed() {
    let models = concat!(env!("CARGO_TARGET_TMPDIR"), "/hub-models");
    std::fs::create_dir_all(format!("{models}/smpl")).unwrap();
    let tiny = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../remote/tests/fixtures/smpl/smpl_tiny.npz"
    );
    std::fs::copy(tiny, format!("{models}/smpl/SMPL_NEUTRAL.npz")).unwrap();
    let server = hub_with(RemoteSettings {
        smplx_models: models.into(),
        ..RemoteSettings::from(0)
    });
    let Some(mut python) = Python::start(server.hub().url()) else {
        return;
    };
    let mut viewer = viewer(&server);
    python.run("poses = np.zeros((3, 69)); poses[2] = 0.3");
    python.run("trans = np.arange(9.0).reshape(3, 3)");
    python.run("body = RemoteSMPLSequence(v, poses, trans=trans, show_joint_angles=True)");
    let name = viewer.wait_for("/SMPLSequence-1/Mesh");
    let first = mesh(&viewer, &name).vertices.to_vec();
    assert!(!first.is_empty() && !mesh(&viewer, &name).faces.is_empty());
    viewer.wait_for("/Skeleton/bones");
    viewer.wait_for("/Joint Angles/axes");
    python.run("v.set_frame(1)");
    // The same pose, three further along each axis.
    viewer.read_until(|viewer| {
        let moved = mesh(viewer, &name).vertices.to_vec();
        let by = |axis: usize| (moved[5][axis] - first[5][axis] - 3.0).abs();
        (0..3).all(|axis| by(axis) < 1e-4)
    });
}

#[test]
fn textures_normals_edges_and_outlines_are_shown() {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/hub-textures");
    std::fs::create_dir_all(folder).unwrap();
    let picture = image::RgbImage::from_pixel(4, 4, image::Rgb([200, 30, 30]));
    picture.save(format!("{folder}/red.png")).unwrap();
    let server = hub_with(RemoteSettings {
        textures: Some(folder.into()),
        ..RemoteSettings::from(0)
    });
    let Some(mut python) = Python::start(server.hub().url()) else {
        return;
    };
    let mut viewer = viewer(&server);
    for statement in [
        "vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=float)",
        "faces = np.array([[0, 1, 2]]); uvs = np.array([[0, 0], [1, 0], [0, 1.0]])",
        "frames = np.stack([vertices, vertices + 1])",
        "RemoteMeshes(v, vertices, faces, name='textured', uv_coords=uvs, path_to_texture='red.png')",
        "tilted = np.tile([0.6, 0, 0.8], (3, 1))",
        "RemoteMeshes(v, vertices, faces, name='tilted', vertex_normals=tilted)",
        "RemoteMeshes(v, vertices, faces, name='upright', vertex_normals=np.tile([0, 0, 1.0], (3, 1)))",
        "RemoteMeshes(v, frames, faces, name='lined', draw_edges=True, draw_outline=True, vertex_colors=np.eye(4)[:3])",
        "RemoteMeshes(v, vertices, faces, name='no', uv_coords=uvs, path_to_texture='/etc/passwd')",
        "RemoteSpheres(v, vertices, n_frames=7)",
    ] {
        python.run(statement);
    }
    let mut file = |name: &str| {
        let name = viewer.wait_for(name);
        match viewer.node(&name) {
            Node::Glb(glb) => glb.glb_data.clone(),
            other => panic!("{other:?}"),
        }
    };
    let has = |file: &[u8], text: &[u8]| file.windows(text.len()).any(|part| part == text);
    assert!(has(&file("/textured-1"), b"baseColorTexture"));
    let normal: Vec<u8> = [0.6_f32, 0.0, 0.8]
        .iter()
        .flat_map(|part| part.to_le_bytes())
        .collect();
    assert!(has(&file("/tilted-2"), &normal));
    let upright = viewer.wait_for("/upright-3");
    assert!(matches!(viewer.node(&upright), Node::Mesh(_)));
    let edges = viewer.wait_for("/lined-4/edges");
    let outline = viewer.wait_for("/lined-4/outline");
    assert!(mesh(&viewer, &edges).wireframe);
    assert!(mesh(&viewer, &outline).vertices.to_vec()[0][2] > 0.0);
    python.run("v.set_frame(1)");
    viewer.read_until(|viewer| mesh(viewer, &edges).vertices.to_vec()[0] == [1.0; 3]);
    // The file that no texture is: refused, with a reason.
    let reason = viewer.next(|message| match message {
        scenecast_protocol::Message::NotificationShow(note) => Some(note.props.body),
        _ => None,
    });
    assert!(reason.contains("there is no such file"), "{reason}");
    wait_until(|| server.hub().timeline().length() == 7);
    assert_eq!(server.hub().nodes().len(), 5);
}
