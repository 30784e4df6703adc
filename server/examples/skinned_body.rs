//! A body that bends at its joints, each with a gizmo: `cargo run --example skinned_body [PORT]`
//!
//! Only bones are sent when it moves, not vertices.

#[path = "body/body.rs"]
mod body;

use body::{BODY, limbs, weights};
use glam::Vec3;
use scenecast::{
    Server, Wxyz,
    gui::{Button, Checkbox, Rgb, Slider},
    scene::{Handle, Place, SkinnedMesh, TransformControls},
    transforms::SE3,
};
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = body::serve()?;

    let (vertices, faces) = limbs();
    let positions = BODY.each_ref().map(|joint| joint.at);
    let upright = [[1.0_f32, 0.0, 0.0, 0.0]; BODY.len()];
    let body = SkinnedMesh::new(&vertices, &faces, upright, positions, &weights(&vertices));
    let body = server.scene().add("/human", body.color([90, 200, 255]))?;

    let gizmos: Arc<Vec<Handle<TransformControls>>> = Arc::new(add_gizmos(&server)?);
    for gizmo in gizmos.iter() {
        let (body, gizmos, server) = (body.clone(), Arc::clone(&gizmos), server.clone());
        let _ = gizmo.on_update(move |_| {
            if let Err(error) = server.atomic(|| pose(&body, &gizmos)) {
                println!("{error}");
            }
        })?;
    }
    add_controls(&server, &body, &gizmos)?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

/// The panel: how the body looks, and its joints' gizmos. What callbacks do fails only once a node
/// is gone.
fn add_controls(
    server: &Server,
    body: &Handle<SkinnedMesh>,
    gizmos: &Arc<Vec<Handle<TransformControls>>>,
) -> scenecast::Result<()> {
    let gui = server.gui();
    let of = body.clone();
    let color = gui.add(Rgb::new("Color", [90, 200, 255]))?;
    let _ = color.on_update(move |event| drop(of.update(|body| body.color = event.value.into())));
    let of = body.clone();
    let wireframe = gui.add(Checkbox::new("Wireframe"))?;
    let _ = wireframe.on_update(move |event| drop(of.update(|body| body.wireframe = event.value)));

    let of = Arc::clone(gizmos);
    let shown = gui.add(Checkbox::new("Handles").value(true))?;
    let _ = shown.on_update(move |event| {
        // Those below others are hidden with them.
        drop(of[0].set_visible(event.value));
    });
    let of = Arc::clone(gizmos);
    let size = gui.add(Slider::new("Handle size", 0.0..=3.0).value(1.0))?;
    let _ = size.on_update(move |event| {
        for gizmo in of.iter() {
            let depth = gizmo.name().matches('/').count() as i32;
            drop(gizmo.update(|gizmo| gizmo.scale = scale(depth) * event.value));
        }
    });
    let reset = gui.add(Button::new("Reset Joints"))?;
    let (body, gizmos, server) = (body.clone(), Arc::clone(gizmos), server.clone());
    let _ = reset.on_click(move |_| {
        let reset = server.atomic(|| {
            for gizmo in gizmos.iter() {
                gizmo.set_wxyz(Wxyz::IDENTITY)?;
            }
            pose(&body, &gizmos)
        });
        drop(reset);
    });
    Ok(())
}

/// Smaller the further it is from the root.
fn scale(depth: i32) -> f64 {
    0.4 * 0.75_f64.powi(depth)
}

/// A gizmo for each joint, below that of the joint that moves it.
fn add_gizmos(server: &Server) -> scenecast::Result<Vec<Handle<TransformControls>>> {
    let mut gizmos: Vec<Handle<TransformControls>> = Vec::new();
    for (number, joint) in BODY.iter().enumerate() {
        let (parent, from) = match joint.parent {
            Some(parent) => (gizmos[parent].name(), BODY[parent].at),
            None => ("/joints", [0.0; 3]),
        };
        let name = format!("{parent}/{number}");
        let gizmo = TransformControls::default()
            .scale(scale(name.matches('/').count() as i32))
            .depth_test(false)
            .disable_axes(true)
            .disable_sliders(true);
        let offset = Vec3::from(joint.at) - Vec3::from(from);
        gizmos.push(server.scene().add(&name, gizmo.at(offset))?);
    }
    Ok(gizmos)
}

/// Turns the bones as the gizmos are turned.
fn pose(body: &Handle<SkinnedMesh>, gizmos: &[Handle<TransformControls>]) -> scenecast::Result<()> {
    let mut world_from_joint: Vec<SE3> = Vec::with_capacity(BODY.len());
    for (number, (joint, gizmo)) in BODY.iter().zip(gizmos).enumerate() {
        let parent_from_joint = SE3::new(gizmo.wxyz()?, gizmo.position()?);
        let pose = match joint.parent {
            Some(parent) => world_from_joint[parent] * parent_from_joint,
            None => parent_from_joint,
        };
        let bone = body.bone(number)?;
        bone.set_wxyz(Wxyz::from(pose.rotation()))?;
        bone.set_position(pose.translation())?;
        world_from_joint.push(pose);
    }
    Ok(())
}
