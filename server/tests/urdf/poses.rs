use super::{ARM, node, refused, server};
use glam::DVec3;
use scenecast::{
    scene::{Box, Cylinder, Frame, Icosphere, Mesh},
    transforms::{SE3, SO3},
    urdf::Urdf,
};

const UPPER: &str = "/arm/visual/upper";
const LEFT: &str = "/arm/visual/upper/lower/left";
const RIGHT: &str = "/arm/visual/upper/lower/right";

#[test]
fn joints_move_their_links() {
    let server = server();
    let robot = Urdf::builder_from_text(ARM)
        .root_node_name("/arm")
        .scale(2.0)
        .load_collision_meshes(true)
        .add_to(&server.scene())
        .unwrap();
    let pose = |name: &str| {
        let frame = node::<Frame>(&server, name);
        SE3::new(frame.wxyz().unwrap(), frame.position().unwrap())
    };
    let near = |name: &str, expected: SE3| {
        let off = (pose(name).inverse() * expected).log();
        assert!(off.iter().all(|x| x.abs() < 1e-9), "{name}: {off:?}");
    };
    let shoulder = SO3::from_rpy_radians(0.1, 0.2, 0.3);
    let at = DVec3::new(2.0, 4.0, 6.0);

    near(UPPER, SE3::new(shoulder, at));
    near(RIGHT, SE3::from_rotation(SO3::from_x_radians(0.5)));

    assert_eq!(
        robot.get_actuated_joint_names(),
        ["elbow", "shoulder", "left_finger"]
    );
    robot.update_cfg(&[0.1, -0.7, 0.2]).unwrap();
    near(UPPER, SE3::new(shoulder * SO3::from_y_radians(-0.7), at));
    near(
        "/arm/visual/upper/lower",
        SE3::from_translation([0.0, 0.0, 1.2]),
    );
    near(LEFT, SE3::from_rotation(SO3::from_x_radians(0.2)));
    near(RIGHT, SE3::from_rotation(SO3::from_x_radians(0.1)));
    near(
        &format!("{LEFT}/tip"),
        SE3::from_translation([0.0, 0.0, 0.2]),
    );
    near("/arm/collision/upper", pose(UPPER));
}

#[test]
fn limits_are_those_of_the_file() {
    let server = server();
    let robot = Urdf::builder_from_text(ARM)
        .add_to(&server.scene())
        .unwrap();
    let limits: Vec<_> = robot
        .get_actuated_joint_limits()
        .into_iter()
        .map(|joint| (joint.name, joint.lower, joint.upper))
        .collect();
    assert_eq!(
        limits,
        [
            ("elbow".to_owned(), Some(-0.1), Some(0.2)),
            ("shoulder".to_owned(), None, None),
            ("left_finger".to_owned(), Some(0.0), Some(1.0)),
        ]
    );
    let short = robot.update_cfg(&[0.1]).unwrap_err().to_string();
    assert!(
        short.contains("1 numbers, the robot has 3") && short.contains("shoulder"),
        "{short}"
    );
    let bad = robot
        .update_cfg(&[0.0, f64::NAN, 0.0])
        .unwrap_err()
        .to_string();
    assert!(bad.contains("NaN for joint `shoulder`"), "{bad}");
}

