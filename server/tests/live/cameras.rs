use super::{next, with_viewer};
use scenecast::{Camera, Wxyz};
use scenecast_protocol::Message;
use std::sync::mpsc;

/// Class names of camera messages, as far as they come until the mark.
fn said(viewer: &mut super::ClientSocket, camera: &Camera) -> Vec<String> {
    camera.client().flush();
    camera.set_far(camera.far() + 1.0).unwrap();
    let mut said = Vec::new();
    loop {
        let tag = viewer.next(|message| {
            let tag = message.tag().to_owned();
            (tag.starts_with("SetCamera") || matches!(message, Message::ViewerCamera(_)))
                .then_some(tag)
        });
        if tag == "SetCameraFarMessage" {
            return said;
        }
        said.push(
            tag.trim_start_matches("SetCamera")
                .trim_end_matches("Message")
                .to_owned(),
        );
    }
}

#[test]
fn setting_says_what_viser_says() {
    let (_server, mut viewer, client) = with_viewer();
    let camera = client.camera();
    camera.set_position([1.0, 2.0, 3.0]).unwrap();
    assert_eq!(camera.look_at(), [-2.0, -1.0, 0.0]);
    assert_eq!(said(&mut viewer, &camera), ["Position", "LookAt"]);
    camera.set_look_at([0.0, 0.0, 1.0]).unwrap();
    camera.set_up_direction([0.0, 0.0, 1.0]).unwrap();
    assert_eq!(said(&mut viewer, &camera), ["LookAt"]);
    camera.set_fov(1.0).unwrap();
    camera.set_fov(1.0).unwrap();
    camera.set_near(0.1).unwrap();
    camera.set_min_orbit_distance(0.5).unwrap();
    camera.set_max_orbit_distance(f64::INFINITY).unwrap();
    camera.set_max_orbit_distance(f64::INFINITY).unwrap();
    let expected = ["Fov", "Near", "MinOrbitDistance", "MaxOrbitDistance"];
    assert_eq!(said(&mut viewer, &camera), expected);
    // Along +X, upside down: both the point and the upright direction change.
    let half = 0.5_f64.sqrt();
    camera.set_wxyz([half, 0.0, half, 0.0]).unwrap();
    assert_eq!(said(&mut viewer, &camera), ["LookAt", "UpDirection"]);
    for (a, b) in camera.look_at().iter().zip(camera.position()) {
        assert!(a.is_finite() && b.is_finite());
    }
}

#[test]
fn orbit_limits_stay_while_the_viewer_moves() {
    let (_server, mut viewer, client) = with_viewer();
    let camera = client.camera();
    camera.set_min_orbit_distance(2.0).unwrap();
    let (moved, moves) = mpsc::channel();
    let id = camera.on_update(move |camera| {
        let view = (camera.position(), camera.min_orbit_distance());
        moved.send(view).unwrap();
    });
    viewer.show_camera([1.0, 0.0, 0.0]);
    assert_eq!(next(&moves), ([1.0, 0.0, 0.0], 2.0));
    assert_eq!((camera.image_width(), camera.image_height()), (800, 600));
    assert!((camera.aspect() - 4.0 / 3.0).abs() < 1e-9);
    assert_eq!(camera.wxyz(), Wxyz::IDENTITY);
    assert!(camera.remove_update_callback(id));
    let texts = [
        camera.set_min_orbit_distance(0.0).unwrap_err(),
        camera.set_max_orbit_distance(1.0).unwrap_err(),
        camera.set_fov(f64::NAN).unwrap_err(),
        camera.set_look_at(camera.position()).unwrap_err(),
    ]
    .map(|error| error.to_string());
    assert_eq!(
        texts,
        [
            "min_orbit_distance: 0, expected a finite number above 0",
            "orbit distance: the least one, 2, is above the greatest, 1",
            "camera fov: NaN, expected 0 to π",
            "camera look_at: it is where the camera is",
        ]
    );
    // What was refused changed nothing.
    assert_eq!(camera.look_at(), [0.0; 3]);
}

#[test]
fn initial_cameras_are_told_to_viewers_to_come() {
    let (server, mut viewer, _) = with_viewer();
    let initial = server.initial_camera();
    assert_eq!(initial.position(), [3.0; 3]);
    assert_eq!(initial.up_direction(), None);
    initial.set_position([4.0, -4.0, 3.0]).unwrap();
    initial.set_up_direction([0.0, 0.0, 1.0]).unwrap();
    initial.set_fov(1.1).unwrap();
    assert!(initial.set_near(-1.0).is_err());
    assert_eq!(server.initial_camera().position(), [4.0, -4.0, 3.0]);
    let (fov, is_initial) = viewer.next(|message| match message {
        Message::SetCameraFov(m) => Some((m.fov, m.initial)),
        _ => None,
    });
    assert_eq!((fov, is_initial), (1.1, true));
}
