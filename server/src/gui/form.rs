//! Forms: inputs whose changes count once they are submitted.

use super::{
    GuiHandle,
    builder::{in_container, shown},
    component::{Component, Parts, Said},
    element::Viewer,
    handle::callbacks,
};
use crate::{
    error::Result,
    infra::event_queue::{Job, Permit},
};
use scenecast_protocol::gui::{self, GuiFormDirty, GuiFormSubmit};
use std::sync::Arc;

/// A folder whose inputs are submitted together. Their values arrive as they are changed;
/// [`on_submit`](GuiHandle::on_submit) says when the viewer is done, by Enter in a field or because
/// the program calls [`submit`](GuiHandle::submit), as from a button. Until then its heading shows
/// that there are changes.
#[derive(Debug, Clone)]
pub struct Form {
    props: gui::Folder,
    order: Option<f64>,
}

shown! { Form }

impl Form {
    /// An open form.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            props: gui::Folder::default().label(label.into()),
            order: None,
        }
    }

    /// A form without heading and frame.
    pub fn unlabeled() -> Self {
        Self {
            props: gui::Folder::default(),
            order: None,
        }
    }

    /// Whether it starts open; `true` unless set.
    #[must_use]
    pub fn expand_by_default(mut self, expand: bool) -> Self {
        self.props.expand_by_default = expand;
        self
    }
}

impl Component for Form {
    type Props = gui::Folder;
    type Value = ();
    type Own = ();

    const IS_FORM: bool = true;

    fn parts(self) -> Result<Parts<Self>> {
        Parts::new(self.props, (), (), self.order)
    }

    in_container! { @creation Form, _value }

    fn hear(handle: &GuiHandle<Self>, said: &Said<'_>, viewer: &Viewer<'_>) {
        match said {
            Said::Submit => {
                let event = handle.event(Some(viewer.client), ());
                let element = &handle.element;
                element
                    .callbacks
                    .call(&element.events, &event, Some(viewer.permit));
                handle.say_submitted(Some(viewer.permit.clone()));
            }
            Said::Dirty => {
                let element = &handle.element;
                let uuid = Arc::clone(&element.uuid);
                let mut message = element.scope.encode(GuiFormDirty { uuid }, 0);
                message.excluded = Some(viewer.client.id());
                // An error means that the form was removed in the meantime.
                let _ = element.change(vec![message], |_| ());
            }
            other => viewer.ignore(other),
        }
    }
}

callbacks! {
    Form: on_submit, on_submit_async, remove_submit_callback, remove_submit_callbacks;
    "each time that the form is submitted"
}

impl GuiHandle<Form> {
    /// Submits the form: calls the callbacks, with no viewer in their event, and then lets all
    /// viewers know that there is nothing left to submit.
    ///
    /// # Errors
    /// The form has been removed.
    pub fn submit(&self) -> Result<()> {
        self.element.read(|_| ())?;
        self.call(None, ());
        self.say_submitted(None);
        Ok(())
    }

    /// Tells all viewers, after the callbacks.
    fn say_submitted(&self, permit: Option<Permit>) {
        let element = Arc::clone(&self.element);
        self.element.events.push(Job::Deferred(Box::new(move || {
            let _permit = permit;
            let uuid = Arc::clone(&element.uuid);
            let message = element.scope.encode(GuiFormSubmit { uuid }, 0);
            // An error means that the form was removed in the meantime.
            let _ = element.change(vec![message], |_| ());
            Vec::new()
        })));
    }
}