#[test]
fn shapes_become_nodes_in_their_colours() {
    let server = server();
    let robot = Urdf::builder_from_text(ARM)
        .load_collision_meshes(true)
        .collision_mesh_color_override([255, 0, 0], 0.25)
        .add_to(&server.scene())
        .unwrap();
    let base = node::<Cylinder>(&server, "/visual/cylinder")
        .props()
        .unwrap();
    assert_eq!(
        (base.radius, base.height, base.color.0),
        (0.2, 0.1, [128, 153, 179])
    );
    let handle = node::<Box>(&server, "/visual/upper/box");
    let shape = handle.props().unwrap();
    assert_eq!(shape.dimensions, [0.1, 0.2, 0.5]);
    assert_eq!((shape.color.0, shape.opacity), ([255, 0, 0], Some(0.5)));
    assert_eq!(handle.position().unwrap(), [0.0, 0.0, 0.25]);
    let turn = SO3::from(handle.wxyz().unwrap()).as_rpy_radians();
    assert!((turn.yaw - std::f64::consts::FRAC_PI_2).abs() < 1e-12);
    node::<Icosphere>(&server, "/visual/upper/sphere");
    node::<Mesh>(&server, "/visual/upper/sphere 2");
    let hull = node::<Box>(&server, "/collision/hull").props().unwrap();
    assert_eq!((hull.color.0, hull.opacity), ([255, 0, 0], Some(0.25)));

    assert!(robot.show_visual() && robot.show_collision());
    robot.set_show_visual(false).unwrap();
    assert!(!robot.show_visual() && robot.show_collision());
    robot.remove().unwrap();
    assert!(
        server
            .scene()
            .get_handle_by_name("/collision/hull")
            .is_none()
    );
    assert!(robot.update_cfg(&[0.0; 3]).is_err() && robot.remove().is_err());
}

#[test]
fn what_is_not_loaded_is_not_shown() {
    let server = server();
    let robot = Urdf::builder_from_text(ARM)
        .load_meshes(false)
        .add_to(&server.scene())
        .unwrap();
    assert!(!robot.show_visual());
    assert!(
        robot
            .set_show_collision(true)
            .unwrap_err()
            .to_string()
            .contains("load_collision_meshes")
    );
    robot.update_cfg(&[0.0; 3]).unwrap();
    let bad = Urdf::builder_from_text(ARM)
        .scale(0.0)
        .add_to(&server.scene());
    assert!(bad.unwrap_err().to_string().contains("not above 0"));
}

/// A robot of these joints over links a, b and c.
fn joints(joints: &str) -> String {
    format!("<robot name='r'><link name='a'/><link name='b'/><link name='c'/>{joints}</robot>")
}

#[test]
fn what_is_no_tree_is_refused() {
    let joint = |name: &str, parent: &str, child: &str, more: &str| {
        format!(
            "<joint name='{name}' type='revolute'><parent link='{parent}'/><child link='{child}'/>\
             {more}</joint>"
        )
    };
    let [ab, bc] = [joint("1", "a", "b", ""), joint("2", "b", "c", "")];
    for (text, problem) in [
        (ab.clone(), "no joint connects the links `a` and `c`"),
        (ab.clone() + &ab, "two joints are called `1`"),
        (
            ab.clone() + &bc + &joint("3", "c", "a", ""),
            "every link is moved",
        ),
        (
            joint("1", "b", "c", "") + &joint("2", "c", "b", ""),
            "in a circle",
        ),
        (
            ab.clone() + &bc + &joint("3", "a", "c", ""),
            "two joints move the link `c`",
        ),
        (
            ab.clone() + &joint("2", "b", "d", ""),
            "no link is called `d`",
        ),
        (
            ab.clone() + &joint("2", "b", "c", "<axis xyz='0 0 0'/>"),
            "is no axis",
        ),
        (
            ab.clone() + &joint("2", "b", "c", "<mimic joint='2'/>"),
            "`2` mimics itself",
        ),
        (
            ab.clone() + &joint("2", "b", "c", "<mimic joint='x'/>"),
            "mimics `x`, which is none",
        ),
        (
            ab.clone() + &joint("2", "b", "c", "<origin xyz='nan 0 0'/>"),
            "has the number NaN",
        ),
        (
            ab + &joint("2", "b", "c", "<origin xyz='0 0'/>"),
            "expected 3",
        ),
    ] {
        refused(&joints(&text), problem);
    }
    refused("<robot name='r'/>", "every link is moved");
    let shape = "<robot name='r'><link name='a'><visual><geometry>\
                 <sphere radius='-1'/></geometry></visual></link></robot>";
    refused(shape, "a visual of link `a`: -1 is no size");
}
