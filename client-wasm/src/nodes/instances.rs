//! Poses of many instances in one node.

use glam::{Mat4, Quat, Vec3};
use scenecast_protocol::Array;

use super::NodeError;

/// The arrays that place instances.
pub(crate) struct Placement<'a> {
    /// `[N, 4]`.
    pub(crate) wxyzs: &'a Array<[f32; 4]>,
    /// `[N, 3]`.
    pub(crate) positions: &'a Array<[f32; 3]>,
    /// `[N]`, or `[N, 3]` along each axis.
    pub(crate) scales: Option<&'a Array<f32>>,
}

/// The poses of `count` instances. Shorter arrays repeat from their beginning.
pub(crate) fn poses(count: usize, placement: &Placement<'_>) -> Result<Vec<Mat4>, NodeError> {
    let wxyzs = &*placement.wxyzs.as_slice();
    let positions = &*placement.positions.as_slice();
    let scales = placement.scales.map(Array::as_slice);
    let scales = scales.as_deref().filter(|scales| !scales.is_empty());
    let lengths = [
        ("batched_wxyzs", wxyzs.len()),
        ("batched_positions", positions.len()),
    ];
    if let Some((field, rows)) = lengths
        .into_iter()
        .find(|(_, rows)| *rows == 0 && count > 0)
    {
        return Err(NodeError::Rows {
            field,
            rows,
            expected: count.to_string(),
        });
    }
    let per_axis = scales.is_some_and(|scales| scales.len() == 3 * wxyzs.len());
    let scale = |i: usize| match scales {
        Some(scales) if per_axis => Vec3::from_slice(&scales[3 * (i % wxyzs.len())..]),
        Some(scales) => Vec3::splat(scales[i % scales.len()]),
        None => Vec3::ONE,
    };
    let pose = |i: usize| {
        let [w, x, y, z] = wxyzs[i % wxyzs.len()];
        // Quaternions are not normalised on the way: this is how long ones act elsewhere, too.
        Mat4::from_scale_rotation_translation(
            scale(i),
            Quat::from_xyzw(x, y, z, w),
            positions[i % positions.len()].into(),
        )
    };
    Ok((0..count).map(pose).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poses(
        wxyzs: Vec<[f32; 4]>,
        positions: Vec<[f32; 3]>,
        scales: Option<&[f32]>,
    ) -> Result<Vec<Mat4>, NodeError> {
        let count = positions.len().max(wxyzs.len());
        let (wxyzs, positions, scales) = (wxyzs.into(), positions.into(), scales.map(Array::from));
        let placement = Placement {
            wxyzs: &wxyzs,
            positions: &positions,
            scales: scales.as_ref(),
        };
        super::poses(count, &placement)
    }

    #[test]
    fn scales_are_one_or_three_for_each_instance() {
        let wxyzs = vec![[1.0, 0.0, 0.0, 0.0]; 3];
        let there = vec![[1.0, 2.0, 3.0]];
        let placed = poses(wxyzs.clone(), there, Some(&[2.0, 3.0, 4.0])).unwrap();
        assert_eq!(placed[2].x_axis.x, 4.0);
        assert_eq!(placed[2].w_axis.truncate(), Vec3::new(1.0, 2.0, 3.0));
        let scales = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        let placed = poses(wxyzs.clone(), vec![[0.0; 3]; 4], Some(&scales)).unwrap();
        assert_eq!(placed[1].y_axis.y, 5.0);
        // The fourth has the first one's.
        assert_eq!(placed[3].y_axis.y, 2.0);
        assert!(poses(wxyzs, vec![], None).is_err());
        assert!(poses(vec![], vec![[0.0; 3]], None).is_err());
        assert!(poses(vec![], vec![], Some(&[])).unwrap().is_empty());
    }
}
