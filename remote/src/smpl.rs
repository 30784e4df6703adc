//! Body models of the SMPL family: from shape and pose to vertices and joints.
//!
//! The equations are those of the papers (SMPL: Loper et al. 2015; SMPL-X: Pavlakos et al. 2019):
//! linear blend shapes for shape and pose, joints regressed from the shaped vertices, a
//! kinematic chain, linear blend skinning. Models have a licence of their own and are not part
//! of this crate; [`ModelFolder`] says where it looks for them.

mod blend;
mod chain;
mod folder;
mod model;
mod npz;

pub use folder::{Gender, ModelFolder, ModelType};
pub use model::{BodyModel, Posed, Shaped};
pub use npz::{ModelError, read_npz};
