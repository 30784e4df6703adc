//! glTF 2.0 in its binary form (GLB), read into plain data.
//!
//! Every index of the file is checked here, so that what comes out can be used without looking
//! back. Textures stay compressed: see [`Asset::images`].

use bytes::Bytes;
use glam::Mat4;

mod accessor;
mod animation;
mod container;
mod json;
mod material;
mod morph;
mod primitive;
mod scene;
mod value;

pub use animation::{Animation, Channel, Interpolation, Property};
pub use material::{Alpha, Material, Texture, TextureUse};
pub use primitive::{Influences, Primitive};
pub use scene::{Node, Transform};
pub(crate) use value::{Value as Json, quoted};

use json::Document;

/// Everything of a file that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Asset {
    /// The nodes of the scene; parents come before their children.
    pub nodes: Vec<Node>,
    /// What is drawn, each under a node.
    pub drawables: Vec<Drawable>,
    /// Triangles that drawables share.
    pub primitives: Vec<Primitive>,
    /// What surfaces look like.
    pub materials: Vec<Material>,
    /// PNG or JPEG; empty where the file has none for that number.
    pub images: Vec<Bytes>,
    /// Bones.
    pub skins: Vec<Skin>,
    /// What moves nodes.
    pub animations: Vec<Animation>,
    /// How many parts of meshes are points or lines, which are not read.
    pub left_out: usize,
}

/// A primitive under a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawable {
    /// In [`Asset::nodes`].
    pub node: usize,
    /// In [`Asset::primitives`].
    pub primitive: usize,
    /// In [`Asset::skins`]; then the node's own pose has no effect.
    pub skin: Option<usize>,
}

/// Nodes that act as bones.
#[derive(Clone, Debug, PartialEq)]
pub struct Skin {
    /// In [`Asset::nodes`].
    pub joints: Vec<usize>,
    /// For each joint, from the frame of the mesh.
    pub joint_from_mesh: Vec<Mat4>,
}

/// Why a file cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GltfError {
    /// No GLB, or cut off.
    #[error("no GLB file: {0}")]
    Container(String),
    /// The JSON cannot be read.
    #[error("the file's JSON cannot be read: {0}")]
    Json(String),
    /// Geometry is compressed in a way that is not read.
    #[error("the file needs {0}, which is not supported; export it without")]
    Extension(String),
    /// Something refers to what is not there.
    #[error("{what} {index} does not exist")]
    Missing {
        /// What it should be.
        what: &'static str,
        /// Its number.
        index: usize,
    },
    /// Numbers cannot be read.
    #[error("accessor {index} {problem}")]
    Accessor {
        /// Its number.
        index: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The nodes are no tree.
    #[error("node {0} has more than one parent")]
    Parents(usize),
    /// A mesh, a skin or an animation makes no sense.
    #[error("{0}")]
    Content(String),
}

impl Asset {
    /// Reads a GLB file. Meshes have the shape that their morph targets give them at rest.
    ///
    /// # Errors
    /// See [`GltfError`]. Nothing of the file is kept then.
    pub fn parse(file: &Bytes) -> Result<Self, GltfError> {
        Self::read(file, true)
    }

    /// Reads a GLB file, and leaves morph targets out.
    ///
    /// # Errors
    /// See [`GltfError`]. Nothing of the file is kept then.
    pub fn parse_unmorphed(file: &Bytes) -> Result<Self, GltfError> {
        Self::read(file, false)
    }

    fn read(file: &Bytes, is_morphed: bool) -> Result<Self, GltfError> {
        let (json, binary) = container::split(file)?;
        let document = Document::parse(json, binary)?;
        let (nodes, of_file) = scene::nodes(&document)?;
        let mut asset = Self {
            nodes,
            materials: material::read_all(&document)?,
            images: material::images(&document, file),
            ..Self::default()
        };
        asset.add_skins(&document, &of_file)?;
        asset.add_drawables(&document, &of_file, is_morphed)?;
        asset.animations = animation::read_all(&document, &of_file)?;
        Ok(asset)
    }

