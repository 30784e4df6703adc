//! The publisher against aitviewer's own server and scene, as far as they run without a window.
//! Skipped where no Python with aitviewer is to be found.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use scenecast_remote::publisher::{
    Options, RemoteArrows, RemoteLines, RemoteMeshes, RemoteNode, RemoteRigidBodies,
    RemoteSkeletons, RemoteSpheres, RemoteViewer,
};
use scenecast_remote::{Kind, Message};
use serde_json::{Value as Json, json};

/// A program in Python that shows nothing.
struct RealViewer {
    child: Child,
    address: String,
    /// What it prints goes somewhere as long as it runs.
    _output: BufReader<ChildStdout>,
}

impl RealViewer {
    fn start() -> Option<Self> {
        let folder = env!("CARGO_MANIFEST_DIR");
        let python = format!("{folder}/../target/venv/bin/python");
        let mut import = Command::new(&python);
        import
            .args(["-c", "import aitviewer.remote.viewer"])
            .stderr(Stdio::null());
        if !import.status().is_ok_and(|status| status.success()) {
            println!("skipped: no Python with aitviewer");
            return None;
        }
        let mut child = Command::new(python)
            .arg(format!("{folder}/tests/publisher/real_viewer.py"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut port).unwrap();
        Some(Self {
            child,
            address: format!("127.0.0.1:{}", port.trim_end()),
            _output: output,
        })
    }
}

impl Drop for RealViewer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the viewer's scene has.
fn state(viewer: &RemoteViewer) -> Json {
    let mut question = Message::new(Kind::UserMessage, None, []);
    question.kind = 10_001.into();
    viewer.send_message(question).unwrap();
    let answer = viewer.wait_message(Duration::from_secs(30)).unwrap();
    answer.unwrap().unwrap().deserialize().unwrap()
}

fn points(first: f32) -> Vec<[f32; 3]> {
    let point = |index: usize| [first + index as f32, 0.5, -1.0];
    (0..3).map(point).collect()
}

#[test]
fn aitviewer_has_what_was_published_and_edited() {
    let Some(real) = RealViewer::start() else {
        return;
    };
    let viewer = RemoteViewer::connect(&real.address).unwrap();
    let frames = vec![points(0.0), points(10.0)];
    let red = Options::new().name("fin").color([1.0, 0.0, 0.0, 1.0]);
    let mesh = RemoteMeshes::with(&viewer, frames.clone(), vec![[0_u32, 1, 2]], red).unwrap();
    let small = Options::new().set("radius", 0.25);
    let spheres = RemoteSpheres::with(&viewer, frames.clone(), small).unwrap();
    RemoteLines::new(&viewer, frames.clone()).unwrap();
    let arrows = RemoteArrows::new(&viewer, frames.clone(), frames.clone()).unwrap();
    let upright = [[1.0_f32, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    RemoteRigidBodies::new(&viewer, frames.clone(), vec![vec![upright; 3]; 2]).unwrap();
    RemoteSkeletons::new(&viewer, frames.clone(), vec![[0_u32, 1], [1, 2]]).unwrap();
    RemoteNode::new(&viewer, Options::new().name("group")).unwrap();
    viewer.set_frame(1).unwrap();

    let before = state(&viewer);
    assert_eq!(
        (&before["frames"], &before["frame"]),
        (&json!(2), &json!(1))
    );
    let kinds = |state: &Json| -> Vec<String> {
        let nodes = state["nodes"].as_array().unwrap().iter();
        nodes
            .map(|node| node["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = "Meshes Spheres Lines Arrows RigidBodies Skeletons Node";
    assert_eq!(kinds(&before).join(" "), all);
    let of =
        |state: &Json, node: usize, part: usize| state["nodes"][node]["contents"][part].clone();
    for node in 0..6 {
        assert_eq!(of(&before, node, 0), json!(frames), "node {node}");
    }
    assert_eq!(of(&before, 0, 1), json!([[0, 1, 2]]));
    assert_eq!(of(&before, 1, 1), json!(0.25));
    assert_eq!(of(&before, 3, 1), json!(frames));
    assert_eq!(of(&before, 4, 1), json!(vec![vec![upright; 3]; 2]));
    assert_eq!(of(&before, 5, 1), json!([[0, 1], [1, 2]]));
    assert_eq!(before["nodes"][0]["name"], "fin");
    assert_eq!(before["nodes"][0]["color"], json!([1.0, 0.0, 0.0, 1.0]));
    assert_eq!(before["nodes"][6]["name"], "group");

    mesh.add_frames(points(20.0)).unwrap();
    mesh.update_frames(points(-5.0), 1).unwrap();
    spheres.remove_frames(0).unwrap();
    arrows.delete().unwrap();
    viewer.next_frame().unwrap();
    viewer.next_frame().unwrap();
    viewer.previous_frame().unwrap();
    let after = state(&viewer);
    // After the last of three frames comes the first, and before that the last.
    assert_eq!((&after["frames"], &after["frame"]), (&json!(3), &json!(2)));
    assert_eq!(kinds(&after).join(" "), all.replace(" Arrows", ""));
    let edited = vec![points(0.0), points(-5.0), points(20.0)];
    assert_eq!(of(&after, 0, 0), json!(edited));
    assert_eq!(of(&after, 1, 0), json!([points(10.0)]));
}
