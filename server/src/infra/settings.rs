//! Where a server listens, whom it lets in, and what each viewer may cost.

use crate::http::{Access, AccessError, Assets, Limits, Secret, Subprotocol, Tls};

/// See [`Builder::max_queued_bytes`](crate::Builder::max_queued_bytes).
const DEFAULT_QUEUED_BYTES: usize = 64 << 20;

/// The settings that every kind of server has.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) access: Access,
    /// See [`Builder::read_only_token`](crate::Builder::read_only_token).
    pub(crate) read_only: Option<Secret>,
    pub(crate) tls: Option<Tls>,
    pub(crate) limits: Limits,
    pub(crate) assets: Assets,
    pub(crate) max_queued_bytes: usize,
    pub(crate) subprotocol: Option<Subprotocol>,
    /// The first setting that cannot be used; told at the start, so that calls can be chained.
    pub(crate) wrong: Option<AccessError>,
}

impl Settings {
    pub(crate) fn new(assets: Assets, subprotocol: Option<Subprotocol>) -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8080,
            access: Access::default(),
            read_only: None,
            tls: None,
            limits: Limits::default(),
            assets,
            max_queued_bytes: DEFAULT_QUEUED_BYTES,
            subprotocol,
            wrong: None,
        }
    }

    pub(crate) fn allow_origin(&mut self, origin: &str) {
        match origin.parse() {
            Ok(origin) => self.access.allow_origins.push(origin),
            Err(error) => self.wrong = self.wrong.take().or(Some(error)),
        }
    }

    pub(crate) fn allow_host(&mut self, host: &str) {
        match host.parse() {
            Ok(host) => self.access.allow_hosts.push(host),
            Err(error) => self.wrong = self.wrong.take().or(Some(error)),
        }
    }
}

/// The methods of a builder whose field `settings` holds [`Settings`].
macro_rules! settings_methods {
    () => {
        /// The port, 8080 unless set. If it is taken the next free one is used, up to a thousand
        /// further; 0 lets the system choose. The running server tells which it became.
        pub fn port(mut self, port: u16) -> Self {
            self.settings.port = port;
            self
        }

        /// The address or name to listen on; `127.0.0.1`, this machine only, unless set. On any
        /// other a random token becomes part of the server's URL, unless
        /// [`token`](Self::token) says otherwise.
        pub fn host(mut self, host: impl Into<String>) -> Self {
            self.settings.host = host.into();
            self
        }

        /// The secret that viewers need.
        pub fn token(mut self, token: $crate::http::Token) -> Self {
            self.settings.access.token = token;
            self
        }

        /// A second secret, for viewers who may only look: they see the scene and move their own
        /// camera, and nothing else that they do is heard. The page's URL with `?token=` and this
        /// secret is for them. None unless set.
        pub fn read_only_token(mut self, secret: $crate::http::Secret) -> Self {
            self.settings.read_only = Some(secret);
            self
        }

        /// Encrypts all connections: `https` and `wss`. None is unless set.
        #[cfg(feature = "tls")]
        pub fn tls(mut self, tls: $crate::http::Tls) -> Self {
            self.settings.tls = Some(tls);
            self
        }

        /// Lets pages of this origin, such as `https://example.com`, connect and show the
        /// server's page in a frame; `*` lets all.
        pub fn allow_origin(mut self, origin: &str) -> Self {
            self.settings.allow_origin(origin);
            self
        }

        /// Answers to this host name too, such as one that a proxy uses; `*` for all names.
        pub fn allow_host(mut self, host: &str) -> Self {
            self.settings.allow_host(host);
            self
        }

        /// All settings about who may connect at once.
        pub fn access(mut self, access: $crate::http::Access) -> Self {
            self.settings.access = access;
            self
        }

        /// Bounds on connections.
        pub fn limits(mut self, limits: $crate::http::Limits) -> Self {
            self.settings.limits = limits;
            self
        }

        /// How many bytes may wait for one viewer that nothing newer replaces. A viewer that
        /// leaves more unread is disconnected. 64 MiB unless set. What newer messages do replace
        /// is bounded by the number of their keys.
        pub fn max_queued_bytes(mut self, bytes: usize) -> Self {
            self.settings.max_queued_bytes = bytes;
            self
        }
    };
}

pub(crate) use settings_methods;
