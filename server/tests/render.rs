//! Pictures that a server draws by itself.

#![cfg(feature = "render")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use scenecast::{
    Error, Server, Shot, Viewpoint,
    image::{DynamicImage, GenericImageView, Rgba},
    render::{RenderError, ViewpointError},
    scene::{Box, Frame, Label, Place, TransformControls, Up},
};
use std::{thread, time::Duration};

const SIZE: [u32; 2] = [64, 48];

fn start() -> Server {
    Server::builder().port(0).start().unwrap()
}

fn front() -> Viewpoint {
    Viewpoint::default()
        .position([-3.0, 0.0, 0.0])
        .look_at([0.0; 3])
}

/// How many pixels are drawn.
fn count(picture: &DynamicImage) -> usize {
    let white = Rgba([255; 4]);
    picture
        .pixels()
        .filter(|(.., color)| *color != white)
        .count()
}

/// Whether more of the first channel than of others is in the middle.
fn is_red(picture: &DynamicImage) -> bool {
    let [r, g, b, _] = picture.get_pixel(32, 24).0.map(u32::from);
    r > 100 && r > 2 * g && r > 2 * b
}

#[test]
fn a_picture_shows_what_has_been_said() {
    let server = start();
    let render = || server.render(front(), SIZE).unwrap();
    assert_eq!(count(&render()), 0);
    let red = Box::new([1.0; 3]).color([230, 20, 20]);
    let cube = server.scene().add("/cube", red).unwrap();
    let first = render();
    assert!(is_red(&first) && first.dimensions() == (64, 48));
    cube.update(|p| p.color = [20, 20, 230].into()).unwrap();
    assert!(!is_red(&render()));
    cube.set_position([0.0, 0.0, 50.0]).unwrap();
    assert_eq!(count(&render()), 0);
    cube.set_position([0.0; 3]).unwrap();
    cube.update(|p| p.color = [230, 20, 20].into()).unwrap();
    assert!(render() == first, "a change and back leaves no trace");
    cube.set_visible(false).unwrap();
    assert_eq!(count(&render()), 0);
    cube.remove().unwrap();
    assert_eq!(count(&render()), 0);
}

#[test]
fn cameras_are_those_of_viewers_unless_said_otherwise() {
    let server = start();
    let red = Box::new([0.5; 3]).color([230, 20, 20]);
    server
        .scene()
        .add("/cube", red.at([9.0, 0.0, 0.0]))
        .unwrap();
    let start = server.render(Viewpoint::default(), SIZE).unwrap();
    assert!(!is_red(&start));
    let camera = server.initial_camera();
    camera.set_position([6.0, 0.0, 0.0]).unwrap();
    camera.set_look_at([9.0, 0.0, 0.0]).unwrap();
    assert!(is_red(&server.render(Viewpoint::default(), SIZE).unwrap()));
    assert!(is_red(
        &server.render(server.initial_camera(), SIZE).unwrap()
    ));
    // Away from it, then turned about the axis that is down, by half.
    let away = Viewpoint::default().look_at([0.0; 3]);
    assert!(!is_red(&server.render(away, SIZE).unwrap()));
    let turned = Viewpoint::default().wxyz([0.5, -0.5, 0.5, -0.5]);
    assert!(is_red(&server.render(turned, SIZE).unwrap()));
    // The world is another way up; what is said of it is still meant in the scene.
    server.scene().set_up_direction(Up::Y);
    assert!(is_red(&server.render(Viewpoint::default(), SIZE).unwrap()));
}

#[test]
fn backgrounds_are_white_a_colour_or_nothing() {
    let server = start();
    let red = Box::new([1.0; 3]).color([230, 20, 20]);
    server.scene().add("/cube", red).unwrap();
    let white = server.render(front(), SIZE).unwrap();
    let clear = server
        .render(Shot::new(front()).transparent(), SIZE)
        .unwrap();
    let green = Shot::new(front()).background([0, 255, 0]);
    let green = server.render(green, SIZE).unwrap();
    assert_eq!(white.get_pixel(0, 0), Rgba([255; 4]));
    assert_eq!(clear.get_pixel(0, 0), Rgba([0; 4]));
    assert_eq!(green.get_pixel(0, 0), Rgba([0, 255, 0, 255]));
    let middles = [&white, &clear, &green].map(|picture| picture.get_pixel(32, 24));
    assert!(middles[0] == middles[1] && middles[0] == middles[2]);
}

