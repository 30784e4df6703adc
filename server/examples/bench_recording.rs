//! Records what a file holds, for `cargo xtask bench recording`:
//! `bench_recording clouds-f32|clouds-f16|poses DATA STEPS COUNT OUT.viser`.
//!
//! Each step of DATA has COUNT positions of three f32; for clouds also as many colours. Prints, as
//! JSON, seconds spent on saying it and on serializing it, and the peak of memory.

use scenecast::{
    Server,
    scene::{Frame, PointCloud, Precision},
};
use std::{
    error::Error,
    fs::{self, File},
    io::{BufReader, Read},
    time::{Duration, Instant},
};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, data, steps, count, out] = args.as_slice() else {
        return Err("usage: bench_recording KIND DATA STEPS COUNT OUT.viser".into());
    };
    let (steps, count): (u32, usize) = (steps.parse()?, count.parse()?);
    let mut data = BufReader::with_capacity(1 << 20, File::open(data)?);
    let server = Server::builder().port(0).start()?;
    let scene = server.scene();
    let frames: Vec<_> = match kind.as_str() {
        "poses" => (0..count)
            .map(|i| scene.add(&format!("/frame{i}"), Frame::default()))
            .collect::<Result<_, _>>()?,
        _ => Vec::new(),
    };
    let serializer = server.get_scene_serializer();
    let mut saying = Duration::ZERO;
    for _ in 0..steps {
        let positions: Vec<[f32; 3]> = read(&mut data, count, |bytes: [u8; 12]| {
            let at =
                |i: usize| f32::from_le_bytes([bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]]);
            [at(0), at(4), at(8)]
        })?;
        if kind == "poses" {
            let start = Instant::now();
            for (frame, position) in frames.iter().zip(positions) {
                frame.set_position(position)?;
            }
            saying += start.elapsed();
        } else {
            let colors: Vec<[u8; 3]> = read(&mut data, count, |bytes: [u8; 3]| bytes)?;
            let start = Instant::now();
            let precision = match kind.as_str() {
                "clouds-f16" => Precision::Float16,
                _ => Precision::Float32,
            };
            let cloud = PointCloud::new(positions).precision(precision);
            scene.add("/cloud", cloud.colors(colors))?;
            saying += start.elapsed();
        }
        serializer.insert_sleep(1.0 / 30.0)?;
    }
    let start = Instant::now();
    serializer.save(out)?;
    let serializing = start.elapsed();
    println!(
        "{{\"say_s\": {}, \"serialize_s\": {}, \"rss_mb\": {}}}",
        saying.as_secs_f64(),
        serializing.as_secs_f64(),
        peak_rss_mb()?
    );
    Ok(())
}

fn read<const N: usize, T>(
    data: &mut impl Read,
    count: usize,
    item: impl Fn([u8; N]) -> T,
) -> Result<Vec<T>, Box<dyn Error>> {
    let mut bytes = vec![0; count * N];
    data.read_exact(&mut bytes)?;
    let (items, _) = bytes.as_chunks::<N>();
    Ok(items.iter().map(|bytes| item(*bytes)).collect())
}

fn peak_rss_mb() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    Ok(kilobytes.ok_or("no VmHWM")?.parse::<f64>()? / 1024.0)
}
