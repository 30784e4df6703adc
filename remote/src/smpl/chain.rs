//! Rotations and the kinematic chain, in double precision: errors add up along the limbs.

/// A rotation matrix by rows.
pub(super) type Rotation = [[f64; 3]; 3];

/// A rotation and a translation.
#[derive(Clone, Copy)]
pub(super) struct Transform {
    pub(super) rotation: Rotation,
    pub(super) translation: [f64; 3],
}

/// The rotation about `axis_angle` by its length, in radians (Rodrigues' formula).
pub(super) fn rodrigues(axis_angle: [f32; 3]) -> Rotation {
    let [x, y, z] = axis_angle.map(f64::from);
    let angle = (x * x + y * y + z * z).sqrt();
    if angle < 1e-8 {
        return [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    }
    let [x, y, z] = [x / angle, y / angle, z / angle];
    let (sin, cos) = angle.sin_cos();
    let rest = 1.0 - cos;
    [
        [
            cos + x * x * rest,
            x * y * rest - z * sin,
            x * z * rest + y * sin,
        ],
        [
            y * x * rest + z * sin,
            cos + y * y * rest,
            y * z * rest - x * sin,
        ],
        [
            z * x * rest - y * sin,
            z * y * rest + x * sin,
            cos + z * z * rest,
        ],
    ]
}

pub(super) fn multiply(a: &Rotation, b: &Rotation) -> Rotation {
    std::array::from_fn(|row| {
        std::array::from_fn(|column| (0..3).map(|k| a[row][k] * b[k][column]).sum())
    })
}

pub(super) fn rotate(rotation: &Rotation, vector: [f64; 3]) -> [f64; 3] {
    rotation.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

/// World transforms of all joints. A parent must come before its children.
pub(super) fn forward(
    parents: &[Option<usize>],
    rest: &[[f64; 3]],
    local: &[Rotation],
) -> Vec<Transform> {
    let mut world: Vec<Transform> = Vec::with_capacity(parents.len());
    for (joint, parent) in parents.iter().enumerate() {
        let transform = match parent {
            None => Transform {
                rotation: local[joint],
                translation: rest[joint],
            },
            Some(parent) => {
                let above = world[*parent];
                let bone = std::array::from_fn(|axis| rest[joint][axis] - rest[*parent][axis]);
                let moved = rotate(&above.rotation, bone);
                Transform {
                    rotation: multiply(&above.rotation, &local[joint]),
                    translation: std::array::from_fn(|axis| above.translation[axis] + moved[axis]),
                }
            }
        };
        world.push(transform);
    }
    world
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_turn_about_z_takes_x_to_y() {
        let turn = rodrigues([0.0, 0.0, std::f32::consts::FRAC_PI_2]);
        let [x, y, z] = rotate(&turn, [1.0, 0.0, 0.0]);
        assert!(x.abs() < 1e-7 && (y - 1.0).abs() < 1e-7 && z == 0.0);
        assert_eq!(
            rotate(&rodrigues([0.0; 3]), [1.0, 2.0, 3.0]),
            [1.0, 2.0, 3.0]
        );
    }
}
