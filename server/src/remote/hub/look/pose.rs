//! Poses and points as viewers have them.

use glam::{Mat3, Mat4, Quat, Vec3};
use scenecast_protocol::{Array, Wxyz};
use scenecast_remote::{Frame, renderable::Pose};

/// A linear map that is not only a rotation and a scale: viewers know no such poses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear(Mat3);

impl Linear {
    /// A pose without its translation.
    pub(super) fn of(pose: Pose) -> Self {
        Self(matrix(pose.rotation) * pose.scale)
    }

    pub(super) fn matrix(self) -> Mat4 {
        Mat4::from_mat3(self.0)
    }

    pub(super) fn apply(self, point: [f32; 3]) -> [f32; 3] {
        (self.0 * Vec3::from(point)).into()
    }
}

pub(super) fn is_finite(pose: Pose) -> bool {
    let numbers = pose.position.iter().chain(pose.rotation.iter().flatten());
    numbers
        .chain([&pose.scale])
        .all(|number| number.is_finite())
}

/// A matrix by rows.
pub(super) fn matrix(rows: [[f32; 3]; 3]) -> Mat3 {
    Mat3::from_cols_array_2d(&rows).transpose()
}

/// The rotation of a matrix by rows.
pub(super) fn wxyz(rows: [[f32; 3]; 3]) -> Wxyz {
    let turned = Quat::from_mat3(&matrix(rows)).normalize();
    Wxyz([turned.w, turned.x, turned.y, turned.z].map(f64::from))
}

/// The points of a frame; none if there is no frame.
pub(super) fn points(frame: Option<&Frame>, linear: Option<Linear>) -> Array<[f32; 3]> {
    match (frame, linear) {
        (None, _) => Array::default(),
        (Some(frame), None) => Array::from_shared(frame.clone()),
        (Some(frame), Some(linear)) => {
            let points = frame.as_chunks::<3>().0.iter();
            points
                .map(|point| linear.apply(*point))
                .collect::<Vec<_>>()
                .into()
        }
    }
}
