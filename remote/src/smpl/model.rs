//! A body model in memory, and its forward pass.

use std::sync::Arc;

use bytes::Bytes;

use super::blend::Blend;
use super::chain::{self, Rotation};
use super::npz::{ModelError, Npz};
use crate::pickle::{self, Limits};
use crate::{NdArray, Value};

/// A body model: a template with blend shapes, joints and skinning weights.
pub struct BodyModel {
    template: Vec<f32>,
    faces: Arc<[u32]>,
    shape: Blend,
    expression: Blend,
    pose: Blend,
    /// `[J, V]`, without zeros: for each joint, vertices and their share.
    regressor: Vec<Vec<(usize, f32)>>,
    /// For each vertex, joints and their share, without zeros.
    weights: Vec<Vec<(u32, f32)>>,
    parents: Vec<Option<usize>>,
}

/// A model in one shape: what stays the same from pose to pose.
pub struct Shaped {
    /// `[V, 3]`
    vertices: Vec<f32>,
    /// `[J, 3]`
    joints: Vec<[f64; 3]>,
}

/// A body in one pose.
#[derive(Clone, Debug, PartialEq)]
pub struct Posed {
    /// `[V, 3]`, in the model's units and axes: metres, y up.
    pub vertices: Vec<f32>,
    /// `[J, 3]`, likewise.
    pub joints: Vec<[f32; 3]>,
    /// `[J]` world rotations by rows.
    pub rotations: Vec<[[f32; 3]; 3]>,
}

impl Posed {
    /// The same body as seen from where the root's rotation is `rotation` (an axis-angle) and
    /// the translation is `origin`. The body's own translation is `translation`.
    pub(crate) fn relative_to(
        mut self,
        rotation: [f32; 3],
        origin: [f32; 3],
        translation: [f32; 3],
    ) -> Self {
        let back = chain::rodrigues(rotation.map(|part| -part));
        let turned = |vector: [f64; 3]| chain::rotate(&back, vector);
        let from_origin =
            std::array::from_fn(|axis| f64::from(translation[axis]) - f64::from(origin[axis]));
        // The root turns about its own joint, which is where the first one is.
        let Some(pivot) = self.joints.first().map(|joint| joint.map(f64::from)) else {
            return self;
        };
        let moved = turned(from_origin);
        let rest: [f64; 3] =
            std::array::from_fn(|axis| pivot[axis] - f64::from(translation[axis]) + moved[axis]);
        let place = |point: [f32; 3]| {
            let about: [f64; 3] = std::array::from_fn(|axis| f64::from(point[axis]) - pivot[axis]);
            let turned = turned(about);
            std::array::from_fn(|axis| (turned[axis] + rest[axis]) as f32)
        };
        for vertex in self.vertices.as_chunks_mut::<3>().0 {
            *vertex = place(*vertex);
        }
        for joint in &mut self.joints {
            *joint = place(*joint);
        }
        for rotation in &mut self.rotations {
            let world = rotation.map(|row| row.map(f64::from));
            *rotation = chain::multiply(&back, &world).map(|row| row.map(|part| part as f32));
        }
        self
    }
}

impl BodyModel {
    /// The model in an `.npz` file with the arrays that [`BodyModel::from_arrays`] asks for.
    ///
    /// # Errors
    /// If an array is missing, or its shape does not fit the others.
    pub fn from_npz(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut npz = Npz::new(bytes)?;
        Self::from_arrays(|name| npz.array(name))
    }

    /// The model in a `.pkl` file of the same arrays, as Python 2 or 3 wrote it with NumPy, SciPy
    /// and chumpy (pickle protocols 2 to 5). Nothing in the file is run.
    ///
    /// # Errors
    /// If the file holds anything but arrays, an array is missing, or its shape does not fit the
    /// others.
    pub fn from_pickle(bytes: &Bytes) -> Result<Self, ModelError> {
        let file = pickle::decode_model(bytes, &Limits::default())?;
        Self::from_arrays(|name| {
            let array = file.get(name).and_then(Value::as_array);
            array
                .map(|array| NdArray::clone(array))
                .ok_or_else(|| ModelError::Array {
                    name: name.to_owned(),
                    problem: "is missing".to_owned(),
                })
        })
    }

