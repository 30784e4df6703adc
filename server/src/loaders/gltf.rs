//! glTF 2.0: JSON that describes a tree of nodes over binary buffers.

mod accessor;
mod buffers;
mod document;
mod primitive;

use super::{Geometry, Item, LoadError, input::Input};
use buffers::Buffers;
use document::{Document, Node};
use glam::{Affine3A, Mat4, Quat, Vec3};

/// The most bytes that meshes used by several nodes may take once each node has its own copy, or
/// sixteen times the bytes read if that is more.
pub const MAX_INSTANCED_BYTES: u64 = 1 << 30;

/// Extensions without which the triangles themselves cannot be read, and what undoes them.
const GEOMETRY_EXTENSIONS: [&str; 2] = ["KHR_draco_mesh_compression", "EXT_meshopt_compression"];

/// Reads the triangles and points of the default scene, each node's in the coordinates of the
/// whole. Colours are those of vertices and materials; textures, skins and animation are left out.
pub(super) fn read(input: &mut Input) -> Result<Vec<Item>, LoadError> {
    let bytes = input.rest()?;
    let (document, binary) = document::parse(input, &bytes)?;
    let needed = document.extensions_required.iter();
    if let Some(name) = needed
        .into_iter()
        .find(|n| GEOMETRY_EXTENSIONS.contains(&n.as_str()))
    {
        return Err(LoadError::Unsupported {
            path: input.path().to_owned(),
            feature: name.clone(),
            remedy: "export the file without compression",
        });
    }
    let buffers = Buffers::load(input, &document, binary)?;
    let mut reader = Reader {
        document: &document,
        buffers: &buffers,
        items: Vec::new(),
        budget: MAX_INSTANCED_BYTES.max(16 * (bytes.len() as u64 + buffers.bytes_read())),
    };
    reader
        .scene()
        .map_err(|problem| input.bad_content(problem))?;
    Ok(reader.items)
}

struct Reader<'a> {
    document: &'a Document,
    buffers: &'a Buffers<'a>,
    items: Vec<Item>,
    /// Bytes of geometry that may still be made.
    budget: u64,
}

impl Reader<'_> {
    /// Walks the node tree. Each node is entered once at most, so a cycle is found, not followed.
    fn scene(&mut self) -> Result<(), String> {
        let nodes = &self.document.nodes;
        let mut entered = vec![false; nodes.len()];
        let roots = self.document.roots()?;
        let mut open: Vec<(u32, Affine3A)> = roots
            .into_iter()
            .rev()
            .map(|root| (root, Affine3A::IDENTITY))
            .collect();
        while let Some((index, world_from_parent)) = open.pop() {
            let node = nodes
                .get(index as usize)
                .ok_or_else(|| format!("node {index} does not exist"))?;
            if std::mem::replace(&mut entered[index as usize], true) {
                return Err(format!("node {index} has more than one parent"));
            }
            let world_from_node = world_from_parent * parent_from_node(node);
            self.node(node, index, world_from_node)?;
            open.extend(
                node.children
                    .iter()
                    .rev()
                    .map(|child| (*child, world_from_node)),
            );
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, index: u32, world_from_node: Affine3A) -> Result<(), String> {
        let Some(mesh) = node.mesh else { return Ok(()) };
        let mesh = self
            .document
            .meshes
            .get(mesh as usize)
            .ok_or_else(|| format!("mesh {mesh} of node {index} does not exist"))?;
        let name = node.name.as_ref().or(mesh.name.as_ref());
        for primitive in &mesh.primitives {
            let geometry = primitive::read(
                self.document,
                self.buffers,
                primitive,
                world_from_node,
                &mut self.budget,
            );
            let named = |problem| format!("in the mesh of node {index}: {problem}");
            if let Some(geometry) = geometry.map_err(named)? {
                self.push(name, geometry);
            }
        }
        Ok(())
    }

    fn push(&mut self, name: Option<&String>, geometry: Geometry) {
        self.items.push(Item {
            name: name.cloned().unwrap_or_default(),
            geometry,
        });
    }
}

fn parent_from_node(node: &Node) -> Affine3A {
    if let Some(matrix) = &node.matrix {
        return Affine3A::from_mat4(Mat4::from_cols_array(matrix));
    }
    Affine3A::from_scale_rotation_translation(
        node.scale
            .as_deref()
            .map_or(Vec3::ONE, |s| Vec3::from_array(*s)),
        node.rotation
            .as_deref()
            .map_or(Quat::IDENTITY, |r| Quat::from_array(*r)),
        node.translation
            .as_deref()
            .map_or(Vec3::ZERO, |t| Vec3::from_array(*t)),
    )
}
