//! Instances of a batch in several levels of detail.

use std::f32::consts::{PI, TAU};

use glam::Vec3;
use scenecast_client::render::{Camera, Renderer};
use scenecast_gl::Headless;
use scenecast_protocol::scene::{BatchedMeshes, Lod};

use super::picture::Picture;
use crate::renderer;

/// The vertices and faces of a ball, whose triangles share their vertices.
fn ball(rings: u32) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
    let columns = 2 * rings;
    let mut vertices = Vec::new();
    for ring in 1..rings {
        let (height, radius) = (PI * ring as f32 / rings as f32).sin_cos();
        for column in 0..columns {
            let (x, y) = (TAU * column as f32 / columns as f32).sin_cos();
            vertices.push([height * x, height * y, radius]);
        }
    }
    let (top, bottom) = (vertices.len() as u32, vertices.len() as u32 + 1);
    vertices.extend([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]);
    let mut faces = Vec::new();
    for column in 0..columns {
        let next = (column + 1) % columns;
        let last = (rings - 2) * columns;
        faces.push([column, top, next]);
        faces.push([last + next, bottom, last + column]);
        for ring in 0..rings - 2 {
            let (here, below) = (ring * columns, (ring + 1) * columns);
            faces.push([here + column, here + next, below + column]);
            faces.push([below + column, here + next, below + next]);
        }
    }
    (vertices, faces)
}

/// Three balls of many triangles, at rising distances from the camera.
fn balls(lod: Lod) -> BatchedMeshes {
    let (vertices, faces) = ball(30);
    BatchedMeshes {
        lod,
        scale: 0.5.into(),
        ..BatchedMeshes::new(
            vertices,
            faces,
            vec![[1.0f32, 0.0, 0.0, 0.0]; 3],
            vec![[0.0f32, 0.0, 0.0], [3.0, 0.0, -5.0], [-8.0, 0.0, -16.0]],
        )
    }
}

#[test]
fn far_instances_are_drawn_with_fewer_triangles_and_look_alike() {
    let gl = Headless::new().unwrap();
    let camera = Camera::look_at(Vec3::new(0.0, 0.5, 2.0), Vec3::NEG_Z, Vec3::Y, 0.9);
    let drawn = |lod| {
        let mut renderer: Renderer = renderer(&gl).unwrap();
        renderer.insert(0, &balls(lod).into()).unwrap();
        Picture::draw(gl.context(), &mut renderer, &camera, [128, 128]).unwrap()
    };
    let (whole, stats) = drawn(Lod::Off);
    assert_eq!((stats.draw_calls, stats.instances), (1, 3));
    // Distances are in the node's frame: about 4, 10 and 22.
    let (simpler, stats) = drawn(Lod::Levels(vec![(6.0, 0.5), (15.0, 0.1)]));
    assert_eq!((stats.draw_calls, stats.instances), (3, 3));
    let (auto, stats) = drawn(Lod::Auto);
    assert_eq!((stats.draw_calls, stats.instances), (2, 3));
    for picture in [&simpler, &auto] {
        assert!(*picture != whole);
        let pixels = picture.pixels.iter().zip(&whole.pixels);
        let differing = pixels.filter(|([a, ..], [b, ..])| a.abs_diff(*b) > 24);
        assert!(differing.count() < 60);
    }
}
