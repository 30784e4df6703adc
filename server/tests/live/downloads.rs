use super::{ClientSocket, with_viewer};
use scenecast::{Download, Error, Server, gui::Notification};
use scenecast_protocol::{Message, transfer::FileTransferStartDownload};
use std::{fs, time::Duration};

fn started(viewer: &mut ClientSocket) -> FileTransferStartDownload {
    viewer.next(|message| match message {
        Message::FileTransferStartDownload(start) => Some(start),
        _ => None,
    })
}

/// All parts of a file, which must come in order.
fn received(viewer: &mut ClientSocket, start: &FileTransferStartDownload) -> Vec<u8> {
    let mut content = Vec::new();
    for index in 0..start.part_count {
        let part = viewer.next(|message| match message {
            Message::FileTransferPart(part) if part.transfer_uuid == start.transfer_uuid => {
                Some(part)
            }
            _ => None,
        });
        assert_eq!((part.part_index, part.source_component_uuid), (index, None));
        content.extend_from_slice(&part.content);
    }
    content
}

#[test]
fn bytes_arrive_in_parts() {
    let (server, mut viewer, client) = with_viewer();
    let hello = Download::new("hello.txt", vec![b'x'; 2500]).chunk_size(1024);
    client.send_file_download(hello).unwrap();
    let start = started(&mut viewer);
    assert_eq!((start.part_count, start.size_bytes), (3, 2500));
    assert_eq!(&*start.mime_type, "text/plain");
    assert!(!start.save_immediately);
    assert_eq!(received(&mut viewer, &start), vec![b'x'; 2500]);
    let empty = Download::new("nothing", "").save_immediately(true);
    server.send_file_download(empty).unwrap();
    let start = started(&mut viewer);
    assert_eq!((start.part_count, start.size_bytes), (0, 0));
    assert!(start.save_immediately);
    assert_eq!(&*start.mime_type, "application/octet-stream");
}

#[test]
fn a_file_larger_than_the_queue_arrives_whole_and_the_viewer_stays() {
    let queue = 1 << 20;
    let builder = Server::builder().port(0).max_queued_bytes(queue);
    let server = builder.start().unwrap();
    let mut viewer = ClientSocket::join(server.port());
    viewer.replay();
    let path = std::env::temp_dir().join(format!("scenecast-download-{}", std::process::id()));
    let content: Vec<u8> = (0..8 * queue).map(|i| (i / 7) as u8).collect();
    fs::write(&path, &content).unwrap();
    let client = super::client(&server, 0);
    // Two at once, of which neither may fill the queue.
    let file = Download::from_path(&path).filename("scan.ply");
    client.send_file_download(file).unwrap();
    let bytes = Download::new("copy.ply", content.clone());
    client.send_file_download(bytes).unwrap();
    // The viewer is busy with something else at first.
    std::thread::sleep(Duration::from_millis(100));
    for name in ["scan.ply", "copy.ply"] {
        let start = started(&mut viewer);
        assert_eq!(start.filename, name);
        assert!(received(&mut viewer, &start) == content);
    }
    fs::remove_file(&path).unwrap();
    let gone = client.send_file_download(Download::from_path(&path));
    assert!(matches!(gone, Err(Error::File { .. })), "{gone:?}");
    assert!(client.is_connected());
}

#[test]
fn notes_are_shown_changed_and_removed() {
    let (_server, mut viewer, client) = with_viewer();
    let note = client.add_notification(Notification::default().title("Title").loading(true));
    client.flush();
    let shown = viewer.next(|message| match message {
        Message::NotificationShow(m) => Some(m.props),
        _ => None,
    });
    assert!(shown.loading && shown.title == "Title");
    note.update(|note| note.title = "New".to_owned()).unwrap();
    note.update(|_| {}).unwrap();
    client.flush();
    let changed = viewer.next(|message| match message {
        Message::NotificationUpdate(m) => Some(m.props),
        _ => None,
    });
    assert!(changed.loading && changed.title == "New");
    note.remove().unwrap();
    viewer.next(|message| matches!(message, Message::RemoveNotification(_)).then_some(()));
    assert!(note.remove().is_err() && note.update(|_| {}).is_err());
}
