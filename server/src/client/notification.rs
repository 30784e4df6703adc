//! Notes in the corner of a viewer's page.

use super::Client;
use crate::{
    error::{Error, Result},
    random,
    scope::Scope,
};
use scenecast_protocol::gui::notification::{
    Notification, NotificationShow, NotificationUpdate, RemoveNotification,
};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A note that a viewer is shown. Cloning is cheap; dropping it leaves the note where it is.
#[derive(Debug, Clone)]
pub struct NotificationHandle {
    uuid: Arc<str>,
    scope: Scope,
    /// `None` once it is removed.
    props: Arc<Mutex<Option<Notification>>>,
}

impl Client {
    /// Shows a note in the corner of the viewer's page.
    ///
    /// ```
    /// use scenecast::{Client, gui::Notification};
    /// fn greet(client: &Client) {
    ///     let hello = Notification::default().title("Hello").body("Drag the cube");
    ///     client.add_notification(hello.auto_close_seconds(5.0));
    /// }
    /// ```
    pub fn add_notification(&self, notification: Notification) -> NotificationHandle {
        let uuid: Arc<str> = random::uuid().into();
        let scope = self.inner.scene.inner.scope.clone();
        scope.send(NotificationShow {
            uuid: Arc::clone(&uuid),
            props: notification.clone(),
        });
        NotificationHandle {
            uuid,
            scope,
            props: Arc::new(Mutex::new(Some(notification))),
        }
    }
}

impl NotificationHandle {
    fn lock(&self) -> MutexGuard<'_, Option<Notification>> {
        self.props.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn removed(&self) -> Error {
        Error::Removed {
            name: Arc::clone(&self.uuid),
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// It has been removed.
    pub fn props(&self) -> Result<Notification> {
        self.lock().clone().ok_or_else(|| self.removed())
    }

    /// Changes what it says.
    ///
    /// # Errors
    /// It has been removed.
    pub fn update<R>(&self, change: impl FnOnce(&mut Notification) -> R) -> Result<R> {
        let old = self.props()?;
        let mut new = old.clone();
        let result = change(&mut new);
        if new == old {
            return Ok(result);
        }
        let mut props = self.lock();
        if props.is_none() {
            return Err(self.removed());
        }
        self.scope.send(NotificationUpdate {
            uuid: Arc::clone(&self.uuid),
            props: new.clone(),
        });
        *props = Some(new);
        Ok(result)
    }

    /// Closes it.
    ///
    /// # Errors
    /// It has been removed before.
    pub fn remove(&self) -> Result<()> {
        let mut props = self.lock();
        props.take().ok_or_else(|| self.removed())?;
        self.scope.send(RemoveNotification {
            uuid: Arc::clone(&self.uuid),
        });
        Ok(())
    }
}