#[test]
fn gizmos_and_labels_are_in_the_picture() {
    let server = start();
    let scene = server.scene();
    scene.add("/gizmo", TransformControls::default()).unwrap();
    let gizmo = count(&server.render(front(), SIZE).unwrap());
    assert!(gizmo > 100, "{gizmo}");
    scene.reset();
    scene.add("/label", Label::new("Hello")).unwrap();
    let picture = server
        .render(Shot::new(front()).background([90, 160, 220]), SIZE)
        .unwrap();
    let dark = picture
        .pixels()
        .filter(|(.., color)| color.0[..3].iter().all(|c| *c < 80));
    assert!(dark.count() > 10, "text is black on white");
}

#[test]
fn several_threads_and_async_code_are_served() {
    let server = start();
    let red = Box::new([1.0; 3]).color([230, 20, 20]);
    server.scene().add("/cube", red).unwrap();
    let expected = server.render(front(), SIZE).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(server.render(front(), SIZE).unwrap() == expected));
        }
    });
    // Any executor will do.
    let both = async {
        let one = server.render_async(front(), SIZE);
        let other = server.render_async(Shot::new(front()).timeout(Duration::from_secs(60)), SIZE);
        futures_util::future::try_join(one, other).await
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (one, other) = runtime.block_on(both).unwrap();
    assert!(one == expected && other == expected);
}

#[test]
fn too_little_time_and_too_many_pictures_are_errors() {
    let server = start();
    let hurried = Shot::new(front()).timeout(Duration::from_nanos(1));
    let error = server.render(hurried, SIZE).unwrap_err();
    assert!(
        matches!(error, Error::Render(RenderError::Timeout(_))),
        "{error}"
    );
    let refused = thread::scope(|scope| {
        // A large one first, which takes its time.
        let sizes = [[2000, 1500]].into_iter().chain([SIZE; 30]);
        let render = |size| {
            let server = &server;
            scope.spawn(move || server.render(front(), size))
        };
        let pictures: Vec<_> = sizes.map(render).collect();
        let results = pictures.into_iter().map(|thread| thread.join().unwrap());
        let errors: Vec<Error> = results.filter_map(Result::err).collect();
        let is_busy =
            |error: &Error| matches!(error, Error::Render(RenderError::Busy { limit: 16 }));
        assert!(errors.iter().all(is_busy), "{errors:?}");
        errors.len()
    });
    assert!(refused <= 31 - 16, "{refused}");
}

#[test]
fn nonsense_is_refused_with_a_reason() {
    let server = start();
    for (size, part) in [
        ([0, 5], "0 by 5 pixels"),
        ([5, 0], "expected 1 to 16384"),
        ([16_385, 1], "16385 by 1"),
        ([u32::MAX, u32::MAX], "4294967295"),
        ([16_384, 16_384], "33177600 in all"),
    ] {
        let error = server.render(front(), size).unwrap_err();
        assert!(matches!(error, Error::Render(RenderError::Size { .. })));
        assert!(error.to_string().contains(part), "{error}");
    }
    for wrong in [
        front().position([f64::NAN, 0.0, 0.0]),
        front().fov(0.0),
        front().up_direction([0.0; 3]),
        front().planes(1.0, 0.5),
        front().look_at([-3.0, 0.0, 0.0]),
    ] {
        let error = server.render(wrong, SIZE).unwrap_err();
        let is_typed = matches!(
            error,
            Error::Render(RenderError::Viewpoint(
                ViewpointError::NotFinite { .. }
                    | ViewpointError::Fov(_)
                    | ViewpointError::NoLength { .. }
                    | ViewpointError::Planes { .. }
                    | ViewpointError::LooksAtItself(_)
            ))
        );
        assert!(is_typed, "{error}");
    }
    // Finite, but beyond what floats of 32 bits hold.
    server.scene().add("/frame", Frame::default()).unwrap();
    let far = front().position([1e300, 0.0, 0.0]);
    assert_eq!(count(&server.render(far, SIZE).unwrap()), 0);
    assert!(count(&server.render(front(), SIZE).unwrap()) > 0);
}

#[test]
fn a_stopped_server_still_draws_and_leaves_nothing_behind() {
    let server = start();
    server.scene().add("/frame", Frame::default()).unwrap();
    let before = server.render(front(), SIZE).unwrap();
    server.stop();
    assert!(server.render(front(), SIZE).unwrap() == before);
}
