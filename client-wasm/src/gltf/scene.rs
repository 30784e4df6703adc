//! The tree of nodes.

use glam::{Mat4, Quat, Vec3};

use super::GltfError;
use super::json::{self, Document};
use super::value::Value;

/// A node of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// In [`Asset::nodes`](super::Asset::nodes), before this one.
    pub parent: Option<usize>,
    /// Its pose in its parent while nothing moves it.
    pub rest: Transform,
}

/// A pose in three parts, which animations change one by one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transform {
    /// Last.
    pub translation: Vec3,
    /// After the scale.
    pub rotation: Quat,
    /// First.
    pub scale: Vec3,
}

impl Transform {
    /// The pose as one matrix.
    pub fn matrix(&self) -> Mat4 {
        Mat4::from_scale_rotation_translation(self.scale, self.rotation, self.translation)
    }
}

/// The nodes of the file's scene, and for each node of the file its place among them.
pub(super) fn nodes(document: &Document<'_>) -> Result<(Vec<Node>, Vec<Option<usize>>), GltfError> {
    let all = document.list("nodes");
    let mut nodes = Vec::new();
    let mut of_file = vec![None; all.len()];
    let mut open: Vec<(usize, Option<usize>)> = roots(document)?
        .into_iter()
        .map(|root| (root, None))
        .collect();
    open.reverse();
    while let Some((index, parent)) = open.pop() {
        let what = "node";
        let node = all.get(index).ok_or(GltfError::Missing { what, index })?;
        // Each node is entered once at most, so a cycle is found, not followed.
        if of_file[index].replace(nodes.len()).is_some() {
            return Err(GltfError::Parents(index));
        }
        let at = nodes.len();
        nodes.push(Node {
            parent,
            rest: transform(node),
        });
        open.extend(json::indices(node, "children").map(|child| (child, Some(at))));
    }
    Ok((nodes, of_file))
}

/// The nodes at the top of the default scene, or of the first; in a file without scenes, those
/// that are no node's child.
fn roots(document: &Document<'_>) -> Result<Vec<usize>, GltfError> {
    let scenes = document.list("scenes");
    let index = json::index(document.root(), "scene").unwrap_or(0);
    if let Some(scene) = scenes.get(index) {
        return Ok(json::indices(scene, "nodes").collect());
    }
    if !scenes.is_empty() {
        let what = "scene";
        return Err(GltfError::Missing { what, index });
    }
    let nodes = document.list("nodes");
    let mut is_child = vec![false; nodes.len()];
    for child in nodes
        .iter()
        .flat_map(|node| json::indices(node, "children"))
    {
        if let Some(is_child) = is_child.get_mut(child) {
            *is_child = true;
        }
    }
    Ok((0..nodes.len()).filter(|i| !is_child[*i]).collect())
}

fn transform(node: &Value) -> Transform {
    if let Some(matrix) = json::numbers::<16>(node, "matrix") {
        let (scale, rotation, translation) =
            Mat4::from_cols_array(&matrix).to_scale_rotation_translation();
        return Transform {
            translation,
            rotation,
            scale,
        };
    }
    let translation = json::numbers(node, "translation").map(Vec3::from_array);
    let rotation = json::numbers(node, "rotation").map(Quat::from_array);
    let scale = json::numbers(node, "scale").map(Vec3::from_array);
    Transform {
        translation: translation.unwrap_or(Vec3::ZERO),
        rotation: rotation.unwrap_or(Quat::IDENTITY),
        scale: scale.unwrap_or(Vec3::ONE),
    }
}
