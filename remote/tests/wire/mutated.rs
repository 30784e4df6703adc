//! Real messages with bytes changed, cut or repeated: read or refused, never a panic.

use std::sync::LazyLock;

use bytes::Bytes;
use proptest::prelude::*;
use scenecast_remote::Message;
use scenecast_remote::pickle::Limits;

use crate::{bytes, fixture};

static MESSAGES: LazyLock<Vec<Bytes>> = LazyLock::new(|| {
    fixture("captured.jsonl")
        .iter()
        .flat_map(|case| case["pickles"].as_object().unwrap().values().map(bytes))
        .filter(|pickle| pickle.len() < 4096)
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

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
