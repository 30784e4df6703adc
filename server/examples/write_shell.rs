//! Writes `server/assets/shell.ply`, the demo's sea shell:
//! `cargo run --example write_shell > server/assets/shell.ply`.

use std::{
    f64::consts::TAU,
    io::{self, Write},
};

/// Steps along the spiral and around its tube.
const ALONG: usize = 220;
const AROUND: usize = 28;

const TURNS: f64 = 6.0;

/// How much the shell grows with each turn.
const GROWTH: f64 = 1.75;

const CREAM: [u8; 3] = [244, 232, 210];
const SAND: [u8; 3] = [222, 184, 135];
const RUST: [u8; 3] = [168, 92, 56];
const ROSE: [u8; 3] = [232, 160, 148];

fn main() -> io::Result<()> {
    let faces = (ALONG - 1) * AROUND * 2;
    let mut out = io::BufWriter::new(io::stdout().lock());
    write!(
        out,
        "ply\nformat binary_little_endian 1.0\ncomment A sea shell, made by write_shell.rs\n\
         element vertex {}\nproperty float x\nproperty float y\nproperty float z\n\
         property uchar red\nproperty uchar green\nproperty uchar blue\n\
         element face {faces}\nproperty list uchar ushort vertex_indices\nend_header\n",
        ALONG * AROUND
    )?;
    for along in 0..ALONG {
        for around in 0..AROUND {
            let (position, color) = vertex(along, around);
            for coordinate in position {
                out.write_all(&(coordinate as f32).to_le_bytes())?;
            }
            out.write_all(&color)?;
        }
    }
    for along in 0..ALONG - 1 {
        for around in 0..AROUND {
            let corner = |a: usize, b: usize| (a * AROUND + b % AROUND) as u16;
            let (a, b) = (corner(along, around), corner(along + 1, around));
            let (c, d) = (corner(along + 1, around + 1), corner(along, around + 1));
            for triangle in [[a, c, b], [a, d, c]] {
                out.write_all(&[3])?;
                for index in triangle {
                    out.write_all(&index.to_le_bytes())?;
                }
            }
        }
    }
    out.flush()
}

/// A point of the tube that winds down around z and grows as it goes. The tip is at the top, one
/// unit above the mouth.
fn vertex(along: usize, around: usize) -> ([f64; 3], [u8; 3]) {
    let turn = TURNS * along as f64 / (ALONG - 1) as f64;
    let angle = TAU * turn;
    let size = GROWTH.powf(turn - TURNS);
    let tube = TAU * around as f64 / AROUND as f64;
    // Ribs, and a lip that flares at the mouth.
    let rib =
        1.0 + 0.05 * (10.0 * angle).sin().max(0.0) + 0.15 * (turn - TURNS + 0.12).max(0.0) / 0.12;
    let radius = size * (0.30 + 0.21 * tube.cos() * rib);
    let height = 1.05 * (1.0 - size) + 0.25 * size * tube.sin() * rib;
    let color = match (
        turn - TURNS > -0.03,
        (5.0 * angle).sin(),
        (3.0 * tube).sin(),
    ) {
        (true, ..) => ROSE,
        (_, along, _) if along > 0.72 => RUST,
        (_, _, around) if around > 0.75 => SAND,
        _ => CREAM,
    };
    ([radius * angle.cos(), radius * angle.sin(), height], color)
}
