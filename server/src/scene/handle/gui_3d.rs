//! The GUI that a node shows.

use super::Handle;
use crate::{
    error::{Error, Result},
    gui::Gui,
    scene::Gui3D,
};
use std::sync::Arc;

impl Handle<Gui3D> {
    /// The GUI shown at the node: what is added to it goes with the node.
    ///
    /// ```
    /// # fn main() -> scenecast::Result<()> {
    /// use scenecast::{gui::Button, scene::{Gui3D, Place}};
    /// # let server = scenecast::Server::builder().port(0).start()?;
    /// let sign = server.scene().add("/sign", Gui3D::default().at([0.0, 0.0, 1.0]))?;
    /// sign.gui()?.add(Button::new("Press me"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The node has been removed.
    pub fn gui(&self) -> Result<Gui> {
        let container = self.props()?.container_uuid.into();
        let gui = self.scene.gui().ok_or_else(|| Error::Removed {
            name: Arc::clone(&self.node.name),
        })?;
        gui.open(&container);
        Ok(Gui::in_container(&gui, &container))
    }
}
