//! A torus in one colour, as wires, with a colour for each vertex, and with a texture:
//! `cargo run --example meshes [PORT]`

use scenecast::{
    Server,
    scene::{GlbMesh, Mesh, Picture, Place},
};
use std::f32::consts::TAU;

const AROUND: u16 = 48;
const ACROSS: u16 = 24;

/// A torus around the z axis: vertices, triangles, and where on a texture each vertex lies.
#[allow(clippy::type_complexity)]
fn torus() -> (Vec<[f32; 3]>, Vec<[u32; 3]>, Vec<[f32; 2]>) {
    let (mut vertices, mut faces, mut uvs) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..=AROUND {
        for j in 0..=ACROSS {
            let (u, v) = (
                f32::from(i) / f32::from(AROUND),
                f32::from(j) / f32::from(ACROSS),
            );
            let radius = 0.8 + 0.3 * (TAU * v).cos();
            let (sin, cos) = (TAU * u).sin_cos();
            vertices.push([radius * cos, radius * sin, 0.3 * (TAU * v).sin()]);
            uvs.push([u, v]);
            if i < AROUND && j < ACROSS {
                let at = |i: u16, j: u16| u32::from(i * (ACROSS + 1) + j);
                let corners = [at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)];
                faces.push([corners[0], corners[1], corners[2]]);
                faces.push([corners[0], corners[2], corners[3]]);
            }
        }
    }
    (vertices, faces, uvs)
}

/// A checkerboard.
fn checkerboard() -> scenecast::Result<Picture> {
    let squares = (0..64).flat_map(|y| (0..256).map(move |x| (x / 16 + y / 16) % 2));
    let pixels = squares.flat_map(|dark| {
        if dark == 1 {
            [40, 60, 160]
        } else {
            [250, 240, 220]
        }
    });
    Picture::rgb(256, 64, pixels.collect::<Vec<u8>>())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let scene = server.scene();
    let (vertices, faces, uvs) = torus();
    let plain = Mesh::new(&vertices, &faces).color([220, 70, 60]);
    scene.add("/plain", plain.clone().at([-1.3, -1.3, 0.0]))?;
    scene.add("/wires", plain.wireframe(true).at([1.3, -1.3, 0.0]))?;
    let colors: Vec<[u8; 4]> = uvs
        .iter()
        .map(|[u, _]| [(255.0 * u) as u8, 200, (255.0 * (1.0 - u)) as u8, 255])
        .collect();
    let colored = GlbMesh::new(&vertices, &faces).vertex_colors(colors);
    scene.add("/colored", colored.to_glb()?.at([-1.3, 1.3, 0.0]))?;
    let checked = GlbMesh::new(&vertices, &faces).texture(uvs, checkerboard()?.png());
    scene.add("/textured", checked.to_glb()?.at([1.3, 1.3, 0.0]))?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
