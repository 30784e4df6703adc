//! The scene as a page of its own.

use super::Scene;
use crate::{
    error::{Error, Result},
    infra::{fan_out::Audience, recorder::Filter, serializer::StateSerializer},
};
use std::sync::Arc;

impl Scene {
    /// The scene as it is now as one HTML document, which opens without a server, from a file too.
    ///
    /// # Errors
    /// [`NoClient`](Error::NoClient) where this build has no browser client,
    /// [`NotForOneViewer`](Error::NotForOneViewer) for the scene of one viewer,
    /// [`Recording`](Error::Recording) where temporary files cannot be written.
    pub fn as_html(&self, dark_mode: bool) -> Result<String> {
        self.recorded()?.as_html(dark_mode)
    }

    /// Shows the scene as it is now: in an evcxr notebook in a frame of so many pixels' height, else
    /// in the browser. What happens to the scene later is not shown.
    ///
    /// # Errors
    /// As [`as_html`](Self::as_html); [`Display`](Error::Display) where no browser opens.
    pub fn show(&self, height: u32, dark_mode: bool) -> Result<()> {
        self.recorded()?.show(height, dark_mode)
    }

    fn recorded(&self) -> Result<StateSerializer> {
        let scope = &self.inner.scope;
        match scope.audience {
            Audience::Everyone => {
                let outbox = Arc::clone(&scope.outbox);
                Ok(StateSerializer::start(
                    outbox,
                    scope.audience,
                    Filter::Scene,
                ))
            }
            Audience::Only(_) => Err(Error::NotForOneViewer),
        }
    }
}
