//! Robots from URDF files: their links' shapes as nodes, their joints as numbers.
//!
//! ```no_run
//! # fn main() -> scenecast::Result<()> {
//! use scenecast::{Server, urdf::Urdf};
//!
//! let server = Server::builder().start()?;
//! let robot = Urdf::builder("arm/arm.urdf")
//!     .root_node_name("/robot")
//!     .load_collision_meshes(true)
//!     .add_to(&server.scene())?;
//! for joint in robot.get_actuated_joint_limits() {
//!     println!("{} from {:?} to {:?}", joint.name, joint.lower, joint.upper);
//! }
//! robot.update_cfg(&vec![0.1; robot.get_actuated_joint_names().len()])?;
//! # Ok(())
//! # }
//! ```
//!
//! Below the root node, which is a place for the robot to stand at, come `visual` and `collision`,
//! and below each of them a frame for every link but the base, named after the links that lead
//! there: `/robot/visual/shoulder/elbow`. Shapes hang below the frames of their links.
//!
//! A file may have [`MAX_FILE_BYTES`], and takes at most [`MAX_READING_BYTES`]. Meshes are read by
//! [`loaders`](crate::loaders), from nowhere but the [`mesh_folder`](UrdfBuilder::mesh_folder).
//! Those that cannot be read are left out and kept in [`Urdf::missing_meshes`]. The numbers of
//! COLLADA files are metres with z up here, as in viser, whatever unit and axis a file has.

mod builder;
mod document;
mod kinematics;
mod mesh;
mod mesh_folder;
mod shape;

pub use builder::UrdfBuilder;
pub use document::{MAX_FILE_BYTES, MAX_READING_BYTES};
pub use kinematics::JointLimits;

use crate::{
    error::{Error, Result},
    loaders::LoadError,
    scene::{Frame, Handle, Scene},
};
use kinematics::Kinematics;

/// A robot in a scene. Dropping it leaves the robot where it is.
#[derive(Debug)]
#[doc(alias = "ViserUrdf")]
pub struct Urdf {
    scene: Scene,
    kinematics: Kinematics,
    scale: f64,
    visual: Option<Body>,
    collision: Option<Body>,
    missing_meshes: Vec<LoadError>,
}

/// The nodes of one kind of shapes.
#[derive(Debug)]
struct Body {
    root: Handle<Frame>,
    /// One for each joint, in the joints' order.
    frames: Vec<Handle<Frame>>,
}

impl Urdf {
    /// Settings for a robot from a file.
    pub fn builder(path: impl Into<std::path::PathBuf>) -> UrdfBuilder {
        UrdfBuilder::from_path(path.into())
    }

    /// Settings for a robot from the text of a file.
    pub fn builder_from_text(text: impl Into<String>) -> UrdfBuilder {
        UrdfBuilder::from_text(text.into())
    }

    /// Moves the actuated joints: radians for those that turn, metres for those that slide, in the
    /// order of [`get_actuated_joint_names`](Self::get_actuated_joint_names). Joints that mimic
    /// others follow. Limits are not applied. Viewers see all joints move at once.
    ///
    /// # Errors
    /// There are not as many numbers as joints, one is not finite, or the robot has been removed.
    pub fn update_cfg(&self, configuration: &[f64]) -> Result<()> {
        let poses = self
            .kinematics
            .parent_from_child(configuration)
            .map_err(|reason| Error::InvalidValue {
                what: "configuration",
                reason,
            })?;
        self.scene.inner.scope.outbox.atomic(|| {
            for body in [&self.visual, &self.collision].into_iter().flatten() {
                for (frame, pose) in body.frames.iter().zip(&poses) {
                    frame.set_wxyz(pose.rotation())?;
                    frame.set_position(pose.translation() * self.scale)?;
                }
            }
            Ok(())
        })
    }

    /// The joints that [`update_cfg`](Self::update_cfg) moves, in the file's order: those that turn
    /// or slide and mimic no other.
    pub fn get_actuated_joint_names(&self) -> Vec<&str> {
        let joints = self.kinematics.actuated();
        joints.map(|joint| joint.name.as_str()).collect()
    }

    /// How far each of them can be moved.
    pub fn get_actuated_joint_limits(&self) -> Vec<JointLimits> {
        self.kinematics.actuated().cloned().collect()
    }

    /// Whether the shapes to be seen are shown; `false` if they were not loaded.
    pub fn show_visual(&self) -> bool {
        is_shown(self.visual.as_ref())
    }

    /// Shows or hides the shapes to be seen.
    ///
    /// # Errors
    /// They were not loaded, or the robot has been removed.
    pub fn set_show_visual(&self, visible: bool) -> Result<()> {
        show(self.visual.as_ref(), "load_meshes", visible)
    }

    /// Whether the shapes for collisions are shown; `false` if they were not loaded.
    pub fn show_collision(&self) -> bool {
        is_shown(self.collision.as_ref())
    }

    /// Shows or hides the shapes for collisions.
    ///
    /// # Errors
    /// They were not loaded, or the robot has been removed.
    pub fn set_show_collision(&self, visible: bool) -> Result<()> {
        show(self.collision.as_ref(), "load_collision_meshes", visible)
    }

    /// Why meshes were left out.
    pub fn missing_meshes(&self) -> &[LoadError] {
        &self.missing_meshes
    }

    /// Removes the robot from the scene; its root node stays.
    ///
    /// # Errors
    /// It has been removed before.
    pub fn remove(&self) -> Result<()> {
        let mut bodies = [&self.visual, &self.collision].into_iter().flatten();
        bodies.try_for_each(|body| body.root.remove())
    }
}

fn is_shown(body: Option<&Body>) -> bool {
    body.is_some_and(|body| body.root.visible().unwrap_or(false))
}

fn show(body: Option<&Body>, what: &'static str, visible: bool) -> Result<()> {
    let body = body.ok_or_else(|| Error::InvalidValue {
        what,
        reason: "the shapes were not loaded; set it to true".to_owned(),
    })?;
    body.root.set_visible(visible)
}
