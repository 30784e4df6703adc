//! What a server and its clients have in common: messages go out and come in.

use super::{
    fan_out::Audience, handlers::Handlers, message::Message, message_set::MessageSet,
    outbox::Outbox, outgoing::Outgoing,
};
use std::sync::Arc;

/// One end of all connections, or of one.
pub(crate) struct Endpoint {
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) audience: Audience,
    pub(crate) messages: Arc<MessageSet>,
    pub(crate) handlers: Handlers,
}

impl Endpoint {
    pub(crate) fn new(outbox: Arc<Outbox>, audience: Audience, messages: Arc<MessageSet>) -> Self {
        Self {
            outbox,
            audience,
            messages,
            handlers: Handlers::default(),
        }
    }

    pub(crate) fn push(&self, message: &impl Message) {
        self.outbox.send(self.audience, message);
    }

    pub(crate) fn push_except(&self, message: &impl Message, client: super::ClientId) {
        let mut outgoing = Outgoing::new(message, self.outbox.sequence());
        outgoing.excluded = Some(client);
        self.outbox.push(self.audience, outgoing);
    }
}

/// Something that has an [`Endpoint`]; only this crate's types do.
pub trait HasEndpoint {
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "nobody else may implement or call it")]
    fn endpoint(&self) -> &Endpoint;
}
