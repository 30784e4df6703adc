//! Point clouds that are too large to be drawn whole while the camera moves.

use glam::{Mat4, Vec3};
use scenecast_client::render::{Camera, Target, Viewport};
use scenecast_gl::Headless;
use scenecast_protocol::scene::{PointCloud, Points};

use crate::renderer;

const VIEWPORT: Viewport = Viewport {
    width: 1,
    height: 1,
    pixel_ratio: 1.0,
};

/// Points along a line.
fn line(points: u32) -> PointCloud {
    let rows = (0..points).map(|i| [i as f32 / points as f32, 0.0, 0.0]);
    PointCloud::new(Points::from(rows.collect::<Vec<_>>())).colors(vec![[9u8; 3]; points as usize])
}

fn from(x: f32) -> Camera {
    Camera::look_at(Vec3::new(x, 0.1, 0.1), Vec3::X * 0.5, Vec3::Y, 0.9)
}

#[test]
fn large_clouds_are_thinned_while_the_camera_moves_and_whole_when_it_rests() {
    let gl = Headless::new().unwrap();
    let mut renderer = renderer(&gl).unwrap();
    renderer.insert(0, &line(1_200_000).into()).unwrap();
    let mut now_secs = 3.0;
    let mut draw = |renderer: &mut scenecast_client::render::Renderer, x: f32, secs: f64| {
        now_secs += secs;
        renderer.complete(now_secs);
        renderer.draw(Target::Screen, &from(x), VIEWPORT).unwrap()
    };
    let stats = draw(&mut renderer, 0.0, 0.0);
    assert!(!stats.is_thinned && stats.draw_calls == 1, "{stats:?}");

    renderer.insert(1, &line(1_200_000).into()).unwrap();
    renderer.set_world(1, Mat4::from_translation(Vec3::Y));
    let stats = draw(&mut renderer, 0.1, 0.1);
    assert!(stats.is_thinned && stats.draw_calls > 30, "{stats:?}");
    assert!(renderer.is_unfinished());
    assert!(!renderer.needs_redraw(), "the camera has moved just now");
    renderer.complete(3.25);
    assert!(!renderer.needs_redraw());
    renderer.complete(3.31);
    assert!(renderer.needs_redraw());
    let stats = draw(&mut renderer, 0.1, 0.3);
    assert!(!stats.is_thinned && stats.draw_calls == 2, "{stats:?}");
    assert!(!renderer.is_unfinished() && !renderer.needs_redraw());

    // What is changed while the camera rests is drawn whole at once.
    renderer.set_world(1, Mat4::from_translation(Vec3::Z));
    assert!(!draw(&mut renderer, 0.1, 0.3).is_thinned);
}