    /// The pose of each node in the frame of the file, at rest.
    pub fn poses_at_rest(&self) -> Vec<Mat4> {
        let rest: Vec<Transform> = self.nodes.iter().map(|node| node.rest).collect();
        self.poses(&rest)
    }

    /// The pose of each node in the frame of the file, from those in their parents'.
    pub fn poses(&self, locals: &[Transform]) -> Vec<Mat4> {
        let mut poses: Vec<Mat4> = Vec::with_capacity(self.nodes.len());
        for (node, local) in self.nodes.iter().zip(locals) {
            let local = local.matrix();
            // Parents come first.
            poses.push(node.parent.map_or(local, |parent| poses[parent] * local));
        }
        poses
    }

    fn add_skins(
        &mut self,
        document: &Document<'_>,
        of_file: &[Option<usize>],
    ) -> Result<(), GltfError> {
        for skin in document.list("skins") {
            let joints = json::indices(skin, "joints").map(|index| {
                let node = of_file.get(index).copied().flatten();
                node.ok_or(GltfError::Missing {
                    what: "joint: node",
                    index,
                })
            });
            let joints = joints.collect::<Result<Vec<usize>, _>>()?;
            let matrices = match json::index(skin, "inverseBindMatrices") {
                Some(index) => document.floats::<16>(index)?,
                None => Vec::new(),
            };
            let matrix = |i: usize| {
                let given = matrices.get(i).map(Mat4::from_cols_array);
                given.unwrap_or(Mat4::IDENTITY)
            };
            self.skins.push(Skin {
                joint_from_mesh: (0..joints.len()).map(matrix).collect(),
                joints,
            });
        }
        Ok(())
    }

    fn add_drawables(
        &mut self,
        document: &Document<'_>,
        of_file: &[Option<usize>],
        is_morphed: bool,
    ) -> Result<(), GltfError> {
        let meshes = document.list("meshes");
        // Where the primitives of each mesh begin: several nodes may show the same mesh.
        let mut read: Vec<Option<std::ops::Range<usize>>> = vec![None; meshes.len()];
        for (node, at) in document.list("nodes").iter().zip(of_file) {
            let (Some(at), Some(index)) = (*at, json::index(node, "mesh")) else {
                continue;
            };
            let what = "mesh";
            let mesh = meshes
                .get(index)
                .ok_or(GltfError::Missing { what, index })?;
            // A shape of the node's own is not that of other nodes.
            let is_own = is_morphed && !json::list(node, "weights").is_empty();
            let known = read[index].clone().filter(|_| !is_own);
            let primitives = match known {
                Some(primitives) => primitives,
                None => {
                    let weights = match is_morphed {
                        true => morph::weights(node, mesh),
                        false => Vec::new(),
                    };
                    let first = self.primitives.len();
                    for json in json::list(mesh, "primitives") {
                        let materials = self.materials.len();
                        let primitive = primitive::read(document, json, &weights, materials);
                        let primitive = primitive.map_err(|error| match error {
                            GltfError::Content(problem) => {
                                GltfError::Content(format!("mesh {index}: {problem}"))
                            }
                            other => other,
                        })?;
                        self.left_out += usize::from(primitive.is_none());
                        self.primitives.extend(primitive);
                    }
                    let primitives = first..self.primitives.len();
                    if !is_own {
                        read[index] = Some(primitives.clone());
                    }
                    primitives
                }
            };
            let skin = json::index(node, "skin");
            if let Some(index) = skin.filter(|index| *index >= self.skins.len()) {
                let what = "skin";
                return Err(GltfError::Missing { what, index });
            }
            for primitive in primitives {
                let used = skin.filter(|_| self.primitives[primitive].skin.is_some());
                if let Some(skin) = used {
                    self.primitives[primitive].check_joints(self.skins[skin].joints.len())?;
                }
                self.drawables.push(Drawable {
                    node: at,
                    primitive,
                    skin: used,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
