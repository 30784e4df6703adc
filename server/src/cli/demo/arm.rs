//! A robot arm: each part is a child of the one before, so one turn moves all that follow.

use super::gallery::tilted;
use scenecast::{
    Result,
    scene::{Box, Cylinder, Frame, Handle, Place, Scene},
};

const LINK_LENGTHS: [f64; 3] = [0.75, 0.6, 0.3];

const COLORS: [[u8; 3]; 3] = [[232, 112, 16], [240, 150, 30], [70, 78, 92]];

/// The joints, from the foot to the hand.
pub(crate) struct Arm {
    foot: Handle<Cylinder>,
    joints: Vec<Handle<Frame>>,
}

impl Arm {
    pub(crate) fn base() -> Cylinder {
        Cylinder::new(0.34, 0.22).color([52, 58, 70])
    }

    /// Adds the links below a foot.
    pub(crate) fn build(foot: Handle<Cylinder>, scene: &Scene) -> Result<Arm> {
        let [x, y, _] = foot.position()?;
        foot.set_position([x, y, 0.11])?;
        let mut joints = Vec::new();
        let mut parent = foot.name().to_owned();
        let mut offset = 0.2;
        for (length, color) in LINK_LENGTHS.into_iter().zip(COLORS) {
            let name = format!("{parent}/joint");
            let frame = Frame::default().show_axes(false);
            joints.push(scene.add(&name, frame.at([0.0, 0.0, offset]))?);
            let hinge = Cylinder::new(0.11, 0.3).color([52, 58, 70]);
            let along_y = [0.5_f64.sqrt(), 0.5_f64.sqrt(), 0.0, 0.0];
            scene.add(&format!("{name}/hinge"), hinge.turned(along_y))?;
            let link = Box::new([0.16, 0.16, length]).color(color);
            scene.add(&format!("{name}/link"), link.at([0.0, 0.0, length / 2.0]))?;
            parent = name;
            offset = length;
        }
        Ok(Arm { foot, joints })
    }

    /// Bends the arm to where it is at a time, in seconds.
    pub(crate) fn pose(&self, time: f64) -> Result<()> {
        self.foot.set_wxyz(tilted(0.0, 0.6 * (0.5 * time).sin()))?;
        for (number, joint) in (0_u8..).zip(&self.joints) {
            let number = f64::from(number);
            let bend = 0.35 + 0.25 * number + 0.35 * (0.8 * time + 1.1 * number).sin();
            let (sin, cos) = (bend / 2.0).sin_cos();
            joint.set_wxyz([cos, 0.0, sin, 0.0])?;
        }
        Ok(())
    }
}
