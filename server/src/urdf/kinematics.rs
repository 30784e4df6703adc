//! Joints: which link moves which, and how.

use crate::transforms::{SE3, SO3};
use glam::DVec3;
use std::collections::{HashMap, VecDeque};
use urdf_rs::{JointType, Pose, Robot};

/// The links and joints of a robot, as a tree.
#[derive(Debug)]
pub(super) struct Kinematics {
    /// The link that no joint moves, by its place in the file.
    pub(super) base: usize,
    /// Parents before children.
    pub(super) joints: Vec<Joint>,
    actuated: Vec<JointLimits>,
}

/// A joint, and the link that it moves.
#[derive(Debug)]
pub(super) struct Joint {
    /// Links by their places in the file.
    pub(super) parent: usize,
    pub(super) child: usize,
    parent_from_joint: SE3,
    motion: Motion,
    value: Value,
}

#[derive(Debug, Clone, Copy)]
enum Motion {
    Fixed,
    /// About this axis, of unit length.
    Turn(DVec3),
    /// Along this axis, of unit length.
    Slide(DVec3),
}

/// What a joint stands at: `multiplier * configuration[input] + offset`.
#[derive(Debug, Clone, Copy)]
struct Value {
    /// `None` where nothing moves it.
    input: Option<usize>,
    multiplier: f64,
    offset: f64,
}

/// A joint that can be moved, and how far.
#[derive(Debug, Clone, PartialEq)]
pub struct JointLimits {
    /// The joint's name.
    pub name: String,
    /// Radians or metres; `None` without a limit.
    pub lower: Option<f64>,
    /// Radians or metres; `None` without a limit.
    pub upper: Option<f64>,
}

impl Kinematics {
    /// The tree of a robot's joints.
    ///
    /// # Errors
    /// The links are no tree, an axis has no length, a joint mimics itself, numbers are not finite.
    pub(super) fn new(robot: &Robot) -> Result<Self, String> {
        let links = places("link", robot.links.iter().map(|link| link.name.as_str()))?;
        let by_name = places(
            "joint",
            robot.joints.iter().map(|joint| joint.name.as_str()),
        )?;
        let motions = robot.joints.iter().map(motion);
        let motions = motions.collect::<Result<Vec<_>, _>>()?;
        let mut inputs = vec![None; robot.joints.len()];
        let mut actuated = Vec::new();
        for (place, joint) in robot.joints.iter().enumerate() {
            if joint.mimic.is_none() && !matches!(motions[place], Motion::Fixed) {
                inputs[place] = Some(actuated.len());
                actuated.push(limits(joint));
            }
        }
        let mut joints = Vec::with_capacity(robot.joints.len());
        for (place, joint) in robot.joints.iter().enumerate() {
            let link = |name: &str| {
                let found = links.get(name).copied();
                found.ok_or_else(|| format!("joint `{}`: no link is called `{name}`", joint.name))
            };
            joints.push(Joint {
                parent: link(&joint.parent.link)?,
                child: link(&joint.child.link)?,
                parent_from_joint: pose(&joint.origin)
                    .map_err(|problem| format!("joint `{}`: {problem}", joint.name))?,
                motion: motions[place],
                value: value(place, robot, &by_name, &inputs)?,
            });
        }
        let (base, joints) = in_tree_order(robot, joints)?;
        Ok(Self {
            base,
            joints,
            actuated,
        })
    }

    /// The joints that can be moved, in the file's order.
    pub(super) fn actuated(&self) -> impl Iterator<Item = &JointLimits> {
        self.actuated.iter()
    }

    /// Where each joint's link stands, seen from the link that it hangs on.
    ///
    /// # Errors
    /// There are not as many numbers as joints that can be moved, or one is not finite.
    pub(super) fn parent_from_child(&self, configuration: &[f64]) -> Result<Vec<SE3>, String> {
        let expected = self.actuated.len();
        if configuration.len() != expected {
            let names: Vec<&str> = self.actuated().map(|joint| joint.name.as_str()).collect();
            return Err(format!(
                "it has {} numbers, the robot has {expected} joints to move: {}",
                configuration.len(),
                names.join(", ")
            ));
        }
        if let Some((joint, number)) = self
            .actuated()
            .zip(configuration)
            .find(|(_, number)| !number.is_finite())
        {
            return Err(format!("{number} for joint `{}`", joint.name));
        }
        let poses = self.joints.iter().map(|joint| {
            let input = joint.value.input.map_or(0.0, |input| configuration[input]);
            joint.parent_from_child(joint.value.multiplier * input + joint.value.offset)
        });
        Ok(poses.collect())
    }
}

impl Joint {
    fn parent_from_child(&self, value: f64) -> SE3 {
        let joint_from_child = match self.motion {
            Motion::Fixed => SE3::identity(),
            Motion::Turn(axis) => SE3::from_rotation(SO3::exp(axis * value)),
            Motion::Slide(axis) => SE3::from_translation(axis * value),
        };
        self.parent_from_joint * joint_from_child
    }
}

