use super::{ClientSocket, with_viewer};
use scenecast::{
    Error, Render,
    image::{DynamicImage, ImageFormat, RgbaImage},
    scene::{Box, Frame, Place},
};
use scenecast_protocol::{
    Message,
    camera::{GetRenderRequest, GetRenderResponse, RenderFormat},
    transfer::LocalStorageGetItemResponse,
};
use std::{io::Cursor, thread, time::Duration};

fn png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbaImage::from_pixel(width, height, [10, 20, 30, 40].into());
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(image)
        .write_to(&mut bytes, ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn asked(viewer: &mut ClientSocket) -> GetRenderRequest {
    viewer.next(|message| match message {
        Message::GetRenderRequest(request) => Some(request),
        _ => None,
    })
}

#[test]
fn pictures_come_back_to_who_asked_whatever_the_order() {
    let (server, mut viewer, client) = with_viewer();
    thread::scope(|scope| {
        let asking: Vec<_> = [6, 8]
            .map(|width| {
                let render = Render::new(width, 4).png().position([1.0, 2.0, 3.0]);
                let client = client.clone();
                scope.spawn(move || client.get_render(render).unwrap())
            })
            .into_iter()
            .collect();
        let requests = [asked(&mut viewer), asked(&mut viewer)];
        for request in requests.iter().rev() {
            assert_eq!(request.format, RenderFormat::Png);
            assert_eq!(request.position, [1.0, 2.0, 3.0]);
            assert_eq!((request.quality, request.fov), (80, 1.3));
            let (width, height) = (request.width as u32, request.height as u32);
            viewer.send(&GetRenderResponse {
                payload: png(width, height).into(),
                render_uuid: request.render_uuid.clone(),
            });
        }
        for (thread, width) in asking.into_iter().zip([6, 8]) {
            let picture = thread.join().unwrap();
            assert_eq!((picture.width(), picture.height()), (width, 4));
            assert_eq!(picture.into_rgba8().get_pixel(0, 0).0, [10, 20, 30, 40]);
        }
    });
    drop(server);
}

#[test]
fn a_picture_shows_what_was_said_before() {
    let (server, mut viewer, client) = with_viewer();
    let frame = server.scene().add("/frame", Frame::default()).unwrap();
    thread::scope(|scope| {
        for round in 1..20 {
            // Only this viewer's, so that its own stream has something of its own, too.
            let own = client.scene().add("/own", Box::default().at([0.0; 3]));
            own.unwrap();
            frame.set_position([f64::from(round), 0.0, 0.0]).unwrap();
            let client = client.clone();
            let asking = scope.spawn(move || client.get_render(Render::new(2, 2).png()));
            let request = asked(&mut viewer);
            assert_eq!(viewer.x_of("/frame"), f64::from(round));
            viewer.send(&GetRenderResponse {
                payload: png(2, 2).into(),
                render_uuid: request.render_uuid,
            });
            asking.join().unwrap().unwrap();
        }
    });
}

#[test]
fn what_is_no_picture_is_an_error() {
    let (_server, mut viewer, client) = with_viewer();
    let mut answer_with = |payload: Vec<u8>| {
        thread::scope(|scope| {
            let asking = scope.spawn(|| client.get_render(Render::new(4, 4).png()));
            let render_uuid = asked(&mut viewer).render_uuid;
            viewer.send(&GetRenderResponse {
                payload: payload.into(),
                render_uuid,
            });
            asking.join().unwrap().unwrap_err().to_string()
        })
    };
    assert_eq!(
        answer_with(Vec::new()),
        "viewer 0 could not draw: it sent no picture"
    );
    let broken = answer_with(b"not a picture".to_vec());
    assert!(broken.contains("its picture is broken"), "{broken}");
    // More pixels than were asked for might fill the memory.
    let huge = answer_with(png(64, 64));
    assert!(huge.contains("its picture is broken"), "{huge}");
    let unasked = client.get_render(Render::new(0, 4)).unwrap_err();
    let text = "render size: 0 by 4 pixels, expected 1 to 16384 a side";
    assert_eq!(unasked.to_string(), text);
    let waiting = client.atomic(|| client.get_render(Render::new(4, 4)));
    assert!(matches!(waiting, Err(Error::InvalidValue { .. })));
}

#[test]
fn who_does_not_answer_or_leaves_is_not_waited_for() {
    let (_server, mut viewer, client) = with_viewer();
    let brief = Duration::from_millis(50);
    let late = client.get_render(Render::new(4, 4).timeout(brief));
    assert!(
        matches!(late, Err(Error::Timeout { client: 0, .. })),
        "{late:?}"
    );
    let stored = client.local_storage().get_item("k", brief);
    assert!(matches!(stored, Err(Error::Timeout { .. })), "{stored:?}");
    // An answer that comes too late is nobody's.
    let request = asked(&mut viewer);
    viewer.send(&GetRenderResponse {
        payload: png(4, 4).into(),
        render_uuid: request.render_uuid,
    });
    thread::scope(|scope| {
        let asking = scope.spawn(|| client.get_render(Render::new(4, 4)));
        let _ = asked(&mut viewer);
        drop(viewer);
        let gone = asking.join().unwrap();
        assert!(
            matches!(gone, Err(Error::Disconnected { client: 0 })),
            "{gone:?}"
        );
    });
    let after = client.local_storage().get_item("k", None);
    assert!(
        matches!(after, Err(Error::Disconnected { .. })),
        "{after:?}"
    );
    assert!(!client.is_connected());
}

#[test]
fn async_callers_of_any_runtime_get_pictures_too() {
    let (_server, mut viewer, client) = with_viewer();
    let asking = thread::spawn(move || {
        // A runtime without a clock.
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let render = Render::new(3, 2).png().timeout(Duration::from_secs(30));
        runtime.unwrap().block_on(client.get_render_async(render))
    });
    let request = asked(&mut viewer);
    viewer.send(&GetRenderResponse {
        payload: png(3, 2).into(),
        render_uuid: request.render_uuid,
    });
    let picture = asking.join().unwrap().unwrap();
    assert_eq!((picture.width(), picture.height()), (3, 2));
}

#[test]
fn texts_are_kept_read_and_refused() {
    let (_server, mut viewer, client) = with_viewer();
    let storage = client.local_storage();
    storage.set_item("k", "v");
    let key = viewer.next(|message| match message {
        Message::LocalStorageSetItem(m) => Some((m.key, m.value)),
        _ => None,
    });
    assert_eq!(key, ("k".to_owned(), "v".to_owned()));
    let answers = [
        (Some("v".to_owned()), None),
        (None, None),
        (None, Some("storage is blocked".to_owned())),
    ];
    let mut read = |(value, error): (Option<String>, Option<String>)| {
        thread::scope(|scope| {
            let asking = scope.spawn(|| storage.get_item("k", None));
            let request_uuid = viewer.next(|message| match message {
                Message::LocalStorageGetItemRequest(m) => Some(m.request_uuid),
                _ => None,
            });
            viewer.send(&LocalStorageGetItemResponse {
                value,
                error,
                request_uuid,
            });
            asking.join().unwrap()
        })
    };
    let [found, missing, blocked] = answers.map(&mut read);
    assert_eq!(found.unwrap().as_deref(), Some("v"));
    assert_eq!(missing.unwrap(), None);
    assert_eq!(
        blocked.unwrap_err().to_string(),
        "viewer 0 could not read its storage: storage is blocked"
    );
    storage.remove_item("k");
    storage.clear();
    viewer.next(|message| matches!(message, Message::LocalStorageClear(_)).then_some(()));
}
