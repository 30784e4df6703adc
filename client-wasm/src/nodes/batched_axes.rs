//! Many coordinate frames in one node.

use glam::{Mat4, Quat, Vec3};
use scenecast_protocol::scene::BatchedAxes;

use super::{NodeError, NodeView, Stage, scaled};
use crate::render::{AxesSize, Part};

impl NodeView for BatchedAxes {
    fn parts(&self, _: &mut Stage<'_>) -> Result<Vec<Part>, NodeError> {
        let size = AxesSize {
            length: self.axes_length as f32,
            radius: self.axes_radius as f32,
        };
        let scale = scaled(self.scale);
        let poses = instance_poses(
            &self.batched_wxyzs.as_slice(),
            &self.batched_positions.as_slice(),
            self.batched_scales
                .as_ref()
                .map(|scales| scales.to_vec())
                .as_deref(),
        )?;
        Ok(vec![Part::triads(
            poses.into_iter().map(|pose| scale * pose).collect(),
            size,
        )])
    }
}

/// Poses from arrays: one for each rotation. Shorter arrays repeat from their beginning.
fn instance_poses(
    wxyzs: &[[f32; 4]],
    positions: &[[f32; 3]],
    scales: Option<&[f32]>,
) -> Result<Vec<Mat4>, NodeError> {
    if !wxyzs.is_empty() && positions.is_empty() {
        let expected = wxyzs.len().to_string();
        return Err(NodeError::Rows {
            field: "batched_positions",
            rows: 0,
            expected,
        });
    }
    let scales = scales.filter(|scales| !scales.is_empty());
    let per_axis = scales.is_some_and(|scales| scales.len() == 3 * wxyzs.len());
    let scale = |i: usize| match scales {
        Some(scales) if per_axis => Vec3::from_slice(&scales[3 * i..]),
        Some(scales) => Vec3::splat(scales[i % scales.len()]),
        None => Vec3::ONE,
    };
    let pose = |(i, &[w, x, y, z]): (usize, &[f32; 4])| {
        let position = Vec3::from(positions[i % positions.len()]);
        let rotation = Quat::from_xyzw(x, y, z, w);
        // Quaternions are not normalised on the way: this is how long ones act elsewhere, too.
        Mat4::from_scale_rotation_translation(scale(i), rotation, position)
    };
    Ok(wxyzs.iter().enumerate().map(pose).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_one_or_three_for_each_instance() {
        let wxyzs = [[1.0, 0.0, 0.0, 0.0]; 3];
        let poses = instance_poses(&wxyzs, &[[1.0, 2.0, 3.0]], Some(&[2.0, 3.0, 4.0])).unwrap();
        assert_eq!(poses[2].x_axis.x, 4.0);
        assert_eq!(poses[2].w_axis.truncate(), Vec3::new(1.0, 2.0, 3.0));
        let scales = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        let poses = instance_poses(&wxyzs, &[[0.0; 3]; 3], Some(&scales)).unwrap();
        assert_eq!(poses[1].y_axis.y, 5.0);
        assert!(instance_poses(&wxyzs, &[], None).is_err());
        assert!(instance_poses(&[], &[], Some(&[])).unwrap().is_empty());
    }
}