/// Places by name.
fn places<'a>(
    what: &str,
    names: impl Iterator<Item = &'a str>,
) -> Result<HashMap<&'a str, usize>, String> {
    let mut places = HashMap::new();
    for (place, name) in names.enumerate() {
        if places.insert(name, place).is_some() {
            return Err(format!("two {what}s are called `{name}`"));
        }
    }
    Ok(places)
}

/// How a joint moves. Floating and planar ones, which take more than one number, stay.
fn motion(joint: &urdf_rs::Joint) -> Result<Motion, String> {
    let make = match joint.joint_type {
        JointType::Revolute | JointType::Continuous => Motion::Turn,
        JointType::Prismatic => Motion::Slide,
        JointType::Fixed | JointType::Floating | JointType::Planar | JointType::Spherical => {
            return Ok(Motion::Fixed);
        }
    };
    let axis = DVec3::from_array(*joint.axis.xyz);
    axis.try_normalize()
        .map(make)
        .ok_or_else(|| format!("joint `{}`: {axis} is no axis", joint.name))
}

fn limits(joint: &urdf_rs::Joint) -> JointLimits {
    let bound = |bound: f64| {
        let applies = joint.joint_type != JointType::Continuous && bound.is_finite();
        applies.then_some(bound)
    };
    JointLimits {
        name: joint.name.clone(),
        lower: bound(joint.limit.lower),
        upper: bound(joint.limit.upper),
    }
}

/// A pose in a file: turned about x, y and z, then moved.
pub(super) fn pose(pose: &Pose) -> Result<SE3, String> {
    let ([roll, pitch, yaw], xyz) = (*pose.rpy, *pose.xyz);
    if let Some(bad) = [roll, pitch, yaw]
        .iter()
        .chain(&xyz)
        .find(|x| !x.is_finite())
    {
        return Err(format!("its origin has the number {bad}"));
    }
    Ok(SE3::new(SO3::from_rpy_radians(roll, pitch, yaw), xyz))
}

/// What a joint stands at, through all that it mimics.
fn value(
    place: usize,
    robot: &Robot,
    by_name: &HashMap<&str, usize>,
    inputs: &[Option<usize>],
) -> Result<Value, String> {
    let (mut at, mut multiplier, mut offset) = (place, 1.0, 0.0);
    // A chain that is longer than there are joints goes in circles.
    for _ in 0..robot.joints.len() {
        let joint = &robot.joints[at];
        let Some(mimic) = &joint.mimic else {
            return Ok(Value {
                input: inputs[at],
                multiplier,
                offset,
            });
        };
        let (by, plus) = (mimic.multiplier.unwrap_or(1.0), mimic.offset.unwrap_or(0.0));
        offset += multiplier * plus;
        multiplier *= by;
        if !(offset.is_finite() && multiplier.is_finite()) {
            return Err(format!(
                "joint `{}` mimics with {by} and {plus}",
                joint.name
            ));
        }
        at = *by_name.get(mimic.joint.as_str()).ok_or_else(|| {
            format!(
                "joint `{}` mimics `{}`, which is none",
                joint.name, mimic.joint
            )
        })?;
    }
    Err(format!(
        "joint `{}` mimics itself",
        robot.joints[place].name
    ))
}

/// The base, and the joints ordered from there outwards.
fn in_tree_order(robot: &Robot, joints: Vec<Joint>) -> Result<(usize, Vec<Joint>), String> {
    let name = |link: usize| &robot.links[link].name;
    let mut is_child = vec![false; robot.links.len()];
    for joint in &joints {
        if std::mem::replace(&mut is_child[joint.child], true) {
            return Err(format!("two joints move the link `{}`", name(joint.child)));
        }
    }
    let mut bases = (0..robot.links.len()).filter(|link| !is_child[*link]);
    let base = bases
        .next()
        .ok_or("every link is moved by a joint; one must be the base")?;
    if let Some(other) = bases.next() {
        return Err(format!(
            "no joint connects the links `{}` and `{}`",
            name(base),
            name(other)
        ));
    }
    let mut hanging: Vec<Vec<Joint>> = robot.links.iter().map(|_| Vec::new()).collect();
    let count = joints.len();
    for joint in joints {
        hanging[joint.parent].push(joint);
    }
    let mut ordered = Vec::with_capacity(count);
    let mut open = VecDeque::from([base]);
    while let Some(link) = open.pop_front() {
        for joint in std::mem::take(&mut hanging[link]) {
            open.push_back(joint.child);
            ordered.push(joint);
        }
    }
    if ordered.len() < count {
        return Err("some joints move each other in a circle".to_owned());
    }
    Ok((base, ordered))
}
