//! Robots from URDF files: where their links are, what they look like, what is refused.

#![cfg(feature = "urdf")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "urdf/hostile.rs"]
mod hostile;
#[path = "urdf/meshes.rs"]
mod meshes;
#[path = "urdf/poses.rs"]
mod poses;

use scenecast::{
    Server,
    scene::{Handle, SceneNode},
    urdf::Urdf,
};

/// Two joints that turn and one that slides, one that follows another, and one that is fixed.
const ARM: &str = r#"<?xml version="1.0"?>
<robot name="arm">
  <material name="steel"><color rgba="0.5 0.6 0.7 1"/></material>
  <joint name="elbow" type="prismatic">
    <parent link="upper"/><child link="lower"/>
    <origin xyz="0 0 0.5"/><axis xyz="0 0 2"/><limit lower="-0.1" upper="0.2" effort="1" velocity="1"/>
  </joint>
  <link name="base">
    <visual><geometry><cylinder radius="0.2" length="0.1"/></geometry><material name="steel"/></visual>
    <collision name="hull"><geometry><box size="0.4 0.4 0.1"/></geometry></collision>
  </link>
  <link name="upper">
    <visual><origin xyz="0 0 0.25" rpy="0 0 1.5707963267948966"/>
      <geometry><box size="0.1 0.2 0.5"/></geometry>
      <material name=""><color rgba="1 0 0 0.5"/></material></visual>
    <visual><geometry><sphere radius="0.1"/></geometry></visual>
    <visual name="sphere"><geometry><capsule radius="0.1" length="0.3"/></geometry></visual>
  </link>
  <link name="lower"/>
  <link name="left"/><link name="right"/><link name="tip"/>
  <joint name="shoulder" type="continuous">
    <parent link="base"/><child link="upper"/>
    <origin xyz="1 2 3" rpy="0.1 0.2 0.3"/><axis xyz="0 1 0"/>
  </joint>
  <joint name="right_finger" type="revolute">
    <parent link="lower"/><child link="right"/><axis xyz="1 0 0"/>
    <mimic joint="left_finger" multiplier="-2" offset="0.5"/><limit lower="0" upper="1"/>
  </joint>
  <joint name="left_finger" type="revolute">
    <parent link="lower"/><child link="left"/><axis xyz="1 0 0"/><limit lower="0" upper="1" velocity="1"/>
  </joint>
  <joint name="mount" type="fixed"><parent link="left"/><child link="tip"/><origin xyz="0 0 0.1"/></joint>
</robot>"#;

fn server() -> Server {
    Server::builder().port(0).start().unwrap()
}

fn node<N: SceneNode>(server: &Server, name: &str) -> Handle<N> {
    let found = server.scene().get_handle_by_name(name);
    let node = found.unwrap_or_else(|| panic!("no node {name}"));
    node.downcast()
        .unwrap_or_else(|| panic!("{name} is of another kind"))
}

/// Asserts that a text is refused with an error that contains this.
fn refused(text: &str, part: &str) {
    let server = server();
    let error = Urdf::builder_from_text(text).add_to(&server.scene());
    let error = error.unwrap_err().to_string();
    assert!(error.contains(part), "{error}\nshould contain\n{part}");
    assert!(server.scene().get_handle_by_name("/visual").is_none());
}
