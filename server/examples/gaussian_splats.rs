//! Gaussian splats along a helix, each flattened along its way:
//! `cargo run --example gaussian_splats [PORT]`

use scenecast::{Server, scene::Gaussians};
use std::f32::consts::TAU;

const SPLATS: u16 = 3000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |p| p.parse())?;
    let server = Server::builder().port(port).start()?;
    let shares = || (0..SPLATS).map(|i| f32::from(i) / f32::from(SPLATS));
    let angle = |share: f32| 4.0 * share * TAU;
    let centers: Vec<[f32; 3]> = shares()
        .map(|share| [angle(share).cos(), angle(share).sin(), 2.0 * share - 1.0])
        .collect();
    // Long across the radius: the outer product of that direction with itself.
    let covariances: Vec<[[f32; 3]; 3]> = shares()
        .map(|share| {
            let (x, y) = (-angle(share).sin(), angle(share).cos());
            let (long, thin) = (0.004, 0.0004);
            [
                [long * x * x + thin, long * x * y, 0.0],
                [long * x * y, long * y * y + thin, 0.0],
                [0.0, 0.0, thin],
            ]
        })
        .collect();
    let rgbs: Vec<[u8; 3]> = shares()
        .map(|share| [(255.0 * share) as u8, 90, (255.0 * (1.0 - share)) as u8])
        .collect();
    let gaussians = Gaussians {
        centers: &centers,
        covariances: &covariances,
        rgbs: &rgbs,
        opacities: &vec![0.8; SPLATS.into()],
    };
    server.scene().add("/helix", gaussians.pack()?)?;
    println!("open {}", server.url());
    server.wait();
    Ok(())
}
