//! What a hub takes in: meshes of many frames from one publisher, and many publishers that move
//! spheres for several viewers. Prints figures and ratios against what the same bytes take
//! without a hub, in the same run.
//! `cargo run --release --example bench_hub`

use futures_util::StreamExt;
use scenecast::{
    Server,
    remote::{NdArray, Options, RemoteMeshes, RemoteSpheres, RemoteViewer},
};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const VERTICES: usize = 6890;
const FRAMES: usize = 1270;
const PUBLISHERS: usize = 50;
const SPHERES: usize = 1000;
const VIEWERS: usize = 10;
const RATE_HZ: u32 = 30;
const SECONDS: u64 = 5;

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    ingest()?;
    live()
}

/// 100 MB of frames in one message.
fn ingest() -> Result<(), Failure> {
    let bytes = 12 * VERTICES * FRAMES;
    let megabytes = bytes as f64 / 1e6;
    let baseline = loopback(bytes)?;
    let server = Server::builder().port(0).remote(0).start()?;
    let viewer = RemoteViewer::connect(server.hub().url())?;
    let mut best = Duration::MAX;
    for round in 0..5 {
        let frames = NdArray::from_f32(vec![FRAMES, VERTICES, 3], vec![0.5; bytes / 4])?;
        let faces = vec![[0_u32, 1, 2]];
        let begun = Instant::now();
        let mesh = RemoteMeshes::with(&viewer, frames, faces, Options::new())?;
        wait(|| server.hub().nodes().len() == 1);
        best = best.min(begun.elapsed());
        mesh.delete()?;
        wait(|| server.hub().nodes().is_empty());
        println!(
            "round {round}: {:.0} MB/s so far",
            megabytes / best.as_secs_f64()
        );
    }
    let share = baseline.as_secs_f64() / best.as_secs_f64();
    println!(
        "ingest of {megabytes:.0} MB: {:.0} MB/s; a bare loopback socket {:.0} MB/s; ratio {share:.2}",
        megabytes / best.as_secs_f64(),
        megabytes / baseline.as_secs_f64(),
    );
    Ok(())
}

/// How long so many bytes take through a socket of this machine.
fn loopback(bytes: usize) -> Result<Duration, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let reader = thread::spawn(move || -> std::io::Result<()> {
        let (mut stream, _) = listener.accept()?;
        let mut buffer = vec![0; 256 * 1024];
        while stream.read(&mut buffer)? > 0 {}
        Ok(())
    });
    let data = vec![0; bytes];
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(&data)?;
    drop(stream);
    reader.join().map_err(|_| "the reader panicked")??;
    Ok(begun.elapsed())
}

/// Publishers that overwrite their spheres, for viewers that read windows as fast as they come.
fn live() -> Result<(), Failure> {
    let server = Server::builder().port(0).remote(0).start()?;
    let windows: Arc<Vec<AtomicUsize>> =
        Arc::new((0..VIEWERS).map(|_| AtomicUsize::new(0)).collect());
    let runtime = tokio::runtime::Runtime::new()?;
    for viewer in 0..VIEWERS {
        let (port, windows) = (server.port(), Arc::clone(&windows));
        runtime.spawn(async move {
            if let Err(error) = watch(port, &windows[viewer]).await {
                println!("viewer {viewer}: {error}");
            }
        });
    }
    let stop = Arc::new(AtomicBool::new(false));
    let publishers: Vec<_> = (0..PUBLISHERS)
        .map(|_| {
            let (url, stop) = (server.hub().url().to_owned(), Arc::clone(&stop));
            thread::spawn(move || publish(&url, &stop))
        })
        .collect();
    wait(|| server.hub().nodes().len() == PUBLISHERS);
    let before: Vec<usize> = windows
        .iter()
        .map(|count| count.load(Ordering::Relaxed))
        .collect();
    thread::sleep(Duration::from_secs(SECONDS));
    let after: Vec<usize> = windows
        .iter()
        .map(|count| count.load(Ordering::Relaxed))
        .collect();
    stop.store(true, Ordering::Relaxed);
    let mut sent = 0;
    for publisher in publishers {
        sent += publisher.join().map_err(|_| "a publisher panicked")??;
    }
    let rates = before
        .iter()
        .zip(&after)
        .map(|(before, after)| (after - before) / SECONDS as usize);
    let (least, most) = (rates.clone().min(), rates.max());
    let rate = sent as f64 / (PUBLISHERS as u32 * RATE_HZ) as f64;
    println!(
        "{PUBLISHERS} publishers at {RATE_HZ} Hz with {SPHERES} spheres, {VIEWERS} viewers: windows a \
         second for a viewer {:?} to {:?}; updates that were sent for {rate:.1} s",
        least.unwrap_or(0),
        most.unwrap_or(0),
    );
    Ok(())
}

fn publish(url: &str, stop: &AtomicBool) -> Result<usize, Failure> {
    let viewer = RemoteViewer::connect(url)?;
    let spheres = RemoteSpheres::new(&viewer, vec![[0.0_f32; 3]; SPHERES])?;
    let begun = Instant::now();
    let mut sent = 0;
    while !stop.load(Ordering::Relaxed) {
        sent += 1;
        spheres.update_frames(vec![[sent as f32, 0.0, 0.0]; SPHERES], 0)?;
        let due = begun + Duration::from_secs(1) * sent / RATE_HZ;
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    Ok(sent as usize)
}

/// Counts the windows that a viewer gets.
async fn watch(port: u16, windows: &AtomicUsize) -> Result<(), Failure> {
    let mut request = format!("ws://127.0.0.1:{port}/").into_client_request()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "viser-v1.1.1".parse()?);
    let stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    let (mut socket, _) = tokio_tungstenite::client_async(request, stream).await?;
    while let Some(message) = socket.next().await {
        if message?.is_binary() {
            windows.fetch_add(1, Ordering::Relaxed);
        }
    }
    Ok(())
}

fn wait(mut is_so: impl FnMut() -> bool) {
    while !is_so() {
        thread::sleep(Duration::from_micros(200));
    }
}
