//! Instances of nodes that stand for many things.

use glam::{DAffine3, DMat3, DQuat, DVec3};
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{NodeId, SceneTree};
use scenecast_protocol::{Array, Scale};

/// Which kinds of nodes stand for many things, and where each is.
struct Batch<'a> {
    wxyzs: &'a Array<[f32; 4]>,
    positions: &'a Array<[f32; 3]>,
    scales: Option<&'a Array<f32>>,
    scale: Scale,
}

/// Whether clicks and drags name an instance of this node.
pub(super) fn is_batched(node: &Node) -> bool {
    batch(node).is_some()
}

/// The frame of an instance, or of the node itself where `instance` is `None`, in the renderer's
/// world. `None` if there is no such instance.
pub(super) fn world_from_instance(
    scene: &SceneTree,
    id: NodeId,
    instance: Option<i64>,
) -> Option<DAffine3> {
    let world_from_node = scene.world_from_node(id);
    let Some(instance) = instance else {
        return Some(world_from_node);
    };
    let batch = batch(scene.node(id)?)?;
    let node_from_instance = batch.pose(usize::try_from(instance).ok()?)?;
    let scale = DAffine3::from_scale(batch.scale.xyz().into());
    Some(world_from_node * scale * node_from_instance)
}

fn batch(node: &Node) -> Option<Batch<'_>> {
    macro_rules! batch {
        ($node:expr) => {
            Batch {
                wxyzs: &$node.batched_wxyzs,
                positions: &$node.batched_positions,
                scales: $node.batched_scales.as_ref(),
                scale: $node.scale,
            }
        };
    }
    match node {
        Node::BatchedAxes(node) => Some(batch!(node)),
        Node::BatchedMeshes(node) => Some(batch!(node)),
        Node::BatchedGlb(node) => Some(batch!(node)),
        _ => None,
    }
}

impl Batch<'_> {
    fn pose(&self, index: usize) -> Option<DAffine3> {
        let [w, x, y, z] = self.wxyzs.iter().nth(index)?.map(f64::from);
        let [px, py, pz] = self.positions.iter().nth(index)?.map(f64::from);
        let scale = match self.scales {
            None => DVec3::ONE,
            Some(scales) if scales.len() == 3 * self.wxyzs.len() => {
                let mut axes = scales.iter().skip(3 * index).map(f64::from);
                DVec3::new(axes.next()?, axes.next()?, axes.next()?)
            }
            Some(scales) => DVec3::splat(scales.iter().nth(index).map_or(1.0, f64::from)),
        };
        let rotation = DMat3::from_quat(DQuat::from_xyzw(x, y, z, w));
        Some(DAffine3 {
            matrix3: rotation * DMat3::from_diagonal(scale),
            translation: DVec3::new(px, py, pz),
        })
    }
}

#[cfg(test)]
mod tests {
    use scenecast_protocol::scene::BatchedAxes;

    use super::*;

    #[test]
    fn instances_have_poses_of_their_own() {
        let node = Node::from(BatchedAxes {
            batched_wxyzs: vec![[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]].into(),
            batched_positions: vec![[0.0; 3], [1.0, 2.0, 3.0]].into(),
            batched_scales: Some(vec![1.0, 1.0, 1.0, 2.0, 3.0, 4.0].into()),
            ..BatchedAxes::default()
        });
        let batch = batch(&node).unwrap();
        let pose = batch.pose(1).unwrap();
        let point = pose.transform_point3(DVec3::ONE);
        assert!(
            point.abs_diff_eq(DVec3::new(-1.0, -1.0, 7.0), 1e-6),
            "{point}"
        );
        assert!(batch.pose(2).is_none());
    }
}
