//! glTF 2.0: JSON that describes a tree of nodes over binary buffers.

mod accessor;
mod buffers;
mod document;
mod pack;
mod primitive;

use super::{Item, LoadError, input::Input, instanced_budget};
use buffers::Buffers;
use document::{Document, Node, Primitive};
use glam::{Affine3A, Mat4, Quat, Vec3};
pub(super) use pack::pack;

/// Extensions without which the triangles themselves cannot be read, and what undoes them.
const GEOMETRY_EXTENSIONS: [&str; 2] = ["KHR_draco_mesh_compression", "EXT_meshopt_compression"];

/// Reads the triangles and points of the default scene, each node's in the coordinates of the
/// whole. Colours are those of vertices and materials; textures, skins and animation are left out:
/// [`pack`] keeps them.
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
    let bytes_read = bytes.len() as u64 + buffers.bytes_read();
    let mut plan = Plan {
        document: &document,
        placements: Vec::new(),
        budget: instanced_budget(bytes_read),
        bytes_read,
    };
    let items = plan.walk().and_then(|()| {
        let mut items = Vec::new();
        for placement in &plan.placements {
            items.extend(placement.read(&document, &buffers)?);
        }
        Ok(items)
    });
    items.map_err(|problem| input.bad_content(problem))
}

/// What is to be read, found before any of it is: one mesh may stand under many nodes, and the sum
/// of its copies must be known first.
struct Plan<'a> {
    document: &'a Document,
    placements: Vec<Placement<'a>>,
    /// Bytes that the rest may take.
    budget: u64,
    /// Bytes of the file and its buffers.
    bytes_read: u64,
}

/// A primitive under a node.
struct Placement<'a> {
    primitive: &'a Primitive,
    name: &'a str,
    node: u32,
    world_from_node: Affine3A,
}

impl<'a> Plan<'a> {
    /// Walks the node tree. Each node is entered once at most, so a cycle is found, not followed.
    fn walk(&mut self) -> Result<(), String> {
        let nodes = &self.document.nodes;
        let mut entered = vec![false; nodes.len()];
        let roots = self.document.roots()?.into_iter().rev();
        let mut open: Vec<(u32, Affine3A)> = roots.map(|root| (root, Affine3A::IDENTITY)).collect();
        while let Some((index, world_from_parent)) = open.pop() {
            let node = nodes
                .get(index as usize)
                .ok_or_else(|| format!("node {index} does not exist"))?;
            if std::mem::replace(&mut entered[index as usize], true) {
                return Err(format!("node {index} has more than one parent"));
            }
            let world_from_node = world_from_parent * parent_from_node(node);
            self.place(node, index, world_from_node)?;
            let children = node.children.iter().rev();
            open.extend(children.map(|child| (*child, world_from_node)));
        }
        Ok(())
    }

    fn place(&mut self, node: &'a Node, index: u32, at: Affine3A) -> Result<(), String> {
        let Some(mesh) = node.mesh else { return Ok(()) };
        let mesh = self
            .document
            .meshes
            .get(mesh as usize)
            .ok_or_else(|| format!("mesh {mesh} of node {index} does not exist"))?;
        for primitive in &mesh.primitives {
            let cost = primitive::cost(self.document, primitive, self.bytes_read);
            self.budget = self.budget.checked_sub(cost).ok_or_else(|| {
                format!("copies of meshes need too much memory, from node {index} on")
            })?;
            self.placements.push(Placement {
                primitive,
                name: node
                    .name
                    .as_deref()
                    .or(mesh.name.as_deref())
                    .unwrap_or_default(),
                node: index,
                world_from_node: at,
            });
        }
        Ok(())
    }
}

impl Placement<'_> {
    fn read(&self, document: &Document, buffers: &Buffers) -> Result<Option<Item>, String> {
        let geometry = primitive::read(document, buffers, self.primitive, self.world_from_node)
            .map_err(|problem| format!("in the mesh of node {}: {problem}", self.node))?;
        Ok(geometry.map(|geometry| Item {
            name: self.name.to_owned(),
            geometry,
        }))
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
