//! However large a file viewers upload, little of it is in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytes::Bytes;
use peak_alloc::PeakAlloc;
use scenecast::{Server, gui::UploadButton};
use scenecast_protocol::{
    Limits, Message, Wxyz,
    camera::ViewerCamera,
    message::to_server,
    transfer::{FileTransferPart, FileTransferStartUpload},
    window::decode,
};
use std::{net::TcpStream, sync::mpsc, time::Duration};
use tokio_tungstenite::tungstenite::{self, WebSocket, client::IntoClientRequest};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// As viser's client sends them.
const PART_BYTES: usize = 512 << 10;
const PARTS: usize = 200;

/// A few parts on their way through both ends' sockets, of a hundred megabytes in all.
const ALLOWED_BYTES: usize = 16 << 20;

/// The uuid of the only component.
fn button(socket: &mut WebSocket<TcpStream>) -> String {
    loop {
        let tungstenite::Message::Binary(bytes) = socket.read().unwrap() else {
            continue;
        };
        for message in decode(&bytes, &Limits::default()).unwrap().messages {
            if let Message::AddComponent(component) = message {
                return component.uuid.to_string();
            }
        }
    }
}

#[test]
fn a_large_upload_takes_little_memory() {
    let server = Server::builder().port(0).start().unwrap();
    let upload = server.gui().add(UploadButton::new("u")).unwrap();
    let (said, files) = mpsc::channel();
    let _ = upload.on_upload(move |event| said.send(event.value.clone().unwrap()).unwrap());

    let url = format!("ws://127.0.0.1:{}/", server.port());
    let mut request = url.into_client_request().unwrap();
    let protocol = "viser-v1.1.1".parse().unwrap();
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let stream = TcpStream::connect(("127.0.0.1", server.port())).unwrap();
    let (mut socket, _) = tungstenite::client::client(request, stream).unwrap();
    let send = |socket: &mut WebSocket<TcpStream>, bytes: Vec<u8>| {
        socket.send(tungstenite::Message::binary(bytes)).unwrap();
    };
    let camera = ViewerCamera {
        wxyz: Wxyz::IDENTITY,
        position: [3.0; 3],
        fov: 1.3,
        near: 0.01,
        far: 1000.0,
        image_height: 600,
        image_width: 800,
        look_at: [0.0; 3],
        up_direction: [0.0, 0.0, 1.0],
    };
    send(&mut socket, to_server(&camera));
    let uuid = button(&mut socket);

    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let start = FileTransferStartUpload {
        source_component_uuid: uuid.clone(),
        transfer_uuid: "t".to_owned(),
        filename: "scan.ply".to_owned(),
        mime_type: String::new(),
        part_count: PARTS as i64,
        size_bytes: (PARTS * PART_BYTES) as i64,
    };
    send(&mut socket, to_server(&start));
    let content = Bytes::from(vec![7; PART_BYTES]);
    for index in 0..PARTS {
        let part = FileTransferPart {
            source_component_uuid: Some(uuid.clone()),
            transfer_uuid: "t".to_owned(),
            part_index: index as i64,
            content: content.clone(),
        };
        send(&mut socket, to_server(&part));
    }
    let file = files.recv_timeout(Duration::from_secs(60)).unwrap();
    let taken = MEMORY.peak_usage().saturating_sub(before);
    assert_eq!(file.size(), (PARTS * PART_BYTES) as u64);
    assert!(taken < ALLOWED_BYTES, "{taken} bytes");
}
