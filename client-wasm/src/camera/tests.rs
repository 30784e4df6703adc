//! The camera against what the stock client was seen to do: it was started at (0, -4, 0) in a view
//! 600 pixels high, then dragged, wheeled and driven by keys, and its reports were recorded.

use bytes::Bytes;
use glam::{DAffine3, DMat3, DQuat, DVec3};
use scenecast_protocol::camera::{
    SetCameraFov, SetCameraLookAt, SetCameraPosition, SetCameraUpDirection, ViewerCamera,
};
use scenecast_protocol::{Limits, Message};

use super::{Camera, FromUrl, Motion, quaternion};

const HEIGHT: f64 = 600.0;

fn recorded(name: &str) -> ViewerCamera {
    let path = format!(
        "{}/../shared/tests/fixtures/viser-1.1.1/client_to_server/real_{name}_ViewerCameraMessage.msgpack",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = Bytes::from(std::fs::read(&path).unwrap());
    match Message::from_viewer(&bytes, &Limits::client_message()).unwrap() {
        Message::ViewerCamera(camera) => camera,
        other => panic!("{path}: {other:?}"),
    }
}

/// A camera that has gone to where a report says.
fn at(report: &ViewerCamera) -> Camera {
    let mut camera = Camera::new(&FromUrl::default());
    camera.apply(
        &SetCameraFov {
            fov: report.fov,
            initial: false,
        }
        .into(),
    );
    camera.apply(
        &SetCameraLookAt {
            look_at: report.look_at,
            initial: false,
        }
        .into(),
    );
    camera.apply(
        &SetCameraPosition {
            position: report.position,
            initial: false,
        }
        .into(),
    );
    camera
}

fn assert_same(actual: &ViewerCamera, expected: &ViewerCamera) {
    let near = |a: [f64; 3], b: [f64; 3], what: &str| {
        assert!(
            DVec3::from(a).abs_diff_eq(b.into(), 1e-6),
            "{what}: {a:?} is not {b:?}"
        );
    };
    near(actual.position, expected.position, "position");
    near(actual.look_at, expected.look_at, "look_at");
    near(actual.up_direction, expected.up_direction, "up_direction");
    let turned = DQuat::from(actual.wxyz).dot(expected.wxyz.into()).abs();
    assert!(
        1.0 - turned < 1e-9,
        "wxyz: {:?} is not {:?}",
        actual.wxyz,
        expected.wxyz
    );
    assert!(
        (actual.fov - expected.fov).abs() < 1e-9,
        "fov {}",
        actual.fov
    );
    assert_eq!((actual.near, actual.far), (expected.near, expected.far));
}

#[test]
fn starts_like_the_stock_client() {
    let mut camera = Camera::new(&FromUrl::default());
    let expected = recorded("000");
    camera.apply(
        &SetCameraFov {
            fov: expected.fov,
            initial: true,
        }
        .into(),
    );
    assert_same(&camera.report(800, 600), &expected);
    assert_eq!(Camera::new(&FromUrl::default()).fov(), 75f64.to_radians());
}

#[test]
fn drags_turn_by_the_height_of_the_view() {
    let mut camera = at(&recorded("001"));
    for _ in 0..10 {
        camera.drag_rotate(10.0, 0.0, HEIGHT);
    }
    assert_same(&camera.report(800, 600), &recorded("012"));
}

#[test]
fn the_wheel_changes_the_distance_at_once() {
    let mut camera = at(&recorded("012"));
    camera.wheel(100.0);
    assert!(!camera.orbit().is_moving());
    assert_same(&camera.report(800, 600), &recorded("013"));
}

#[test]
fn keys_move_camera_and_target_forward() {
    let (before, after) = (recorded("013"), recorded("016"));
    let mut camera = at(&before);
    let moved = DVec3::from(after.look_at).length();
    camera.orbit_mut().forward(moved);
    assert_same(&camera.report(800, 600), &after);
}

#[test]
fn trucking_keeps_the_look_at_point_under_the_hand() {
    let mut camera = at(&recorded("016"));
    camera.drag_truck(100.0, 0.0, HEIGHT);
    let expected = recorded("018");
    // What was recorded is the position after the drag.
    assert_same(&camera.report(800, 600), &expected);
}

#[test]
fn dragging_the_middle_button_down_goes_closer() {
    let mut camera = at(&recorded("018"));
    let before = camera.orbit().distance();
    camera.drag_dolly(100.0);
    // As observed: 4.21053 became 3.47376.
    assert!(
        (camera.orbit().distance() / before - 3.4737607751753097 / 4.2105263157894735).abs() < 1e-6
    );
}

#[test]
fn a_turned_scene_is_reported_in_its_own_coordinates() {
    let mut camera = at(&recorded("001"));
    let eye = camera.orbit().pose().eye;
    let turn =
        DAffine3::from_rotation_translation(DQuat::from_rotation_y(0.7), DVec3::new(1.0, 2.0, 3.0));
    camera.set_render_from_scene(turn);
    camera.settle();
    assert_eq!(
        camera.orbit().pose().eye,
        eye,
        "nobody decided a start: the camera stays"
    );
    let position = DVec3::from(camera.report(800, 600).position);
    assert!(turn.transform_point3(position).abs_diff_eq(eye, 1e-9));
}

fn position(x: f64, initial: bool) -> Message {
    SetCameraPosition {
        position: [x, 0.0, 1.0],
        initial,
    }
    .into()
}

#[test]
fn the_first_start_moves_the_camera_and_later_ones_do_not() {
    let mut camera = Camera::new(&FromUrl::default());
    camera.apply(&position(5.0, true));
    camera.apply(
        &SetCameraLookAt {
            look_at: [0.0, 1.0, 0.0],
            initial: true,
        }
        .into(),
    );
    camera.apply(
        &SetCameraUpDirection {
            position: [0.0, 1.0, 0.0],
            initial: true,
        }
        .into(),
    );
    camera.settle();
    let report = camera.report(4, 3);
    assert!(DVec3::from(report.position).abs_diff_eq(DVec3::new(5.0, 0.0, 1.0), 1e-9));
    assert!(
        DVec3::from(report.look_at).abs_diff_eq(DVec3::Y, 1e-9),
        "of the same moment"
    );
    assert!(DVec3::from(report.up_direction).abs_diff_eq(DVec3::Y, 1e-9));

    camera.apply(&position(6.0, true));
    camera.settle();
    assert_eq!(camera.report(4, 3), report, "the user has taken over");

    camera.reset(Motion::Jump);
    let position = DVec3::from(camera.report(4, 3).position);
    assert!(
        position.abs_diff_eq(DVec3::new(6.0, 0.0, 1.0), 1e-9),
        "reset goes to the newest"
    );

    camera.set_render_from_scene(DAffine3::from_rotation_x(1.0));
    camera.settle();
    let position = DVec3::from(camera.report(4, 3).position);
    assert!(
        position.abs_diff_eq(DVec3::new(6.0, 0.0, 1.0), 1e-9),
        "it turns with the scene"
    );
}

#[test]
fn the_address_outweighs_the_server() {
    let url = FromUrl {
        position: Some(DVec3::new(9.0, 0.0, 1.0)),
        fov: Some(0.5),
        ..FromUrl::default()
    };
    let mut camera = Camera::new(&url);
    camera.apply(&position(5.0, true));
    camera.apply(
        &SetCameraFov {
            fov: 1.0,
            initial: true,
        }
        .into(),
    );
    camera.settle();
    let report = camera.report(4, 3);
    assert!(DVec3::from(report.position).abs_diff_eq(DVec3::new(9.0, 0.0, 1.0), 1e-9));
    assert_eq!(report.fov, 0.5);

    camera.apply(&position(5.0, false));
    let position = DVec3::from(camera.report(4, 3).position);
    assert!(
        position.abs_diff_eq(DVec3::new(5.0, 0.0, 1.0), 1e-9),
        "but not its commands"
    );
}

#[test]
fn impossible_values_change_nothing() {
    let mut camera = Camera::new(&FromUrl::default());
    let before = camera.report(4, 3);
    for message in [
        position(f64::NAN, false),
        position(f64::INFINITY, true),
        SetCameraUpDirection {
            position: [0.0; 3],
            initial: false,
        }
        .into(),
        SetCameraFov {
            fov: 3.2,
            initial: false,
        }
        .into(),
        SetCameraFov {
            fov: f64::NAN,
            initial: true,
        }
        .into(),
    ] {
        camera.apply(&message);
        camera.settle();
        assert_eq!(camera.report(4, 3), before, "{message:?}");
    }
}

#[test]
fn quaternions_have_the_sign_that_others_send() {
    for degrees in [10.0, 100.0, 170.0, 190.0, 350.0f64] {
        for axis in [DVec3::X, DVec3::Y, DVec3::Z] {
            let rotation = DQuat::from_axis_angle(axis, degrees.to_radians());
            let q = quaternion(DMat3::from_quat(rotation));
            let leading = [q.w, q.x, q.y, q.z].into_iter().fold(0.0, |a: f64, b| {
                if b.abs() > a.abs() + 1e-9 { b } else { a }
            });
            // Up to 120 degrees the scalar decides.
            let is_large = (120.0..240.0).contains(&degrees);
            assert!(
                if is_large { leading > 0.0 } else { q.w > 0.0 },
                "{degrees} {axis}"
            );
            assert!(q.dot(rotation).abs() > 1.0 - 1e-9);
        }
    }
}

#[test]
fn another_pivot_is_turned_to_without_moving() {
    let mut camera = Camera::new(&FromUrl::default());
    let eye = camera.orbit().pose().eye;
    let (target, up) = (
        DVec3::new(1.0, 0.5, 0.0),
        DVec3::new(0.0, 1.0, 1.0).normalize(),
    );
    camera.pivot_to(target, up);
    camera.tick(0.25);
    let half = camera.orbit().target();
    assert!(half.abs_diff_eq(target / 2.0, 1e-9), "{half}");
    assert!(camera.is_moving());
    camera.tick(0.3);
    assert!(!camera.is_moving());
    assert!(camera.orbit().target().abs_diff_eq(target, 1e-9));
    assert!(camera.orbit().up().abs_diff_eq(up, 1e-9));
    assert!(camera.orbit().pose().eye.abs_diff_eq(eye, 1e-6));
}

#[test]
fn the_camera_goes_to_where_it_sees_all_without_turning() {
    let mut camera = Camera::new(&FromUrl::default());
    let before = camera.orbit().pose();
    let corners = [DVec3::new(40.0, 7.0, -3.0), DVec3::new(44.0, 9.0, 1.0)];
    let to_camera = camera.render_from_camera().inverse();
    let points = corners.map(|corner| to_camera.transform_point3(corner));
    camera.fit(&points, 1.5, Motion::Eased);
    assert!(camera.is_moving());
    for _ in 0..200 {
        camera.tick(1.0 / 60.0);
    }
    assert!(!camera.is_moving());
    assert!(
        camera
            .orbit()
            .pose()
            .rotation
            .abs_diff_eq(before.rotation, 1e-6)
    );
    let to_camera = camera.render_from_camera().inverse();
    let slope = (camera.fov() / 2.0).tan();
    let seen = corners.map(|corner| to_camera.transform_point3(corner));
    let largest = seen
        .iter()
        .map(|p| (p.x / 1.5).abs().max(p.y.abs()) / slope / -p.z)
        .fold(0.0, f64::max);
    assert!((0.85..0.95).contains(&largest), "{largest}");

    // A place has no size to fill the view with: the camera keeps its distance.
    let distance = camera.orbit().distance();
    camera.fit(&[DVec3::ZERO], 1.5, Motion::Jump);
    assert!((camera.orbit().distance() - distance).abs() < 1e-9);
    camera.fit(&[], 1.5, Motion::Jump);
    assert!((camera.orbit().distance() - distance).abs() < 1e-9);
}
