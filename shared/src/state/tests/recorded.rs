//! What Python viser sent to two viewers of one session: one that was there from the start, and
//! one that joined at the end.

use bytes::Bytes;

use super::mirror::Mirror;
use super::remove;
use crate::gui::GuiRemove;
use crate::state::ViewerState;
use crate::{Limits, window};

fn replay(prefix: &str) -> ViewerState {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/viser-1.1.1");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with(prefix)
        })
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut state = ViewerState::new();
    let mut mirror = Mirror::default();
    for path in paths {
        let payload = Bytes::from(std::fs::read(path).unwrap());
        let window = window::decode(&payload, &Limits::default()).unwrap();
        assert_eq!(window.rejected, []);
        for message in &window.messages {
            state.apply(message).unwrap();
        }
        mirror.follow(&mut state.scene);
    }
    state
}

#[test]
fn both_viewers_know_the_same() {
    let (mut early, late) = (replay("frame_"), replay("viewer_b_"));
    assert_ne!(
        early.digest(),
        late.digest(),
        "the first has nodes and components of its own"
    );
    early.apply(&remove("/client", "3")).unwrap();
    let uuids = early.gui.components().map(|(uuid, _)| uuid.clone());
    let own: Vec<_> = uuids
        .filter(|uuid| late.gui.component(uuid).is_none())
        .collect();
    let [uuid] = <[_; 1]>::try_from(own).unwrap();
    early.apply(&GuiRemove { uuid }.into()).unwrap();
    // And its camera was moved.
    early.camera = late.camera.clone();
    assert_eq!(early.digest(), late.digest());
}
