//! Recordings on the command line: played, exported, recorded, repaired, described.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/program.rs"]
#[allow(dead_code, reason = "shared with another test program")]
mod program;

use base64::{Engine, engine::general_purpose::STANDARD};
use program::{Serving, file, run};
use scenecast::{
    Server,
    scene::{Frame, PointCloud},
};
use scenecast_protocol::{
    Limits, Message,
    recording::Recording,
    state::ViewerState,
    version::{MISMATCH_CLOSE_CODE, mismatch_reason},
};
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tokio_tungstenite::tungstenite::{
    self,
    handshake::server::{Request, Response},
    protocol::CloseFrame,
};

/// The most that a page which carries everything may have, without the recording in it.
const MAX_EXPORTED_BYTES: usize = 900_000;
const ANIMATED: &[u8] = include_bytes!("../../shared/tests/fixtures/viser-1.1.1/animated.viser");

fn decode(path: &str) -> Recording {
    let recording = Recording::decode(&fs::read(path).unwrap(), &Limits::default()).unwrap();
    assert!(recording.rejected.is_empty());
    recording
}

fn end_state(recording: &Recording) -> ViewerState {
    let mut state = ViewerState::new();
    for (_, message) in &recording.messages {
        state.apply(message).unwrap();
    }
    state
}

/// A path at which nothing is.
fn fresh(name: &str) -> String {
    let path = file(name, b"");
    fs::remove_file(&path).unwrap();
    let _ = fs::remove_file(format!("{path}.journal"));
    path
}

