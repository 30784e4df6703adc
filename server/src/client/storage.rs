//! Texts that a viewer's browser keeps.

use super::Client;
use crate::error::{Error, Result};
use scenecast_protocol::transfer::{
    LocalStorageClear, LocalStorageGetItemRequest, LocalStorageRemoveItem, LocalStorageSetItem,
};
use std::time::Duration;

/// Texts that a viewer's browser keeps for this address, across visits. Cloning is cheap.
///
/// Keys have a prefix of their own in the browser, so that other programs' texts are neither read
/// nor overwritten.
#[derive(Debug, Clone)]
#[doc(alias = "LocalStorageHandle")]
pub struct LocalStorage {
    client: Client,
}

impl Client {
    /// Texts that the viewer's browser keeps.
    pub fn local_storage(&self) -> LocalStorage {
        LocalStorage {
            client: self.clone(),
        }
    }
}

impl LocalStorage {
    fn send(&self, message: impl Into<scenecast_protocol::Message>) {
        self.client.inner.scene.inner.scope.send(message);
    }

    /// Keeps a text.
    pub fn set_item(&self, key: impl Into<String>, value: impl Into<String>) {
        self.send(LocalStorageSetItem {
            key: key.into(),
            value: value.into(),
        });
    }

    /// Forgets a text.
    pub fn remove_item(&self, key: impl Into<String>) {
        self.send(LocalStorageRemoveItem { key: key.into() });
    }

    /// Forgets all texts that were kept this way.
    pub fn clear(&self) {
        self.send(LocalStorageClear {});
    }

    /// The text with this key, or `None` if there is none. Waits for it, so that in async code
    /// [`get_item_async`](Self::get_item_async) is the one to call.
    ///
    /// # Errors
    /// The viewer leaves, does not answer in time, or its browser refuses. In an atomic block: the
    /// viewer is not asked before its end.
    pub fn get_item(
        &self,
        key: impl Into<String>,
        timeout: impl Into<Option<Duration>>,
    ) -> Result<Option<String>> {
        self.client.check_not_atomic("local storage")?;
        let (key, requests) = (key.into(), &self.client.inner.storage);
        let answer = requests.wait(&self.client, timeout.into(), |uuid| self.ask(key, uuid))?;
        self.read(answer)
    }

    /// Like [`get_item`](Self::get_item), for async code.
    ///
    /// # Errors
    /// As for [`get_item`](Self::get_item).
    pub async fn get_item_async(
        &self,
        key: impl Into<String>,
        timeout: impl Into<Option<Duration>>,
    ) -> Result<Option<String>> {
        self.client.check_not_atomic("local storage")?;
        let (key, timeout) = (key.into(), timeout.into());
        let requests = &self.client.inner.storage;
        let asked = requests.wait_async(&self.client, timeout, |uuid| self.ask(key, uuid));
        self.read(asked.await?)
    }

    fn ask(&self, key: String, request_uuid: String) {
        self.send(LocalStorageGetItemRequest { key, request_uuid });
        self.client.flush();
    }

    fn read(&self, answer: Result<Option<String>, String>) -> Result<Option<String>> {
        answer.map_err(|reason| Error::Viewer {
            client: self.client.id(),
            what: "read its storage",
            reason,
        })
    }
}
