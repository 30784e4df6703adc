//! Notifications.

use crate::gui::GuiColor;

use std::sync::Arc;

props! {
    /// A note in the corner.
    pub struct Notification as "NotificationProps" {
        /// Heading.
        title: String = String::new(),
        /// Text.
        body: String = String::new(),
        /// Whether a spinner shows.
        loading: bool = false,
        /// Whether the user can close it.
        with_close_button: bool = true,
        /// Seconds until it closes by itself; `None` for never.
        auto_close_seconds: Option<f64> = None,
        /// Colour.
        color: Option<GuiColor> = None,
    }
}

message! {
    /// Shows a notification.
    pub struct NotificationShow as "NotificationShowMessage" {
        /// Names the notification.
        uuid: Arc<str>,
        /// What it says.
        props: Notification,
    }
}

message! {
    /// Changes a notification that is still shown.
    pub struct NotificationUpdate as "NotificationUpdateMessage" {
        /// The notification.
        uuid: Arc<str>,
        /// What it says from now on.
        props: Notification,
    }
}

message! {
    /// Closes a notification.
    pub struct RemoveNotification as "RemoveNotificationMessage" {
        /// The notification.
        uuid: Arc<str>,
    }
}
