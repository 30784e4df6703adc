//! Real messages with bytes changed, cut or repeated: read or refused, applied or refused, never
//! a panic.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use proptest::prelude::*;
use scenecast_remote::pickle::Limits;
use scenecast_remote::scene::SceneLimits;
use scenecast_remote::smpl::ModelFolder;
use scenecast_remote::{Message, Scene, Value};

use crate::{bytes, fixture};

static MESSAGES: LazyLock<Vec<Bytes>> = LazyLock::new(|| {
    fixture("captured.jsonl")
        .iter()
        .flat_map(|case| case["pickles"].as_object().unwrap().values().map(bytes))
        .filter(|pickle| pickle.len() < 4096)
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scene_survives_any_row_of_messages(
        row in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::option::of((any::<prop::sample::Index>(), any::<u8>()))),
            1..12,
        ),
    ) {
        let models = Arc::new(ModelFolder::new("no/models"));
        let mut scene = Scene::new(models, SceneLimits::default());
        for (which, change) in row {
            let mut pickle = which.get(&MESSAGES).to_vec();
            if let Some((at, byte)) = change {
                let at = at.index(pickle.len());
                pickle[at] = byte;
            }
            let Ok(mut message) = Message::decode(&pickle.into(), &Limits::default()) else {
                continue;
            };
            // All about one node, so that they meet.
            message.uid = Value::Int(1);
            let before = scene.nodes().count();
            if let Err(reason) = scene.apply(1, message) {
                prop_assert!(!reason.0.is_empty());
                prop_assert_eq!(scene.nodes().count(), before);
            }
            let length = scene.timeline().length();
            prop_assert!(scene.timeline().frame() < length);
            for (id, _, _) in scene.nodes() {
                for frame in [0, length / 2, length - 1] {
                    let _ = scene.shown(id, frame);
                }
            }
        }
    }

    #[test]
    fn changed_messages_never_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
        repeated in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut pickle = which.get(&MESSAGES).to_vec();
        for (at, byte) in changes {
            let at = at.index(pickle.len());
            pickle[at] = byte;
        }
        if let Some(from) = repeated {
            let tail = pickle[from.index(pickle.len())..].to_vec();
            pickle.extend(tail);
        }
        if let Some(cut) = cut {
            pickle.truncate(cut.index(pickle.len()));
        }
        if let Ok(message) = Message::decode(&pickle.into(), &Limits::default()) {
            let _ = message.encode();
        }
    }
}