#[test]
fn info_tells_what_is_in_a_recording_of_viser() {
    let path = file("info.viser", ANIMATED);
    let (code, out, err) = run(&["info", &path]);
    assert_eq!((code, err.as_str()), (0, ""));
    for part in [
        "viser 1.1.1",
        "duration  ",
        "SceneNodeUpdateMessage",
        "PointCloudMessage",
        "|u1",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn damaged_files_are_one_line_that_names_file_and_byte() {
    let mut longer = ANIMATED.to_vec();
    longer[0] ^= 1;
    let mut flipped = ANIMATED.to_vec();
    flipped[400] ^= 0x40;
    let mut bomb = u64::MAX.to_le_bytes().to_vec();
    bomb.extend_from_slice(&ANIMATED[8..]);
    for (name, bytes, part) in [
        ("empty.viser", &b""[..], "byte 0: not a recording: "),
        ("short.viser", &ANIMATED[..5], "byte 5: "),
        ("cut.viser", &ANIMATED[..600], ", byte 600: "),
        ("text.viser", b"this is no recording at all", "byte "),
        ("flipped.viser", &flipped, "byte "),
        ("longer.viser", &longer, "byte "),
        ("bomb.viser", &bomb, "byte "),
    ] {
        let path = file(name, bytes);
        for args in [
            &["info", &path][..],
            &["play", &path, "--no-open", "--port", "0"],
            &["export", &path, "unwritten.html"],
        ] {
            let (code, out, err) = run(args);
            assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
            assert_eq!(err.lines().count(), 1, "{err}");
            assert!(err.contains(name) && err.contains(part), "{err}");
        }
    }
    for args in [
        &["info", "absent.viser"][..],
        &["play", "absent.viser"],
        &["export", "absent.viser", "a.html"],
        &["repair", "absent.viser"],
        &["record", "ws://127.0.0.1:1", "-o", "absent.viser"],
        &["record", "wss://127.0.0.1:1", "-o", "absent.viser"],
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
    let here = file("whole.viser", ANIMATED);
    let (code, _, err) = run(&["export", &here, "no/such/folder/a.html"]);
    assert_eq!(code, 2, "{err}");
}

#[test]
fn play_serves_page_and_file() {
    let path = file("play me.viser", ANIMATED);
    let serving = Serving::start(&["play", &path, "--port", "0", "--token", "s3cret"]);
    assert!(
        serving
            .url
            .ends_with("/?token=s3cret&playbackPath=recording.viser")
    );
    let get = |path: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", serving.port())).unwrap();
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        answer
    };
    assert!(get("/recording.viser?token=s3cret").ends_with(ANIMATED));
    assert!(get("/recording.viser").starts_with(b"HTTP/1.1 401"));
    assert_eq!(serving.interrupt(), Some(0));
}

#[test]
fn export_makes_one_page() {
    let path = file("export.viser", ANIMATED);
    let page = fresh("export.html");
    let (code, _, err) = run(&["export", &path, &page, "--dark"]);
    if code != 0 {
        // Only a build without the client cannot.
        assert!(err.contains("no browser client"), "{err}");
        return;
    }
    let html = fs::read_to_string(&page).unwrap();
    let embedded = format!(
        "window.__VISER_EMBED_DATA__=\"{}\";",
        STANDARD.encode(ANIMATED)
    );
    assert_eq!(html.matches(&embedded).count(), 1);
    assert!(html.contains("window.__VISER_EMBED_CONFIG__={darkMode:true};</script></head>"));
    assert!(!html.contains("preload\"") && !html.contains("import init"));
    let without_data = html.len() - embedded.len();
    // Development bundles are not compressed.
    if html.contains("DecompressionStream") {
        assert!(without_data < MAX_EXPORTED_BYTES, "{without_data} bytes");
    }
}

struct Recorder(Child);

impl Recorder {
    fn start(args: &[&str]) -> Recorder {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scenecast"));
        command.arg("record").args(args).stdout(Stdio::null());
        Recorder(command.spawn().unwrap())
    }

    fn signal(&self, signal: &str) {
        let id = self.0.id().to_string();
        let status = Command::new("kill").args([signal, &id]).status();
        assert!(status.unwrap().success());
    }

    fn wait(mut self) -> Option<i32> {
        self.0.wait().unwrap().code()
    }
}

/// Waits until the journal of a recording is so long.
fn wait_for_journal(path: &str, bytes: u64) {
    let end = Instant::now() + Duration::from_secs(30);
    let journal = format!("{path}.journal");
    while fs::metadata(&journal).map_or(0, |metadata| metadata.len()) < bytes {
        assert!(Instant::now() < end, "nothing is recorded");
        thread::sleep(Duration::from_millis(5));
    }
}

fn journal_len(path: &str) -> u64 {
    fs::metadata(format!("{path}.journal")).unwrap().len()
}

/// A scene, and the digest of what it is in the end.
fn scene(server: &Server) -> scenecast::scene::Handle<Frame> {
    let scene = server.scene();
    let cloud = PointCloud::new(vec![[1.0, 2.0, 3.0]; 100]);
    scene.add("/cloud", cloud).unwrap();
    scene.add("/frame", Frame::default()).unwrap()
}

fn digest(server: &Server) -> u64 {
    let file = server.get_scene_serializer().serialize().unwrap();
    end_state(&Recording::decode(&file, &Limits::default()).unwrap()).digest()
}

#[test]
fn record_ends_with_ctrl_c_and_has_all_that_was_shown() {
    let server = Server::builder().port(0).start().unwrap();
    let frame = scene(&server);
    let path = fresh("recorded.viser");
    let recorder = Recorder::start(&[server.url(), "-o", &path]);
    wait_for_journal(&path, 100);
    while server.clients().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    for step in 1..=10 {
        let before = journal_len(&path);
        frame.set_position([f64::from(step), 0.0, 0.0]).unwrap();
        wait_for_journal(&path, before + 1);
        thread::sleep(Duration::from_millis(30));
    }
    recorder.signal("-INT");
    assert_eq!(recorder.wait(), Some(0));
    let recording = decode(&path);
    assert_eq!(end_state(&recording).digest(), digest(&server));
    assert!(!Path::new(&format!("{path}.journal")).exists());
    let last = recording.messages.last().unwrap().0;
    assert!(recording.messages.is_sorted_by_key(|(time, _)| *time));
    assert!(last > 0.2 && recording.duration_secs >= last, "{last}");
    let at_start = recording.messages.iter().filter(|(time, _)| *time == 0.0);
    let clouds = at_start.filter(|(_, m)| m.tag() == "PointCloudMessage");
    assert_eq!(clouds.count(), 1);
}

#[test]
fn what_a_killed_recorder_wrote_down_is_repaired() {
    let server = Server::builder().port(0).start().unwrap();
    let frame = scene(&server);
    let path = fresh("killed.viser");
    let recorder = Recorder::start(&[server.url(), "-o", &path]);
    wait_for_journal(&path, 100);
    let before = journal_len(&path);
    frame.set_position([7.0, 0.0, 0.0]).unwrap();
    wait_for_journal(&path, before + 1);
    recorder.signal("-KILL");
    assert_eq!(recorder.wait(), None);
    assert!(!Path::new(&path).exists());
    // A second recording would lose the first.
    let (code, _, err) = run(&["record", server.url(), "-o", &path]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err}");
    assert!(err.contains("scenecast repair"), "{err}");
    let (code, out, err) = run(&["repair", &path]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("messages"), "{out}");
    assert_eq!(end_state(&decode(&path)).digest(), digest(&server));
    assert!(!Path::new(&format!("{path}.journal")).exists());
}

#[test]
fn record_ends_after_a_time_and_with_the_server() {
    let server = Server::builder().port(0).start().unwrap();
    scene(&server);
    let path = fresh("timed.viser");
    let recorder = Recorder::start(&[server.url(), "-o", &path, "--seconds", "0.4"]);
    assert_eq!(recorder.wait(), Some(0));
    let recording = decode(&path);
    assert!(
        (0.2..5.0).contains(&recording.duration_secs),
        "{}",
        recording.duration_secs
    );
    let whole = digest(&server);
    let path = fresh("left.viser");
    let recorder = Recorder::start(&[server.url(), "-o", &path]);
    wait_for_journal(&path, 100);
    while server.clients().is_empty() {
        thread::sleep(Duration::from_millis(5));
    }
    server.stop();
    assert_eq!(recorder.wait(), Some(0));
    assert_eq!(end_state(&decode(&path)).digest(), whole);
}

/// A server of another version says so and is asked again, as that version.
#[test]
fn record_comes_back_with_the_servers_version() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let mut asked = Vec::new();
        for _ in 0..2 {
            let (stream, _) = listener.accept().unwrap();
            #[allow(clippy::result_large_err, reason = "the library's type")]
            let echo = |request: &Request, mut response: Response| {
                let protocol = request.headers()["sec-websocket-protocol"].clone();
                asked.push(protocol.to_str().unwrap().to_owned());
                response
                    .headers_mut()
                    .insert("sec-websocket-protocol", protocol);
                Ok(response)
            };
            let mut socket = tungstenite::accept_hdr(stream, echo).unwrap();
            if asked.len() == 1 {
                let reason = mismatch_reason("1.1.1", "1.1.0");
                let code = MISMATCH_CLOSE_CODE.into();
                let close = CloseFrame {
                    code,
                    reason: reason.into(),
                };
                socket.close(Some(close)).unwrap();
                while socket.read().is_ok() {}
            } else {
                let message = Message::from(scenecast_protocol::scene::EnableLights {
                    enabled: true,
                    cast_shadow: true,
                });
                let encoded = message.encoded();
                let window = scenecast_protocol::window::encode([&encoded].into_iter(), 1.0);
                socket
                    .send(tungstenite::Message::Binary(window.unwrap()))
                    .unwrap();
                // The recorder shows its camera.
                assert!(socket.read().unwrap().is_binary());
                socket.close(None).unwrap();
                while socket.read().is_ok() {}
            }
        }
        asked
    });
    let path = fresh("version.viser");
    let url = format!("127.0.0.1:{port}");
    assert_eq!(Recorder::start(&[&url, "-o", &path]).wait(), Some(0));
    assert_eq!(server.join().unwrap(), ["viser-v1.1.1", "viser-v1.1.0"]);
    assert_eq!(decode(&path).messages.len(), 1);
}
