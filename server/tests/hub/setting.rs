//! A hub, publishers and viewers of a test, and what it waits for.

use crate::client_socket::ClientSocket;
use scenecast::{
    Server,
    remote::{ConnectOptions, RemoteSettings, RemoteViewer},
    scene::{BatchedMeshes, Mesh, Node},
};
use std::time::{Duration, Instant};

/// Only so that a failure is a failed test, not one that never ends.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A hub on ports of its own.
pub(crate) fn hub() -> Server {
    hub_with(RemoteSettings::from(0))
}

pub(crate) fn hub_with(settings: RemoteSettings) -> Server {
    Server::builder().port(0).remote(settings).start().unwrap()
}

pub(crate) fn publisher(server: &Server) -> RemoteViewer {
    let options = ConnectOptions { timeout: PATIENCE };
    RemoteViewer::connect_with(server.hub().url(), options).unwrap()
}

/// A viewer that is shown sequences frame by frame, as the stock client is.
pub(crate) fn viewer(server: &Server) -> ClientSocket {
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    viewer
}

impl ClientSocket {
    /// Reads until a node's name ends so; the whole name.
    pub(crate) fn wait_for(&mut self, ending: &str) -> String {
        let find = |client: &Self| {
            let scene = &client.state.scene;
            let names = scene.ids().filter(|id| scene.node(*id).is_some());
            let mut names = names.map(|id| scene.name(id).to_string());
            names.find(|name| name.ends_with(ending))
        };
        self.read_until(|client| find(client).is_some());
        find(self).unwrap()
    }

    pub(crate) fn node(&self, name: &str) -> &Node {
        let scene = &self.state.scene;
        scene.node(scene.find(name).unwrap()).unwrap()
    }

    pub(crate) fn is_shown(&self, name: &str) -> bool {
        let scene = &self.state.scene;
        scene
            .find(name)
            .is_some_and(|id| scene.is_shown_by_server(id))
    }

    pub(crate) fn pose(&self, name: &str) -> ([f64; 3], [f64; 4]) {
        let scene = &self.state.scene;
        let pose = scene.pose(scene.find(name).unwrap());
        (pose.position, pose.wxyz.0)
    }
}

pub(crate) fn mesh<'a>(viewer: &'a ClientSocket, name: &str) -> &'a Mesh {
    match viewer.node(name) {
        Node::Mesh(mesh) => mesh,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn instances<'a>(viewer: &'a ClientSocket, name: &str) -> &'a BatchedMeshes {
    match viewer.node(name) {
        Node::BatchedMeshes(instances) => instances,
        other => panic!("{other:?}"),
    }
}

/// The name that ends so, if there is one.
pub(crate) fn viewer_name(viewer: &ClientSocket, ending: &str) -> Option<String> {
    let scene = &viewer.state.scene;
    let mut names = scene.ids().map(|id| scene.name(id).to_string());
    names.find(|name| name.ends_with(ending))
}

/// Waits until something is so.
pub(crate) fn wait_until(mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it does not become so");
        std::thread::sleep(Duration::from_millis(2));
    }
}
