//! GUI in the scene.

props! {
    /// A GUI container shown at the node's position.
    pub struct Gui3D as "Gui3DProps" {
        /// Order among containers.
        order: f64 = 0.0,
        /// The container whose components are shown.
        container_uuid: String = String::new(),
    }
}
