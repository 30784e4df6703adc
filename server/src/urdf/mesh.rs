//! The mesh files of a robot.

use super::{document::malformed, mesh_folder::MeshFolder, shape::DEFAULT_COLOR};
use crate::{
    loaders::{self, Format, Geometry, LoadError},
    scene::{Mesh, Side},
};
use bytes::Bytes;
use scenecast_protocol::Rgb;
use std::{collections::HashMap, io};

/// How many nodes the meshes of a robot may become: a file of many parts may be named often.
const MAX_PARTS: usize = 20_000;

/// Mesh files, each read once.
pub(super) struct Meshes {
    /// `None` for a robot from a text without a folder.
    folder: Option<MeshFolder>,
    /// By name, and by whether their own colours are wanted.
    read: HashMap<(String, bool), Option<Vec<Part>>>,
    parts_left: usize,
    /// Why some are left out.
    pub(super) missing: Vec<LoadError>,
}

/// A part of a mesh file, as a node whose arrays are shared by all that show it.
pub(super) enum Part {
    /// A glTF file, or what needs one: coloured vertices, an image.
    Glb(Bytes),
    /// In one colour.
    Mesh(Mesh),
}

impl Meshes {
    pub(super) fn new(folder: Option<MeshFolder>) -> Self {
        Self {
            folder,
            read: HashMap::new(),
            parts_left: MAX_PARTS,
            missing: Vec::new(),
        }
    }

    /// The parts of the file that a URDF file calls by this name, to be added once. `None` if it
    /// cannot be read. With `own_colors`, parts come in the file's colours.
    pub(super) fn get(&mut self, name: &str, own_colors: bool) -> Option<&[Part]> {
        let key = (name.to_owned(), own_colors);
        let folder = self.folder.as_ref();
        let parts = self
            .read
            .entry(key)
            .or_insert_with(|| match read(folder, name, own_colors) {
                Ok(parts) => Some(parts),
                Err(error) => {
                    tracing::warn!("a mesh is left out: {error}");
                    self.missing.push(error);
                    None
                }
            })
            .as_deref()?;
        if parts.len() > self.parts_left {
            let problem = format!("it needs more than {MAX_PARTS} nodes; join its parts");
            self.missing.push(malformed(name.as_ref(), problem));
            return None;
        }
        self.parts_left -= parts.len();
        Some(parts)
    }
}

fn read(folder: Option<&MeshFolder>, name: &str, own_colors: bool) -> Result<Vec<Part>, LoadError> {
    let io_error = |source| LoadError::Io {
        path: name.into(),
        source,
    };
    let folder = folder
        .ok_or_else(|| io_error(io::Error::other("no `mesh_folder` says where meshes are")))?;
    let path = folder.find(name)?;
    // Robots' lengths are metres, and z is up in all their files, whatever COLLADA says of itself.
    let loaded = loaders::load_as_written(&path, folder.root())?;
    // What the loader has read can be drawn.
    if own_colors && loaded.format == Format::Gltf {
        let data = loaders::load_glb_below(&path, folder.root())?;
        return Ok(vec![Part::Glb(data.into())]);
    }
    let meshes = loaded
        .items
        .into_iter()
        .filter_map(|item| match item.geometry {
            Geometry::Mesh(mesh) => Some(mesh).filter(|mesh| !mesh.faces.is_empty()),
            Geometry::Points(_) | Geometry::Splats(_) => None,
        });
    let is_one_color = |mesh: &loaders::Mesh| !own_colors || mesh.is_plain();
    let (plain, painted): (Vec<_>, Vec<_>) = meshes.partition(is_one_color);
    let mut parts: Vec<Part> = plain.into_iter().map(in_one_color).collect();
    if !painted.is_empty() {
        let glb = loaders::Mesh::join(&painted);
        let glb = glb.map_err(|error| malformed(&path, error.to_string()))?;
        parts.push(Part::Glb(glb.glb_data));
    }
    Ok(parts)
}

fn in_one_color(mesh: loaders::Mesh) -> Part {
    let node = Mesh::new(mesh.vertices, mesh.faces)
        .color(mesh.color.map_or(DEFAULT_COLOR, Rgb))
        .flat_shading(mesh.flat)
        // Robots' meshes often have faces that are turned inwards, and some are mirrored.
        .side(Side::Double);
    Part::Mesh(node)
}