    /// The model of the arrays that `array` gives for the names `v_template` `[V, 3]`, `f`
    /// `[T, 3]`, `shapedirs` `[V, 3, S]`, `posedirs` `[V, 3, 9 (J - 1)]`, `J_regressor` `[J, V]`,
    /// `weights` `[V, J]` and `kintree_table` `[2, J]`.
    ///
    /// # Errors
    /// Those of `array`, or if the shape of an array does not fit the others.
    pub fn from_arrays(
        mut array: impl FnMut(&str) -> Result<NdArray, ModelError>,
    ) -> Result<Self, ModelError> {
        let template = shaped(array("v_template")?, "v_template", &[None, Some(3)])?;
        let vertices = template.shape()[0];
        let kinematics = shaped(array("kintree_table")?, "kintree_table", &[Some(2), None])?;
        let joints = kinematics.shape()[1];
        let parents = parents(&kinematics)?;
        let faces = shaped(array("f")?, "f", &[None, Some(3)])?;
        let faces = indices(&faces, vertices)?;
        let directions = [Some(vertices), Some(3), None];
        let shape = shaped(array("shapedirs")?, "shapedirs", &directions)?;
        let features = [Some(vertices), Some(3), Some(9 * (joints - 1))];
        let pose = shaped(array("posedirs")?, "posedirs", &features)?;
        let columns = shape.shape()[2];
        // SMPL-X has its expressions after 300 shapes; its first release after 10.
        let shapes = match columns {
            400 => 300,
            20 => 10,
            all => all,
        };
        let regressor = [Some(joints), Some(vertices)];
        let regressor = shaped(array("J_regressor")?, "J_regressor", &regressor)?;
        let weights = shaped(
            array("weights")?,
            "weights",
            &[Some(vertices), Some(joints)],
        )?;
        Ok(Self {
            faces,
            parents,
            shape: Blend::new(&shape, 0..shapes),
            expression: Blend::new(&shape, shapes..columns),
            pose: Blend::new(&pose, 0..9 * (joints - 1)),
            regressor: sparse(&regressor, |vertex| vertex),
            weights: sparse(&weights, |joint| joint as u32),
            template: template.to_f32(),
        })
    }

    /// How many vertices it has.
    pub fn vertex_count(&self) -> usize {
        self.template.len() / 3
    }

    /// How many joints it has.
    pub fn joint_count(&self) -> usize {
        self.parents.len()
    }

    /// How many shape coefficients it knows.
    pub fn shape_count(&self) -> usize {
        self.shape.coefficients()
    }

    /// `[T, 3]`: three vertices for each triangle.
    pub fn faces(&self) -> &Arc<[u32]> {
        &self.faces
    }

    /// The parent of each joint; `None` for the root.
    pub fn parents(&self) -> &[Option<usize>] {
        &self.parents
    }

    /// The model with these coefficients; missing ones are 0, ones too many are ignored.
    pub fn shape(&self, betas: &[f32], expression: &[f32]) -> Shaped {
        let mut vertices = self.template.clone();
        self.shape.add(betas, &mut vertices);
        self.expression.add(expression, &mut vertices);
        let joint = |shares: &Vec<(usize, f32)>| {
            let mut joint = [0.0; 3];
            for &(vertex, share) in shares {
                for (axis, coordinate) in joint.iter_mut().enumerate() {
                    *coordinate += f64::from(share) * f64::from(vertices[3 * vertex + axis]);
                }
            }
            joint
        };
        let joints = self.regressor.iter().map(joint).collect();
        Shaped { vertices, joints }
    }

    /// The body in one pose: `[J]` axis-angles in radians, the root's first (missing ones are
    /// 0), and a translation.
    pub fn pose(&self, shaped: &Shaped, pose: &[[f32; 3]], translation: [f32; 3]) -> Posed {
        let rotations = self.local_rotations(pose);
        let mut vertices = shaped.vertices.clone();
        self.pose.add(&pose_feature(&rotations), &mut vertices);
        self.skin(shaped, &rotations, translation, vertices)
    }

    fn local_rotations(&self, pose: &[[f32; 3]]) -> Vec<Rotation> {
        let pose = pose.iter().copied().chain(std::iter::repeat([0.0; 3]));
        pose.take(self.joint_count())
            .map(chain::rodrigues)
            .collect()
    }

