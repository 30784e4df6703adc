//! Runs the program and looks at what it serves.

use scenecast_protocol::{Limits, Message, version, window};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio_tungstenite::tungstenite::{self, WebSocket, client::IntoClientRequest};

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scenecast"));
    command.args(args);
    command
}

/// Runs the program to its end: exit code, standard output, standard error.
pub(crate) fn run(args: &[&str]) -> (i32, String, String) {
    let output = command(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Writes a file for a test; its path.
pub(crate) fn file(name: &str, content: &[u8]) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path.into_os_string().into_string().unwrap()
}

/// The program while it serves. It is killed at the end.
pub(crate) struct Serving {
    child: Child,
    pub(crate) url: String,
}

impl Serving {
    /// Starts the program and waits for the line with its URL.
    pub(crate) fn start(args: &[&str]) -> Serving {
        let mut child = command(args)
            .arg("--no-open")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let url = out
            .lines()
            .map(Result::unwrap)
            .find(|line| line.starts_with("http://"));
        Serving {
            child,
            url: url.expect("a line with the URL"),
        }
    }

    fn authority(&self) -> &str {
        self.url["http://".len()..].split('/').next().unwrap()
    }

    pub(crate) fn port(&self) -> u16 {
        self.authority()
            .rsplit(':')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    }

    /// Connects as a browser that was given the URL.
    pub(crate) fn viewer(&self) -> Viewer {
        let mut request = self
            .url
            .replace("http://", "ws://")
            .into_client_request()
            .unwrap();
        let protocol = version::subprotocol(version::VISER_VERSION)
            .parse()
            .unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", protocol);
        let stream = TcpStream::connect(self.authority()).unwrap();
        // Only so that a failure is a failed test, not one that never ends.
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let (socket, _) = tungstenite::client(request, stream).unwrap();
        Viewer { socket }
    }

    /// Everything that a new viewer gets.
    pub(crate) fn replay(&self) -> Vec<Message> {
        let done = |messages: &[Message]| {
            messages
                .iter()
                .any(|message| matches!(message, Message::ReplayDone(_)))
        };
        self.viewer().until(done)
    }

    /// Asks the program to end, as Ctrl-C does; its exit code.
    pub(crate) fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // An error means that it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Viewer {
    socket: WebSocket<TcpStream>,
}

impl Viewer {
    /// Reads messages until these make up what is waited for.
    pub(crate) fn until(&mut self, enough: impl Fn(&[Message]) -> bool) -> Vec<Message> {
        let mut messages = Vec::new();
        while !enough(&messages) {
            let payload = self.socket.read().unwrap().into_data();
            if payload.is_empty() {
                continue;
            }
            let window = window::decode(&payload, &Limits::default()).unwrap();
            assert!(window.rejected.is_empty(), "{:?}", window.rejected);
            messages.extend(window.messages);
        }
        messages
    }
}
