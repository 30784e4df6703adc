//! One viewer of the load: connects, shows a camera, reads.

use crate::{clock::monotonic_secs, window::Window};
use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use rmpv::Value;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{
        Message,
        client::IntoClientRequest,
        protocol::{WebSocketConfig, frame::coding::CloseCode},
    },
};

/// Of a file.
const PART_BYTES: u64 = 512 * 1024;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a viewer does.
#[derive(Clone)]
pub struct Plan {
    /// The server's WebSocket address.
    pub url: String,
    /// The protocol's version, such as `1.1.1`.
    pub version: String,
    /// When to stop reading.
    pub until: Instant,
    /// Stop at the end of the replay.
    pub until_replay: bool,
    /// Decode every window.
    pub decode: bool,
    /// How many values to send to the first slider seen.
    pub flood: u64,
    /// Send as many again and again.
    pub endless: bool,
    /// How many bytes to send to the first upload button seen.
    pub upload: u64,
}

/// What a viewer saw.
#[derive(Default)]
pub struct Seen {
    /// Windows, and their bytes.
    pub frames: u64,
    /// Bytes of all windows.
    pub bytes: u64,
    /// Messages by type, of the windows that were decoded.
    pub types: BTreeMap<String, u64>,
    /// Seconds from an API call in the server to the arrival of what it caused.
    pub latencies: Vec<f64>,
    /// Seconds from connecting to the end of the replay.
    pub replay_secs: Option<f64>,
    /// Seconds that connecting took.
    pub connect_secs: f64,
    /// Why it ended early.
    pub error: Option<String>,
}

/// Runs a viewer to its end. What goes wrong is part of the result: the other viewers go on.
pub async fn run(plan: Plan) -> Seen {
    let mut seen = Seen::default();
    if let Err(error) = watch(&plan, &mut seen).await {
        seen.error = Some(format!("{error:#}"));
    }
    seen
}

async fn watch(plan: &Plan, seen: &mut Seen) -> Result<()> {
    let started = monotonic_secs();
    let mut socket = connect(plan).await?;
    seen.connect_secs = monotonic_secs() - started;
    socket.send(binary(&camera())?).await?;

    let mut flooded = plan.flood == 0;
    let mut uploaded = plan.upload == 0;
    loop {
        let left = plan.until.saturating_duration_since(Instant::now());
        if left == Duration::ZERO {
            return Ok(());
        }
        let Ok(next) = tokio::time::timeout(left, socket.next()).await else {
            return Ok(());
        };
        let frame = match next.context("the server closed the connection")?? {
            Message::Binary(frame) => frame,
            // The scenario is over.
            Message::Close(Some(frame)) if frame.code == CloseCode::Away && !plan.until_replay => {
                return Ok(());
            }
            Message::Close(reason) => bail!("the server closed the connection: {reason:?}"),
            _ => continue,
        };
        let now = monotonic_secs();
        seen.frames += 1;
        seen.bytes += frame.len() as u64;
        if !(plan.decode || plan.until_replay) {
            continue;
        }
        let window = Window::decode(&frame)?;
        let ended = window.types.contains_key("ReplayDoneMessage");
        seen.latencies
            .extend(window.marks.iter().map(|mark| now - mark));
        for (kind, count) in window.types {
            *seen.types.entry(kind).or_default() += count;
        }
        if ended && seen.replay_secs.is_none() {
            seen.replay_secs = Some(now - started);
        }
        if plan.until_replay && ended {
            return Ok(());
        }
        if let (false, Some(slider)) = (flooded, window.slider) {
            flooded = true;
            if flood(&mut socket, &slider, plan).await.is_err() && !plan.endless {
                bail!("the server closed the connection while it was flooded");
            }
        }
        if let (false, Some(button)) = (uploaded, window.upload_button) {
            uploaded = true;
            upload(&mut socket, &button, plan.upload).await?;
        }
    }
}

async fn connect(plan: &Plan) -> Result<Socket> {
    let mut request = plan.url.as_str().into_client_request()?;
    let protocol = format!("viser-v{}", plan.version).parse()?;
    request
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", protocol);
    // A browser accepts messages of any size.
    let config = WebSocketConfig::default()
        .max_message_size(None)
        .max_frame_size(None);
    let (socket, _) = connect_async_with_config(request, Some(config), true).await?;
    Ok(socket)
}

/// Sends the values, which are encoded before: the load must not wait for itself.
async fn flood(socket: &mut Socket, slider: &str, plan: &Plan) -> Result<()> {
    let mut updates = Vec::new();
    for index in 0..plan.flood {
        let value = Value::F64((index % 100) as f64);
        let update = map(&[
            ("type", "GuiUpdateMessage".into()),
            ("uuid", slider.into()),
            ("updates", map(&[("value", value)])),
        ]);
        updates.push(binary(&update)?);
    }
    loop {
        for update in &updates {
            socket.feed(update.clone()).await?;
        }
        socket.flush().await?;
        if !plan.endless || Instant::now() >= plan.until {
            return Ok(());
        }
    }
}

/// Sends a file, in parts as viser's client does.
async fn upload(socket: &mut Socket, button: &str, bytes: u64) -> Result<()> {
    let parts = bytes.div_ceil(PART_BYTES);
    let start = map(&[
        ("type", "FileTransferStartUpload".into()),
        ("source_component_uuid", button.into()),
        ("transfer_uuid", "t".into()),
        ("filename", "scan.ply".into()),
        ("mime_type", "".into()),
        ("part_count", parts.into()),
        ("size_bytes", bytes.into()),
    ]);
    socket.send(binary(&start)?).await?;
    for part in 0..parts {
        let length = PART_BYTES.min(bytes - part * PART_BYTES);
        let content = vec![part as u8; length as usize];
        let message = map(&[
            ("type", "FileTransferPart".into()),
            ("source_component_uuid", button.into()),
            ("transfer_uuid", "t".into()),
            ("part_index", part.into()),
            ("content", Value::Binary(content)),
        ]);
        socket.send(binary(&message)?).await?;
    }
    Ok(())
}

/// A browser tells its camera as soon as it is connected; servers count it as a client from then.
fn camera() -> Value {
    let floats = |values: &[f64]| Value::Array(values.iter().map(|&v| Value::F64(v)).collect());
    map(&[
        ("type", "ViewerCameraMessage".into()),
        ("wxyz", floats(&[1.0, 0.0, 0.0, 0.0])),
        ("position", floats(&[3.0, 3.0, 3.0])),
        ("fov", Value::F64(1.3)),
        ("near", Value::F64(0.01)),
        ("far", Value::F64(1000.0)),
        ("image_height", 600.into()),
        ("image_width", 800.into()),
        ("look_at", floats(&[0.0, 0.0, 0.0])),
        ("up_direction", floats(&[0.0, 0.0, 1.0])),
    ])
}

fn map(entries: &[(&str, Value)]) -> Value {
    let entries = entries.iter().cloned();
    Value::Map(entries.map(|(name, value)| (name.into(), value)).collect())
}

fn binary(value: &Value) -> Result<Message> {
    let mut bytes = Vec::new();
    rmpv::encode::write_value(&mut bytes, value)?;
    Ok(Message::Binary(bytes.into()))
}
