//! Scenes without a server: an outbox that is released by hand, and viewers that read windows.

mod convergence;
mod emission;
mod order;

use super::*;
use crate::infra::{
    ClientId,
    fan_out::{Next, WINDOW},
    message_buffer::WindowLimits,
    outbox::Outbox,
};
use scenecast_protocol::{Limits, Message, state::ViewerState, window::decode};

/// The scene of all viewers, with windows of this size.
fn scene(limits: WindowLimits) -> Scene {
    Scene::new(Scope {
        outbox: Arc::new(Outbox::new(limits, usize::MAX)),
        audience: Audience::Everyone,
    })
}

/// A viewer without a connection.
struct Viewer {
    id: ClientId,
    outbox: Arc<Outbox>,
    state: ViewerState,
    replay_is_done: bool,
}

impl Viewer {
    fn join(outbox: &Arc<Outbox>, id: ClientId) -> Viewer {
        // Who waits for releases is of no interest here.
        drop(outbox.join(id));
        Viewer {
            id,
            outbox: Arc::clone(outbox),
            state: ViewerState::new(),
            replay_is_done: false,
        }
    }

    /// Takes the next window, if there is one, and applies it as a whole.
    fn take(&mut self) -> Option<Vec<Message>> {
        let window = match self.outbox.next(self.id) {
            Next::Window(window) => window,
            Next::ReplayDone => {
                assert!(!std::mem::replace(&mut self.replay_is_done, true));
                return Some(Vec::new());
            }
            Next::Wait => return None,
            other => panic!("{other:?}"),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let payloads = window.payloads(self.outbox.client_api());
        let payloads = runtime.unwrap().block_on(payloads).unwrap();
        let window = decode(&payloads[0].pieces().concat().into(), &Limits::default()).unwrap();
        assert!(window.rejected.is_empty());
        for message in &window.messages {
            self.state.apply(message).unwrap();
        }
        Some(window.messages)
    }

    fn take_all(&mut self) -> Vec<Message> {
        std::iter::from_fn(|| self.take()).flatten().collect()
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.outbox.leave(self.id);
    }
}