    /// Linear blend skinning of `vertices` in place.
    fn skin(
        &self,
        shaped: &Shaped,
        local: &[Rotation],
        translation: [f32; 3],
        mut vertices: Vec<f32>,
    ) -> Posed {
        let world = chain::forward(&self.parents, &shaped.joints, local);
        // From the rest pose: rotates about where the joint was.
        let from_rest: Vec<[[f32; 4]; 3]> = world
            .iter()
            .zip(&shaped.joints)
            .map(|(transform, rest)| {
                let turned = chain::rotate(&transform.rotation, *rest);
                std::array::from_fn(|row| {
                    let [a, b, c] = transform.rotation[row].map(|value| value as f32);
                    let moved = transform.translation[row] - turned[row];
                    [a, b, c, moved as f32]
                })
            })
            .collect();
        for (vertex, weights) in vertices
            .as_chunks_mut::<3>()
            .0
            .iter_mut()
            .zip(&self.weights)
        {
            let mut matrix = [[0.0_f32; 4]; 3];
            for &(joint, weight) in weights {
                for (row, part) in matrix.iter_mut().zip(&from_rest[joint as usize]) {
                    for (sum, value) in row.iter_mut().zip(part) {
                        *sum += weight * value;
                    }
                }
            }
            let [x, y, z] = *vertex;
            *vertex = std::array::from_fn(|axis| {
                let [a, b, c, d] = matrix[axis];
                a * x + b * y + c * z + d + translation[axis]
            });
        }
        let joint = |transform: &chain::Transform| {
            std::array::from_fn(|axis| transform.translation[axis] as f32 + translation[axis])
        };
        let rotation =
            |transform: &chain::Transform| transform.rotation.map(|row| row.map(|v| v as f32));
        Posed {
            vertices,
            joints: world.iter().map(joint).collect(),
            rotations: world.iter().map(rotation).collect(),
        }
    }
}

/// The deviation of each rotation but the root's from none, by rows.
fn pose_feature(local: &[Rotation]) -> Vec<f32> {
    let mut feature = Vec::with_capacity(9 * local.len());
    for rotation in local.iter().skip(1) {
        for (row, values) in rotation.iter().enumerate() {
            for (column, value) in values.iter().enumerate() {
                let none = if row == column { 1.0 } else { 0.0 };
                feature.push((value - none) as f32);
            }
        }
    }
    feature
}

/// `array` if its shape is as expected, where `None` is any size but 0.
fn shaped(array: NdArray, name: &str, expected: &[Option<usize>]) -> Result<NdArray, ModelError> {
    let shape = array.shape();
    let fits = shape.len() == expected.len()
        && shape
            .iter()
            .zip(expected)
            .all(|(&size, expected)| expected.map_or(size > 0, |expected| size == expected));
    if fits {
        return Ok(array);
    }
    let sizes: Vec<String> = expected
        .iter()
        .map(|size| size.map_or("n".to_owned(), |size| size.to_string()))
        .collect();
    Err(ModelError::Array {
        name: name.to_owned(),
        problem: format!("has the shape {shape:?}, not [{}]", sizes.join(", ")),
    })
}

/// The first row of the table of kinematics. The root's own parent is written as -1 or 2³²-1.
fn parents(kinematics: &NdArray) -> Result<Vec<Option<usize>>, ModelError> {
    let problem = |problem: String| ModelError::Array {
        name: "kintree_table".to_owned(),
        problem,
    };
    let table = kinematics.to_f64();
    let joints = kinematics.shape()[1];
    let parent = |(joint, &parent): (usize, &f64)| {
        if joint == 0 {
            return Ok(None);
        }
        let before = parent >= 0.0 && parent < joint as f64;
        let wrong = || problem(format!("has {parent} as the parent of joint {joint}"));
        before.then_some(Some(parent as usize)).ok_or_else(wrong)
    };
    table[..joints].iter().enumerate().map(parent).collect()
}

fn indices(faces: &NdArray, vertices: usize) -> Result<Arc<[u32]>, ModelError> {
    let index = |value: f64| {
        let inside = value >= 0.0 && value < vertices as f64;
        inside.then_some(value as u32)
    };
    let indices: Option<Arc<[u32]>> = faces.to_f64().into_iter().map(index).collect();
    indices.ok_or_else(|| ModelError::Array {
        name: "f".to_owned(),
        problem: format!("refers to vertices beyond the {vertices} that there are"),
    })
}

/// The rows of a matrix without their zeros.
fn sparse<I>(matrix: &NdArray, index: impl Fn(usize) -> I) -> Vec<Vec<(I, f32)>> {
    let columns = matrix.shape()[1];
    let row = |row: &[f32]| {
        let entries = row.iter().enumerate().filter(|(_, value)| **value != 0.0);
        entries
            .map(|(place, value)| (index(place), *value))
            .collect()
    };
    matrix.to_f32().chunks_exact(columns).map(row).collect()
}
