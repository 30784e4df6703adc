//! Texts that programs keep in the viewer's browser.
//!
//! All keys have a prefix: other pages of the same origin keep theirs to themselves.

use scenecast_protocol::transfer::{LocalStorageGetItemRequest, LocalStorageGetItemResponse};
use web_sys::{Storage, Window};

/// The same as viser's, so that its programs find what they kept.
const PREFIX: &str = "viser-user:";

pub(super) fn set(window: &Window, key: &str, value: &str) -> Result<(), String> {
    let storage = storage(window)?;
    let set = storage.set_item(&prefixed(key), value);
    set.map_err(|error| super::describe(&error))
}

pub(super) fn remove(window: &Window, key: &str) -> Result<(), String> {
    let removed = storage(window)?.remove_item(&prefixed(key));
    removed.map_err(|error| super::describe(&error))
}

/// Removes all texts that programs keep.
pub(super) fn clear(window: &Window) -> Result<(), String> {
    let storage = storage(window)?;
    let count = storage.length().map_err(|error| super::describe(&error))?;
    let keys: Vec<String> = (0..count)
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .collect();
    for key in keys {
        let removed = storage.remove_item(&key);
        removed.map_err(|error| super::describe(&error))?;
    }
    Ok(())
}

/// The answer to a question for a text.
pub(super) fn get(
    window: &Window,
    request: &LocalStorageGetItemRequest,
) -> LocalStorageGetItemResponse {
    let found = storage(window).and_then(|storage| {
        let item = storage.get_item(&prefixed(&request.key));
        item.map_err(|error| super::describe(&error))
    });
    let (value, error) = match found {
        Ok(value) => (value, None),
        Err(error) => (None, Some(error)),
    };
    LocalStorageGetItemResponse {
        value,
        error,
        request_uuid: request.request_uuid.clone(),
    }
}

fn prefixed(key: &str) -> String {
    format!("{PREFIX}{key}")
}

fn storage(window: &Window) -> Result<Storage, String> {
    match window.local_storage() {
        Ok(Some(storage)) => Ok(storage),
        Ok(None) => Err("this browser keeps no texts".to_owned()),
        // Pages in some frames, and users who forbid it.
        Err(error) => Err(super::describe(&error)),
    }
}
