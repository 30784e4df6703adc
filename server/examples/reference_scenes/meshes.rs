//! Triangle meshes: alone, many in a node, and with bones.

use super::{
    Scene,
    shapes::{Surface, motley, scattered, surface, torus, turns},
};
use scenecast::{
    Array, Result, Server, Wxyz,
    scene::{BatchedMeshes, Lod, Material, Mesh, Place, Side, SkinnedMesh},
};
use std::f32::consts::TAU;

pub(super) const SCENES: &[Scene] = &[
    ("mesh_shading", mesh_shading),
    ("mesh_sides", mesh_sides),
    ("mesh_dense", mesh_dense),
    ("batched_meshes", batched_meshes),
    ("batched_looks", batched_looks),
    ("batched_opacities", batched_opacities),
    ("skinned_mesh", skinned_mesh),
    ("skinned_looks", skinned_looks),
];

fn mesh_shading(server: &Server) -> Result<()> {
    let Surface {
        vertices, faces, ..
    } = torus([24, 12], 0.4, 0.16);
    let plain = Mesh::new(vertices, faces);
    let looks = [
        plain.clone(),
        plain.clone().flat_shading(true),
        plain.clone().wireframe(true),
        plain.clone().opacity(Some(0.5)),
        plain.clone().material(Material::Toon3),
        plain.material(Material::Toon5),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let [x, y] = [index % 3, index / 3].map(|i| i as f64);
        let place = [1.3 * x - 1.3, 1.3 * y - 0.6, 0.0];
        server
            .scene()
            .add(&format!("/{index}"), look.color([230, 120, 200]).at(place))?;
    }
    Ok(())
}

/// A sheet that rolls up, so that both sides are seen.
fn roll() -> Surface {
    surface([40, 8], |u, v| {
        let (sin, cos) = (1.5 * TAU * u).sin_cos();
        let radius = 0.15 + 0.25 * u;
        [radius * cos, radius * sin, 0.8 * v - 0.4]
    })
}

fn mesh_sides(server: &Server) -> Result<()> {
    let Surface {
        vertices, faces, ..
    } = roll();
    for (index, side) in [Side::Front, Side::Back, Side::Double]
        .into_iter()
        .enumerate()
    {
        let sheet = Mesh::new(&vertices, &faces)
            .color([240, 160, 60])
            .side(side);
        let scene = server.scene();
        let x = index as f64 - 1.0;
        scene.add(
            &format!("/smooth_{index}"),
            sheet.clone().at([x, -0.5, 0.0]),
        )?;
        scene.add(
            &format!("/flat_{index}"),
            sheet.flat_shading(true).at([x, 0.5, 0.0]),
        )?;
    }
    Ok(())
}

fn mesh_dense(server: &Server) -> Result<()> {
    let Surface {
        vertices, faces, ..
    } = surface([200, 200], |u, v| {
        let [x, y] = [u, v].map(|c| 2.6 * c - 1.3);
        [x, y, 0.25 * (6.0 * x).sin() * (5.0 * y).cos()]
    });
    server
        .scene()
        .add("/hills", Mesh::new(vertices, faces).side(Side::Double))?;
    Ok(())
}

fn batch(count: u16) -> BatchedMeshes {
    let Surface {
        vertices, faces, ..
    } = torus([16, 8], 0.16, 0.06);
    let places = scattered(count, 1.1);
    let batch = BatchedMeshes::new(vertices, faces, turns(count, [1.0, 0.5, 0.2], 0.7), places);
    batch.batched_colors(motley(count)).lod(Lod::Off)
}

fn batched_meshes(server: &Server) -> Result<()> {
    let sizes: Vec<f32> = (0..80_u16).map(|i| 0.6 + 0.02 * f32::from(i)).collect();
    server
        .scene()
        .add("/batch", batch(80).batched_scales(Array::from(sizes)))?;
    Ok(())
}

fn batched_looks(server: &Server) -> Result<()> {
    let few = batch(12).batched_colors([[230, 140, 40]]);
    let looks = [
        few.clone().flat_shading(true),
        few.clone().wireframe(true),
        few.clone().material(Material::Toon3),
        few.clone().opacity(Some(0.5)),
        few.side(Side::Back).scale([1.0, 1.0, 1.6]),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let place = [0.9 * index as f64 - 1.8, 0.6 * (index % 2) as f64, 0.0];
        server.scene().add(&format!("/{index}"), look.at(place))?;
    }
    Ok(())
}

fn batched_opacities(server: &Server) -> Result<()> {
    let opacities: Vec<f32> = (0..40_u16).map(|i| 0.1 + 0.0225 * f32::from(i)).collect();
    let batch = batch(40).batched_opacities(Array::from(opacities));
    server.scene().add("/batch", batch.scale(1.4))?;
    Ok(())
}

/// A tube along z with bones at 0, 1 and 2.
fn tube() -> SkinnedMesh {
    let Surface {
        vertices, faces, ..
    } = surface([24, 24], |u, v| {
        let (sin, cos) = (TAU * u).sin_cos();
        [0.25 * cos, 0.25 * sin, 2.0 * v]
    });
    let reach = |z: f32| [0.0, 1.0, 2.0].map(|bone| (1.0 - (z - bone).abs()).max(0.0));
    let weights: Vec<f32> = vertices.iter().flat_map(|[.., z]| reach(*z)).collect();
    let still = [[1.0, 0.0, 0.0, 0.0]; 3];
    let bones = [[0.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 2.0]];
    SkinnedMesh::new(vertices, faces, still, bones, &weights)
}

fn skinned_mesh(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/at_rest", tube().at([-1.3, 0.0, -0.8]))?;
    let bent = scene.add("/bent", tube().color([240, 160, 60]).at([0.0, 0.0, -0.8]))?;
    bent.bone(1)?
        .set_wxyz(Wxyz::from_axis_angle([0.0, 1.0, 0.0], 0.8))?;
    bent.bone(2)?
        .set_wxyz(Wxyz::from_axis_angle([0.0, 1.0, 0.0], 1.6))?;
    bent.bone(2)?.set_position([0.7, 0.0, 1.6])?;
    let twisted = scene.add("/twisted", tube().at([1.3, 0.0, -0.8]))?;
    twisted
        .bone(2)?
        .set_wxyz(Wxyz::from_axis_angle([0.0, 0.0, 1.0], 2.0))?;
    twisted.bone(1)?.set_position([0.3, 0.2, 1.0])?;
    Ok(())
}

fn skinned_looks(server: &Server) -> Result<()> {
    let looks = [
        tube().flat_shading(true),
        tube().wireframe(true),
        tube().opacity(Some(0.5)).side(Side::Double),
        tube().material(Material::Toon5),
    ];
    for (index, look) in looks.into_iter().enumerate() {
        let place = [1.1 * index as f64 - 1.6, 0.0, -0.8];
        let node = look.color([220, 90, 120]).at(place);
        let node = server.scene().add(&format!("/{index}"), node)?;
        node.bone(2)?.set_position([0.5, 0.0, 1.8])?;
    }
    Ok(())
}
