//! The server's half of the benchmark: `bench_server SCENARIO PORT SECONDS [CLIENTS]`.
//!
//! Prints `ready` when the scene exists, waits for CLIENTS viewers, plays the scenario and prints
//! one JSON object as its last line. `cargo xtask bench server` runs it beside viser's server.

use rustix::time::{ClockId, clock_gettime};
use scenecast::{
    Array, Result, Server,
    gui::{GuiHandle, Slider, Text, UploadButton},
    scene::{Frame, Handle, Place, PointCloud, Points, Precision},
};
use serde_json::{Map, Value, json};
use std::{
    error::Error,
    fs,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// What a scenario reports.
type Report = Map<String, Value>;

/// How long to wait for viewers.
const WAIT: Duration = Duration::from_secs(20);

struct Bench {
    server: Server,
    seconds: Duration,
    clients: usize,
    random: Random,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [scenario, port, seconds, rest @ ..] = args.as_slice() else {
        return Err("usage: bench_server SCENARIO PORT SECONDS [CLIENTS]".into());
    };
    let mut bench = Bench {
        server: Server::builder().port(port.parse()?).start()?,
        seconds: Duration::from_secs_f64(seconds.parse()?),
        clients: rest.first().map_or(Ok(1), |clients| clients.parse())?,
        random: Random(0x9e37_79b9_7f4a_7c15),
    };
    let report = match scenario.as_str() {
        "marks" => bench.marks()?,
        "poses" => bench.poses(true)?,
        "poses_plain" => bench.poses(false)?,
        "cloud" => bench.cloud()?,
        "replay" => bench.replay()?,
        "push" => bench.push()?,
        "inbound" => bench.inbound()?,
        "flood" => bench.flood()?,
        "upload" => bench.upload()?,
        other => return Err(format!("there is no scenario `{other}`").into()),
    };
    let mut line =
        json!({ "scenario": scenario, "server": "scenecast", "peak_rss_mb": peak_rss_mb()? });
    if let Some(line) = line.as_object_mut() {
        line.extend(report);
    }
    println!("{line}");
    // Viewers leave in their own time: one that is closed counts as one that failed.
    thread::sleep(Duration::from_millis(1500));
    bench.server.stop();
    Ok(())
}

impl Bench {
    /// One small update now and then: latency when idle.
    fn marks(&mut self) -> Result<Report> {
        let mark = self.server.gui().add(Text::new("mark"))?;
        self.ready();
        self.ticking(Duration::from_micros(51_700), |_| set_mark(&mark))
    }

    /// 500 poses at 60 Hz, in one atomic block a tick or one by one.
    fn poses(&mut self, atomic: bool) -> Result<Report> {
        let frames = self.frames(500)?;
        let mark = self.server.gui().add(Text::new("mark"))?;
        self.ready();
        self.ticking(Duration::from_nanos(1_000_000_000 / 60), |bench| {
            let positions: Vec<[f64; 3]> = frames.iter().map(|_| bench.random.position()).collect();
            let tick = || -> Result<()> {
                for (frame, position) in frames.iter().zip(positions) {
                    frame.set_position(position)?;
                }
                set_mark(&mark)
            };
            if atomic {
                bench.server.atomic(tick)
            } else {
                tick()
            }
        })
    }

    /// A cloud of a million points, sent anew ten times a second.
    fn cloud(&mut self) -> Result<Report> {
        const POINTS: usize = 1_000_000;
        let positions: Vec<[f32; 3]> = (0..POINTS)
            .map(|_| self.random.position().map(|x| x as f32))
            .collect();
        let colors: Vec<[u8; 3]> = (0..POINTS)
            .map(|_| self.random.position().map(|x| (x * 255.0) as u8))
            .collect();
        let points = Points::f32(positions);
        let colors = Array::from(colors);
        self.ready();
        self.ticking(Duration::from_millis(100), |bench| {
            let cloud = PointCloud::new(points.clone())
                .precision(Precision::Float32)
                .colors(colors.clone());
            bench.server.scene().add("/pc", cloud).map(drop)
        })
    }

    /// 10,000 frames that are there before anyone comes.
    fn replay(&mut self) -> Result<Report> {
        for index in 0..10_000 {
            let frame = Frame::default().at(self.random.position());
            self.server.scene().add(&format!("/n/{index}"), frame)?;
        }
        println!("ready");
        let cpu = cpu_secs();
        thread::sleep(self.seconds);
        Ok(report([("cpu_s", json!(cpu_secs() - cpu))]))
    }

    /// Positions as fast as the API takes them.
    fn push(&mut self) -> Result<Report> {
        let frames = self.frames(1000)?;
        self.ready();
        let (cpu, start) = (cpu_secs(), Instant::now());
        let mut calls = 0_u64;
        while start.elapsed() < self.seconds {
            for (index, frame) in frames.iter().enumerate() {
                frame.set_position([index as f64, calls as f64, 0.5])?;
            }
            calls += frames.len() as u64;
        }
        Ok(report([
            ("calls", json!(calls)),
            (
                "calls_per_s",
                json!(calls as f64 / start.elapsed().as_secs_f64()),
            ),
            ("cpu_s", json!(cpu_secs() - cpu)),
        ]))
    }

    /// A viewer floods a slider once.
    fn inbound(&mut self) -> Result<Report> {
        let got = self.counted_slider()?;
        println!("ready");
        thread::sleep(self.seconds);
        Ok(got
            .lock()
            .map_or_else(|_| Report::new(), |got| got.report()))
    }

    /// A viewer floods a slider all the time, while others see a mark change.
    fn flood(&mut self) -> Result<Report> {
        let got = self.counted_slider()?;
        let mark = self.server.gui().add(Text::new("mark"))?;
        self.ready();
        self.ticking(Duration::from_millis(10), |_| set_mark(&mark))?;
        Ok(got
            .lock()
            .map_or_else(|_| Report::new(), |got| got.report()))
    }

    fn counted_slider(&self) -> Result<Arc<Mutex<Got>>> {
        let slider = Slider::new("s", 0.0..=100.0).step(1.0);
        let slider = self.server.gui().add(slider)?;
        let got = Arc::new(Mutex::new(Got::default()));
        let counted = Arc::clone(&got);
        let _ = slider.on_update(move |_| {
            if let Ok(mut got) = counted.lock() {
                let now = Instant::now();
                got.calls += 1;
                got.first.get_or_insert(now);
                got.last = Some(now);
            }
        });
        Ok(got)
    }

    /// A viewer uploads a file of 200 MiB.
    fn upload(&mut self) -> Result<Report> {
        let button = self.server.gui().add(UploadButton::new("u"))?;
        let (send, files) = std::sync::mpsc::channel();
        let _ = button.on_upload(move |event| {
            // Nobody waits any more where time was up.
            let _ = send.send(event.value.clone());
        });
        self.ready();
        let (before, cpu, start) = (peak_rss_mb(), cpu_secs(), Instant::now());
        let file = files.recv_timeout(self.seconds).ok().flatten();
        let took = start.elapsed().as_secs_f64();
        let bytes = file.map_or(0, |file| file.size());
        let grown = peak_rss_mb()
            .ok()
            .zip(before.ok())
            .map(|(after, before)| after - before);
        Ok(report([
            ("MBps", json!(bytes as f64 / took / 1e6)),
            ("bytes", json!(bytes)),
            ("grown_mb", json!(grown)),
            ("cpu_s", json!(cpu_secs() - cpu)),
        ]))
    }

    fn frames(&self, count: usize) -> Result<Vec<Handle<Frame>>> {
        let scene = self.server.scene();
        (0..count)
            .map(|index| scene.add(&format!("/n/{index}"), Frame::default().show_axes(false)))
            .collect()
    }

    /// Says so, and waits for the viewers.
    fn ready(&self) {
        println!("ready");
        let start = Instant::now();
        while self.server.clients().len() < self.clients && start.elapsed() < WAIT {
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Calls `tick` at a fixed rate.
    fn ticking(
        &mut self,
        period: Duration,
        mut tick: impl FnMut(&mut Self) -> Result<()>,
    ) -> Result<Report> {
        let (cpu, start) = (cpu_secs(), Instant::now());
        let mut ticks = 0_u32;
        while start.elapsed() < self.seconds {
            tick(self)?;
            ticks += 1;
            let next = start + period * ticks;
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(report([
            ("ticks", json!(ticks)),
            ("cpu_s", json!(cpu_secs() - cpu)),
            ("wall", json!(start.elapsed().as_secs_f64())),
        ]))
    }
}

/// Calls of a callback.
#[derive(Default)]
struct Got {
    calls: u64,
    first: Option<Instant>,
    last: Option<Instant>,
}

impl Got {
    fn report(&self) -> Report {
        let took = self.first.zip(self.last).map(|(first, last)| last - first);
        let took = took.map_or(0.0, |took| took.as_secs_f64()).max(1e-9);
        report([
            ("callbacks", json!(self.calls)),
            ("per_s", json!(self.calls as f64 / took)),
            ("cpu_s", json!(cpu_secs())),
        ])
    }
}

fn report<const N: usize>(fields: [(&str, Value); N]) -> Report {
    fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
}

/// Writes the time into the text, for viewers to compare with theirs.
fn set_mark(mark: &GuiHandle<Text>) -> Result<()> {
    mark.set_value(format!("t={:.6}", clock_secs(ClockId::Monotonic)))
}

fn clock_secs(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

fn cpu_secs() -> f64 {
    clock_secs(ClockId::ProcessCPUTime)
}

/// The most memory that this process has had.
fn peak_rss_mb() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    Ok(kib
        .ok_or("/proc/self/status has no VmHWM")?
        .parse::<f64>()?
        / 1024.0)
}

/// A small generator: the numbers only have to differ.
struct Random(u64);

impl Random {
    fn position(&mut self) -> [f64; 3] {
        [(); 3].map(|()| {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        })
    }
}
