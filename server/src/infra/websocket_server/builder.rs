//! Settings of a server for any messages.

use super::{Inner, State, WebsocketServer};
use crate::{
    error::Result,
    http::{Assets, Subprotocol},
    infra::{
        client_api::{ClientApiVersion, Dialect},
        endpoint::Endpoint,
        fan_out::{Audience, WINDOW},
        hub::Hub,
        message::Message,
        message_set::MessageSet,
        outbox::Outbox,
        settings::{Settings, settings_methods},
    },
};
use scenecast_protocol::encode::Encoded;
use std::sync::{Arc, Mutex};

/// Settings for a [`WebsocketServer`]. They are as strict as those of a scene's server.
#[derive(Debug, Clone)]
#[must_use = "call `build` or `start`"]
pub struct WebsocketServerBuilder {
    messages: MessageSet,
    settings: Settings,
    dialect: Dialect,
    verbose: bool,
}

impl WebsocketServerBuilder {
    pub(super) fn new(messages: MessageSet) -> Self {
        Self {
            messages,
            settings: Settings::new(Assets::none(), None),
            dialect: Dialect::default(),
            verbose: true,
        }
    }

    settings_methods!();

    /// The files to serve over HTTP: a [folder](Assets::folder), [files in
    /// memory](Assets::files), Scenecast's own [client](Assets::embedded); [none](Assets::none)
    /// unless set.
    pub fn http_server_root(mut self, assets: Assets) -> Self {
        self.settings.assets = assets;
        self
    }

    /// What clients understand; [`V1`](ClientApiVersion::V1), windows, unless set.
    pub fn client_api_version(mut self, version: ClientApiVersion) -> Self {
        self.dialect.client_api = version;
        self
    }

    /// What each client is told once it has everything that was said before it came. viser's
    /// browser client waits for [`ReplayDone`](scenecast_protocol::transfer::ReplayDone). Nothing
    /// unless set.
    pub fn backlog_done_message(mut self, message: &impl Message) -> Self {
        self.dialect.backlog_done = Some(Arc::new(Encoded::new(message)));
        self
    }

    /// Serves only clients that offer this WebSocket subprotocol; others are told the version and
    /// closed with code 1002. Unless set, any client is served, and what it offers first is
    /// confirmed.
    pub fn subprotocol(mut self, subprotocol: Subprotocol) -> Self {
        self.settings.subprotocol = Some(subprotocol);
        self
    }

    /// Whether connections are logged at level `info`; they are unless set.
    pub fn verbose(mut self, verbose: bool) -> Self {
        self.verbose = verbose;
        self
    }

    /// A server that listens when it is [started](WebsocketServer::start): time to register
    /// handlers, so that no message is missed.
    pub fn build(self) -> WebsocketServer {
        let outbox = Outbox::new(WINDOW, self.settings.max_queued_bytes);
        let outbox = Arc::new(outbox.with_dialect(self.dialect));
        let messages = Arc::new(self.messages);
        let endpoint = Endpoint::new(outbox, Audience::Everyone, messages);
        WebsocketServer {
            inner: Arc::new(Inner {
                hub: Arc::new(Hub::new(endpoint, self.verbose)),
                host: self.settings.host.clone(),
                state: Mutex::new(State::Built(Box::new(self.settings))),
            }),
        }
    }

    /// Builds a server and starts it.
    ///
    /// # Errors
    /// As [`WebsocketServer::start`].
    pub fn start(self) -> Result<WebsocketServer> {
        let server = self.build();
        server.start()?;
        Ok(server)
    }
}
