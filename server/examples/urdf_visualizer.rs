//! A robot from a URDF file, with a slider for each joint:
//! `cargo run --example urdf_visualizer [PORT [FILE.urdf]]`

use scenecast::{
    Server,
    gui::{Button, Checkbox, Gui, GuiHandle, Slider},
    scene::{Grid, Place},
    urdf::Urdf,
};
use std::{f64::consts::PI, sync::Arc};

/// An arm with a gripper, whose second finger mirrors the first.
const ARM: &str = r#"<robot name="arm">
  <material name="dark"><color rgba="0.25 0.27 0.3 1"/></material>
  <material name="orange"><color rgba="0.92 0.5 0.14 1"/></material>
  <link name="base">
    <visual><origin xyz="0 0 0.05"/><geometry><cylinder radius="0.16" length="0.1"/></geometry>
      <material name="dark"/></visual>
    <collision><origin xyz="0 0 0.05"/><geometry><box size="0.34 0.34 0.1"/></geometry></collision>
  </link>
  <link name="turret">
    <visual><origin xyz="0 0 0.09"/><geometry><cylinder radius="0.09" length="0.18"/></geometry>
      <material name="orange"/></visual>
  </link>
  <link name="upper_arm">
    <visual><origin xyz="0 0 0.25"/><geometry><capsule radius="0.06" length="0.5"/></geometry>
      <material name="orange"/></visual>
    <collision><origin xyz="0 0 0.25"/><geometry><cylinder radius="0.08" length="0.62"/></geometry></collision>
  </link>
  <link name="forearm">
    <visual><geometry><sphere radius="0.075"/></geometry><material name="dark"/></visual>
    <visual><origin xyz="0 0 0.2"/><geometry><capsule radius="0.05" length="0.4"/></geometry>
      <material name="orange"/></visual>
    <collision><origin xyz="0 0 0.2"/><geometry><cylinder radius="0.07" length="0.5"/></geometry></collision>
  </link>
  <link name="hand">
    <visual><origin xyz="0 0 0.03"/><geometry><box size="0.2 0.08 0.06"/></geometry>
      <material name="dark"/></visual>
  </link>
  <link name="left_finger">
    <visual><origin xyz="0 0 0.06"/><geometry><box size="0.02 0.05 0.12"/></geometry></visual>
  </link>
  <link name="right_finger">
    <visual><origin xyz="0 0 0.06"/><geometry><box size="0.02 0.05 0.12"/></geometry></visual>
  </link>
  <joint name="turn" type="continuous"><parent link="base"/><child link="turret"/>
    <origin xyz="0 0 0.1"/><axis xyz="0 0 1"/></joint>
  <joint name="shoulder" type="revolute"><parent link="turret"/><child link="upper_arm"/>
    <origin xyz="0 0 0.16"/><axis xyz="0 1 0"/><limit lower="-1.6" upper="1.6"/></joint>
  <joint name="elbow" type="revolute"><parent link="upper_arm"/><child link="forearm"/>
    <origin xyz="0 0 0.55"/><axis xyz="0 1 0"/><limit lower="0.2" upper="2.6"/></joint>
  <joint name="wrist" type="revolute"><parent link="forearm"/><child link="hand"/>
    <origin xyz="0 0 0.45"/><axis xyz="0 0 1"/><limit lower="-3" upper="3"/></joint>
  <joint name="grip" type="prismatic"><parent link="hand"/><child link="left_finger"/>
    <origin xyz="0.02 0 0.06"/><axis xyz="1 0 0"/><limit lower="0" upper="0.06"/></joint>
  <joint name="grip_mirror" type="prismatic"><parent link="hand"/><child link="right_finger"/>
    <origin xyz="-0.02 0 0.06"/><axis xyz="-1 0 0"/><mimic joint="grip"/></joint>
</robot>"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let camera = server.initial_camera();
    camera.set_position([1.4, -1.6, 1.1])?;
    camera.set_look_at([0.2, 0.0, 0.5])?;
    let robot = match arguments.next() {
        Some(path) => Urdf::builder(path),
        None => Urdf::builder_from_text(ARM),
    };
    let robot = robot
        .load_collision_meshes(true)
        .collision_mesh_color_override([255, 0, 0], 0.5)
        .add_to(&server.scene())?;
    for missing in robot.missing_meshes() {
        println!("{missing}");
    }
    server
        .scene()
        .add("/grid", Grid::default().width(2.0).height(2.0).at([0.0; 3]))?;

    let gui = server.gui();
    let joints = gui.folder("Joint position control", |gui| sliders(gui, &robot))?;
    let (robot, joints) = (Arc::new(robot), Arc::new(joints));
    move_to(&robot, &joints)?;
    for (slider, _) in joints.iter() {
        let (robot, joints) = (Arc::clone(&robot), Arc::clone(&joints));
        let _ = slider.on_update(move |_| tell(move_to(&robot, &joints)));
    }
    gui.folder("Visibility", |gui| {
        let meshes = gui.add(Checkbox::new("Show meshes").value(true))?;
        let of = Arc::clone(&robot);
        let _ = meshes.on_update(move |event| tell(of.set_show_visual(event.value)));
        let collision = gui.add(Checkbox::new("Show collision meshes").value(true))?;
        let _ = collision.on_update(move |event| tell(robot.set_show_collision(event.value)));
        // Callbacks hear of it.
        collision.set_value(false)
    })?;
    let reset = gui.add(Button::new("Reset"))?;
    let _ = reset.on_click(move |_| {
        for (slider, start) in joints.iter() {
            tell(slider.set_value(*start));
        }
    });
    println!("open {}", server.url());
    server.wait();
    Ok(())
}

fn tell(outcome: scenecast::Result<()>) {
    if let Err(error) = outcome {
        println!("{error}");
    }
}

/// A slider, and where it starts.
type JointSlider = (GuiHandle<Slider>, f64);

/// A slider for each joint, at zero if its limits allow for it.
fn sliders(gui: &Gui, robot: &Urdf) -> scenecast::Result<Vec<JointSlider>> {
    let joints = robot.get_actuated_joint_limits().into_iter();
    let sliders = joints.map(|joint| {
        let (lower, upper) = (joint.lower.unwrap_or(-PI), joint.upper.unwrap_or(PI));
        let start = if lower < -0.1 && upper > 0.1 {
            0.0
        } else {
            (lower + upper) / 2.0
        };
        let slider = Slider::new(joint.name, lower..=upper).step(0.001);
        Ok((gui.add(slider.value(start))?, start))
    });
    sliders.collect()
}

/// Moves all joints to where their sliders are.
fn move_to(robot: &Urdf, joints: &[JointSlider]) -> scenecast::Result<()> {
    let values: scenecast::Result<Vec<f64>> =
        joints.iter().map(|(joint, _)| joint.value()).collect();
    robot.update_cfg(&values?)
}
