//! Requests of the server that this page cannot fulfil: an answer that says so keeps the program
//! that asked from waiting.

use scenecast_protocol::camera::GetRenderResponse;
use scenecast_protocol::transfer::LocalStorageGetItemResponse;
use scenecast_protocol::{Message, message};

/// The answer to a request, encoded; `None` for messages that want none.
pub(super) fn answer(message: &Message) -> Option<Vec<u8>> {
    match message {
        // An empty image is how viewers say that there is none.
        Message::GetRenderRequest(request) => Some(message::to_server(&GetRenderResponse {
            payload: Default::default(),
            render_uuid: request.render_uuid.clone(),
        })),
        Message::LocalStorageGetItemRequest(request) => {
            Some(message::to_server(&LocalStorageGetItemResponse {
                value: None,
                error: Some("this viewer keeps no storage".to_owned()),
                request_uuid: request.request_uuid.clone(),
            }))
        }
        // The list of all messages is `ViewerState::apply`.
        _ => None,
    }
}
