//! Gaussian splats: one node, several among each other, in front of and behind other things.

use super::{Scene, shapes::noise};
use scenecast::{
    Result, Server,
    scene::{Box, Fog, GaussianSplats, Gaussians, Place},
};

pub(super) const SCENES: &[Scene] = &[
    ("splats_one", splats_one),
    ("splats_merged", splats_merged),
    ("splats_scaled", splats_scaled),
    ("splats_behind_fog", splats_behind_fog),
];

/// Flat and round splats in a ball.
fn ball(seed: u16, count: u16) -> Result<GaussianSplats> {
    let number =
        |splat: u16, channel: u16| noise(splat.wrapping_mul(7).wrapping_add(seed), channel);
    let centers = (0..count).map(|i| [0, 1, 2].map(|channel| 1.6 * number(i, channel) - 0.8));
    let centers: Vec<[f32; 3]> = centers.collect();
    let covariances = (0..count).map(|i| {
        let [a, b, c] = [3, 4, 5].map(|channel| 0.12 * number(i, channel) - 0.03);
        let d = 0.02 + 0.03 * number(i, 6);
        // The product of a triangular matrix with its transpose is a covariance.
        [
            [a * a + d * d, a * b, a * c],
            [a * b, b * b + d * d, b * c],
            [a * c, b * c, c * c + d * d],
        ]
    });
    let covariances: Vec<[[f32; 3]; 3]> = covariances.collect();
    let rgbs = centers
        .iter()
        .map(|center| center.map(|c| ((c + 0.8) * 159.0) as u8));
    let rgbs: Vec<[u8; 3]> = rgbs.collect();
    let opacities: Vec<f32> = (0..count).map(|i| 0.15 + 0.85 * number(i, 7)).collect();
    Gaussians {
        centers: &centers,
        covariances: &covariances,
        rgbs: &rgbs,
        opacities: &opacities,
    }
    .pack()
}

fn splats_one(server: &Server) -> Result<()> {
    server.scene().add("/splats", ball(1, 2500)?)?;
    Ok(())
}

fn splats_merged(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/a", ball(1, 1200)?)?;
    scene.add("/b", ball(2, 1200)?.at([0.6, 0.2, 0.1]))?;
    scene.add("/c", ball(3, 1200)?.at([0.2, 0.7, 0.3]))?;
    let hidden = scene.add("/hidden", ball(4, 1200)?)?;
    hidden.set_visible(false)?;
    let brick = Box::default().dimensions([0.8, 0.8, 0.8]);
    scene.add("/box", brick.color([200, 60, 60]).at([0.3, 0.3, 0.0]))?;
    Ok(())
}

fn splats_scaled(server: &Server) -> Result<()> {
    let scene = server.scene();
    scene.add("/flat", ball(1, 1500)?.scale([1.4, 1.0, 0.2]))?;
    scene.add("/small", ball(2, 1500)?.scale(0.4).at([0.0, 0.0, 0.9]))?;
    Ok(())
}

fn splats_behind_fog(server: &Server) -> Result<()> {
    server
        .scene()
        .configure_fog(Fog::new(2.0, 6.0).color([200, 220, 255]))?;
    server.scene().add("/splats", ball(5, 2500)?.scale(1.6))?;
    Ok(())
}
