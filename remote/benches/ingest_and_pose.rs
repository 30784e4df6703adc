//! How fast messages are read and applied, and bodies posed, each as a ratio to copying or
//! reading the same bytes in the same run: `cargo bench -p scenecast-remote`.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use scenecast_remote::pickle::Limits;
use scenecast_remote::scene::SceneLimits;
use scenecast_remote::smpl::{BodyModel, ModelFolder};
use scenecast_remote::{Dtype, Kind, Message, NdArray, Scene};

const VERTICES: usize = 6890;
const JOINTS: usize = 24;
const POSES: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    ingest(Dtype::F32)?;
    ingest(Dtype::F64)?;
    pose()
}

/// The best of several runs, in seconds.
fn best(mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..5).map(time).fold(f64::INFINITY, f64::min)
}

/// 100 MB of frames of one mesh, in messages of ten.
fn ingest(dtype: Dtype) -> Result<(), Box<dyn Error>> {
    let frame = VERTICES * 3 * dtype.size();
    let bytes: bytes::Bytes = vec![1; 10 * frame].into();
    let array = |frames: usize| {
        NdArray::new(
            dtype,
            vec![frames, VERTICES, 3],
            bytes.slice(..frames * frame),
        )
    };
    let faces = NdArray::from(vec![[0_u32, 1, 2]]);
    let create = [("vertices", array(1)?.into()), ("faces", faces.into())];
    let create = Message::new(Kind::Meshes, Some(1), create).encode()?;
    let add = Message::new(Kind::AddFrames, Some(1), [("vertices", array(10)?.into())]).encode()?;
    let messages = (100 << 20) / add.len();
    let models = Arc::new(ModelFolder::new("none"));
    let mut failed = None;
    let seconds = best(|| {
        let mut scene = Scene::new(models.clone(), SceneLimits::default());
        for payload in std::iter::once(&create).chain(std::iter::repeat_n(&add, messages)) {
            let message = Message::decode(payload, &Limits::default());
            if let Err(error) = message.map(|message| scene.apply(1, message)) {
                failed = Some(error);
            }
        }
        black_box(&scene);
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    let copying = best(|| {
        for _ in 0..messages {
            black_box(add.to_vec());
        }
    });
    let megabytes = (messages * add.len()) as f64 / 1e6;
    println!(
        "ingest {}: {:.0} MB/s, {:.1} times the time of a copy",
        dtype.code(),
        megabytes / seconds,
        seconds / copying
    );
    Ok(())
}

/// A thousand poses of a body as large as SMPL's, of random numbers.
fn pose() -> Result<(), Box<dyn Error>> {
    let mut state = 1_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 40) as f32 / (1 << 24) as f32 - 0.5
    };
    let model = BodyModel::from_arrays(|name| {
        let (shape, scale): (Vec<usize>, f32) = match name {
            "v_template" => (vec![VERTICES, 3], 1.0),
            "shapedirs" => (vec![VERTICES, 3, 10], 0.01),
            "posedirs" => (vec![VERTICES, 3, 9 * (JOINTS - 1)], 0.01),
            "J_regressor" => (vec![JOINTS, VERTICES], 0.001),
            "f" => {
                let triangle =
                    |at: usize| [at % VERTICES, (at + 1) % VERTICES, (at + 2) % VERTICES];
                let faces = (0..13776).map(|at| triangle(at).map(|vertex| vertex as u32));
                return Ok(faces.collect::<Vec<_>>().into());
            }
            "kintree_table" => {
                let parents = (0..JOINTS).map(|joint| joint.saturating_sub(1) as f32);
                let numbers = parents.chain((0..JOINTS).map(|joint| joint as f32));
                return Ok(NdArray::from_f32(vec![2, JOINTS], numbers.collect())?);
            }
            // Four joints a vertex, as in SMPL.
            _ => {
                let weight = |vertex: usize, joint: usize| {
                    if (joint + JOINTS - vertex % JOINTS) % JOINTS < 4 {
                        0.25
                    } else {
                        0.0
                    }
                };
                let weights = (0..VERTICES * JOINTS).map(|at| weight(at / JOINTS, at % JOINTS));
                return Ok(NdArray::from_f32(
                    vec![VERTICES, JOINTS],
                    weights.collect(),
                )?);
            }
        };
        let count = shape.iter().product();
        let numbers = (0..count).map(|_| scale * random());
        Ok(NdArray::from_f32(shape, numbers.collect())?)
    })?;
    let shaped = model.shape(&[0.5; 10], &[]);
    let poses: Vec<Vec<[f32; 3]>> = (0..POSES)
        .map(|pose| vec![[0.001 * pose as f32, 0.1, -0.1]; JOINTS])
        .collect();
    let poses: Vec<(&[[f32; 3]], [f32; 3])> = poses
        .iter()
        .map(|pose| (pose.as_slice(), [0.0; 3]))
        .collect();
    let posing = best(|| {
        for (pose, at) in &poses {
            black_box(model.pose(&shaped, pose, *at));
        }
    });
    // A pose cannot be had without reading the pose blend shapes once.
    let directions = vec![0.5_f32; VERTICES * 3 * 9 * (JOINTS - 1)];
    let reading = best(|| {
        for _ in 0..POSES / 10 {
            let lanes = directions.as_chunks::<8>().0.iter();
            let sums = lanes.fold([0.0_f32; 8], |mut sums, lane| {
                sums.iter_mut()
                    .zip(lane)
                    .for_each(|(sum, value)| *sum += value);
                sums
            });
            black_box(sums);
        }
    });
    println!(
        "{POSES} poses of {VERTICES} vertices: {posing:.2} s, {:.1} times the time of reading \
         the blend shapes",
        posing / (10.0 * reading)
    );
    Ok(())
}
