//! Files from viewers.

use super::{ClientSocket, next, with_viewer};
use bytes::Bytes;
use scenecast::gui::{GuiHandle, Upload, UploadButton};
use scenecast_protocol::{
    Message,
    transfer::{FileTransferPart, FileTransferStartUpload},
};
use std::{
    io::Read,
    sync::mpsc::{self, Receiver},
};

/// Tells of each file that comes whole.
fn files(button: &GuiHandle<UploadButton>) -> Receiver<Upload> {
    let (said, files) = mpsc::channel();
    let _ = button.on_upload(move |event| said.send(event.value.clone().unwrap()).unwrap());
    files
}

fn begin(viewer: &mut ClientSocket, transfer: &str, parts: i64, size: i64) {
    viewer.read_until(|viewer| !viewer.components.is_empty());
    let source_component_uuid = viewer.components[0].clone();
    viewer.send(&FileTransferStartUpload {
        source_component_uuid,
        transfer_uuid: transfer.to_owned(),
        filename: format!("folder/{transfer}.txt"),
        mime_type: "text/plain".to_owned(),
        part_count: parts,
        size_bytes: size,
    });
}

fn part(viewer: &mut ClientSocket, transfer: &str, index: i64, content: &'static [u8]) {
    viewer.send(&FileTransferPart {
        source_component_uuid: Some(viewer.components[0].clone()),
        transfer_uuid: transfer.to_owned(),
        part_index: index,
        content: Bytes::from_static(content),
    });
}

/// Transfer, bytes so far and in all, of the next acknowledgement.
fn acknowledged(viewer: &mut ClientSocket) -> (String, i64, i64) {
    viewer.next(|message| match message {
        Message::FileTransferPartAck(ack) => {
            Some((ack.transfer_uuid, ack.transferred_bytes, ack.total_bytes))
        }
        _ => None,
    })
}

/// What the next note says about an upload that failed.
fn complaint(viewer: &mut ClientSocket) -> String {
    viewer.next(|message| match message {
        Message::NotificationShow(note) => Some(note.props.body),
        _ => None,
    })
}

#[test]
fn a_file_comes_part_by_part() {
    let (server, mut a, _) = with_viewer();
    let button = server.gui().add(UploadButton::new("u")).unwrap();
    let files = files(&button);
    assert!(button.value().unwrap().is_none());
    let mut b = ClientSocket::join(server.port());
    b.replay();
    begin(&mut a, "x", 2, 5);
    // Another viewer's parts are not of this file.
    part(&mut b, "x", 0, b"evil");
    part(&mut a, "x", 0, b"abc");
    part(&mut a, "x", 0, b"abc");
    part(&mut a, "x", 1, b"de");
    assert_eq!(acknowledged(&mut a), ("x".to_owned(), 3, 5));
    assert_eq!(acknowledged(&mut a), ("x".to_owned(), 5, 5));
    let file = next(&files);
    assert_eq!(
        (file.name(), file.mime_type(), file.size()),
        ("x.txt", "text/plain", 5)
    );
    assert_eq!(file.bytes().unwrap(), b"abcde");
    assert!(
        file.bytes_up_to(4)
            .unwrap_err()
            .to_string()
            .contains("5 bytes")
    );
    let mut text = String::new();
    file.reader().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(text, "abcde");
    let path = file.path().to_owned();
    assert_eq!(button.value().unwrap().unwrap().path(), path);
    drop(file);
    begin(&mut a, "empty", 0, 0);
    assert_eq!(acknowledged(&mut a), ("empty".to_owned(), 0, 0));
    assert_eq!(next(&files).size(), 0);
    assert!(!path.exists(), "the file before is still there");
    // Nobody else was told.
    server.gui().set_panel_label(Some("done"));
    b.next(|message| match message {
        Message::FileTransferPartAck(_) => panic!("told of another viewer's file"),
        Message::SetGuiPanelLabel(_) => Some(()),
        _ => None,
    });
}

#[test]
fn a_viewer_can_want_no_more_of_it() {
    let (server, mut viewer, _) = with_viewer();
    let button = server.gui().add(UploadButton::new("u")).unwrap();
    let files = files(&button);
    begin(&mut viewer, "x", 2, 2);
    part(&mut viewer, "x", 0, b"a");
    assert_eq!(acknowledged(&mut viewer), ("x".to_owned(), 1, 2));
    part(&mut viewer, "x", -1, b"");
    part(&mut viewer, "x", 1, b"b");
    begin(&mut viewer, "y", 1, 1);
    part(&mut viewer, "y", 0, b"c");
    assert_eq!(acknowledged(&mut viewer), ("y".to_owned(), 1, 1));
    assert_eq!(next(&files).bytes().unwrap(), b"c");
}

#[test]
fn what_is_too_large_or_lies_is_refused_and_the_viewer_told() {
    let (server, mut viewer, _) = with_viewer();
    let button = UploadButton::new("u").max_bytes(10);
    let button = server.gui().add(button).unwrap();
    let files = files(&button);
    begin(&mut viewer, "large", 1, 11);
    assert_eq!(acknowledged(&mut viewer), ("large".to_owned(), 11, 11));
    assert!(complaint(&mut viewer).contains("10 are allowed"));
    for (parts, size) in [(-1, 5), (0, 5), (6, 5), (i64::MAX, 5), (1, -5)] {
        begin(&mut viewer, "odd", parts, size);
        complaint(&mut viewer);
    }
    begin(&mut viewer, "more", 1, 2);
    part(&mut viewer, "more", 0, b"abc");
    assert!(complaint(&mut viewer).contains("broken"));
    begin(&mut viewer, "less", 1, 5);
    part(&mut viewer, "less", 0, b"abc");
    assert!(complaint(&mut viewer).contains("broken"));
    for transfer in 0..9 {
        begin(&mut viewer, &transfer.to_string(), 1, 1);
    }
    assert!(complaint(&mut viewer).contains("8 others"));
    assert!(files.try_recv().is_err());
}

#[test]
fn an_upload_ends_when_it_is_cancelled_or_the_button_goes() {
    let (server, mut viewer, _) = with_viewer();
    let button = server.gui().add(UploadButton::new("u")).unwrap();
    let files = files(&button);
    for end in [
        GuiHandle::<UploadButton>::cancel_uploads,
        GuiHandle::<UploadButton>::remove,
    ] {
        begin(&mut viewer, "x", 2, 2);
        part(&mut viewer, "x", 0, b"a");
        assert_eq!(acknowledged(&mut viewer).1, 1);
        end(&button).unwrap();
        part(&mut viewer, "x", 1, b"b");
        assert!(complaint(&mut viewer).contains("cancelled"));
    }
    assert!(files.try_recv().is_err());
}

#[test]
fn what_has_not_come_whole_goes_with_the_viewer() {
    let (server, mut viewer, client) = with_viewer();
    let button = server.gui().add(UploadButton::new("u")).unwrap();
    begin(&mut viewer, "x", 2, 2);
    part(&mut viewer, "x", 0, b"a");
    acknowledged(&mut viewer);
    let (said, gone) = mpsc::channel();
    let _ = server.on_client_disconnect(move |_| said.send(()).unwrap());
    drop(viewer);
    next(&gone);
    assert!(!client.is_connected() && button.value().unwrap().is_none());
}
