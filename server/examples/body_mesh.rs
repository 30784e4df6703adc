//! A body that bends at its joints, each a rotation vector in the panel:
//! `cargo run --example body_mesh [PORT]`
//!
//! All vertices are sent when it moves; `skinned_body` sends bones instead.

#[path = "body/body.rs"]
mod body;

use body::{BODY, limbs, weights};
use glam::{DVec3, Vec3};
use scenecast::{
    gui::{Button, Checkbox, GuiHandle, Rgb, Vector3},
    scene::{Handle, Mesh},
    transforms::{SE3, SO3},
};
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = body::serve()?;
    let (vertices, faces) = limbs();
    let mesh = Mesh::new(&vertices, &faces).color([90, 200, 255]);
    let mesh = server.scene().add("/human", mesh)?;

    let gui = server.gui();
    let (of, color) = (mesh.clone(), gui.add(Rgb::new("Color", [90, 200, 255]))?);
    let _ = color.on_update(move |event| tell(of.update(|mesh| mesh.color = event.value.into())));
    let (of, wireframe) = (mesh.clone(), gui.add(Checkbox::new("Wireframe"))?);
    let _ = wireframe.on_update(move |event| tell(of.update(|mesh| mesh.wireframe = event.value)));

    let reset = gui.add(Button::new("Reset Joints"))?;
    let random = gui.add(Button::new("Random Joints"))?;
    let joints = gui.folder("Joints", |gui| {
        let joint = |number| Vector3::new(format!("Joint {number}"), [0.0; 3]).step(0.05);
        let joints = (0..BODY.len()).map(|number| gui.add(joint(number)));
        joints.collect::<scenecast::Result<Vec<_>>>()
    })?;
    let body = Arc::new(Body {
        mesh,
        weights: weights(&vertices),
        vertices,
        joints,
    });
    for joint in &body.joints {
        let of = Arc::clone(&body);
        let _ = joint.on_update(move |_| tell(of.bend()));
    }
    let of = Arc::clone(&body);
    let _ = reset.on_click(move |_| of.set(SO3::identity));
    let _ = random.on_click(move |_| {
        // A third of the way to any rotation.
        body.set(|| SO3::identity().interpolate(SO3::sample_uniform(unit), 0.3));
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

struct Body {
    mesh: Handle<Mesh>,
    vertices: Vec<[f32; 3]>,
    /// How much each joint moves each vertex, vertex by vertex.
    weights: Vec<f32>,
    joints: Vec<GuiHandle<Vector3>>,
}

impl Body {
    /// Turns all joints, which bends the body.
    fn set(&self, rotation: impl Fn() -> SO3) {
        for joint in &self.joints {
            tell(joint.set_value(rotation().log().to_array()));
        }
    }

    /// Moves the vertices to where the joints are turned to: each is a mean over the joints that
    /// move it (linear blend skinning).
    fn bend(&self) -> scenecast::Result<()> {
        let mut world_from_joint: Vec<SE3> = Vec::with_capacity(BODY.len());
        let mut moves = Vec::with_capacity(BODY.len());
        for (joint, rotation) in BODY.iter().zip(&self.joints) {
            let (parent, from) = match joint.parent {
                Some(parent) => (world_from_joint[parent], BODY[parent].at),
                None => (SE3::identity(), [0.0; 3]),
            };
            let offset = (Vec3::from(joint.at) - Vec3::from(from)).as_dvec3();
            let pose = parent * SE3::new(SO3::exp(rotation.value()?), offset);
            moves.push(pose * SE3::from_translation(-Vec3::from(joint.at).as_dvec3()));
            world_from_joint.push(pose);
        }
        let rows = self
            .vertices
            .iter()
            .zip(self.weights.chunks_exact(BODY.len()));
        let vertices = rows.map(|(vertex, weights)| {
            let at = Vec3::from(*vertex).as_dvec3();
            let moved = moves.iter().zip(weights);
            let sum: DVec3 = moved
                .map(|(pose, weight)| *pose * at * f64::from(*weight))
                .sum();
            sum.as_vec3().to_array()
        });
        let vertices: Vec<[f32; 3]> = vertices.collect();
        self.mesh.update(|mesh| mesh.vertices = vertices.into())
    }
}

/// A random number from 0 to 1.
fn unit() -> f64 {
    let bits = getrandom::u64().unwrap_or(1 << 63);
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

fn tell(outcome: scenecast::Result<()>) {
    if let Err(error) = outcome {
        println!("{error}");
    }
}
