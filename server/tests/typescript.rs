//! The TypeScript that is checked in says what the declarations say. A stale file is written anew.

#![allow(clippy::unwrap_used, clippy::panic)]

use scenecast::infra::{ClientApiVersion, MessageSet, generate_typescript_interfaces, protocol};
use std::{fs, path::Path};

fn check(path: &str, version: ClientApiVersion) {
    let messages = MessageSet::new().with::<protocol::Message>().unwrap();
    let fresh = generate_typescript_interfaces(&messages, version);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if fs::read_to_string(&path).unwrap_or_default() != fresh {
        fs::write(&path, fresh).unwrap();
        panic!(
            "{} was stale and has been written anew: commit it",
            path.display()
        );
    }
}

#[test]
fn viser_s_messages_are_up_to_date() {
    check("typescript/messages.ts", ClientApiVersion::V1);
}

#[test]
fn the_example_client_s_messages_are_up_to_date() {
    check(
        "examples/typescript_client/messages.ts",
        ClientApiVersion::V0,
    );
}
