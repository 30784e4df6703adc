//! Who may talk to the server. The rules are strict by default and each has one way to loosen it.
//!
//! - The server binds to loopback unless told otherwise.
//! - A request's `Host` must be a loopback name, an address of the server, or allowed. This stops
//!   DNS rebinding: a page whose own name was pointed at this machine.
//! - A WebSocket's `Origin` must be the `Host`, or allowed. This stops other pages in the same
//!   browser. Programs that are not browsers send no `Origin` and pass.
//! - On any address but loopback a [`Token`] is required. While a tunnel leads in it is everywhere,
//!   for nothing in a request proves that it did not come that way: a tunnel may name this machine
//!   as `Host`, and programs write what they like. Pages that were served before bring a cookie.
//! - Only pages of the same origin, of this machine (for a server on loopback: notebooks) and of
//!   allowed origins may show the page in a frame.

mod authority;
mod page;
mod public;
mod rules;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use page::{SignIn, sign_in};
pub use rules::{HostPattern, OriginPattern};
#[cfg(feature = "hub")]
pub(crate) use token::is_authorized;
pub(crate) use token::{Carrier, strip_from_query};
pub use token::{Secret, Token};

use crate::tunnel::TunnelError;
use authority::Authority;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use public::Public;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, PoisonError, RwLock, RwLockWriteGuard},
};

/// What a user may loosen or tighten. The default is the strictest.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// The secret that viewers need.
    pub token: Token,
    /// Pages that may open a WebSocket and frame the client, besides the server's own.
    pub allow_origins: Vec<OriginPattern>,
    /// Names under which the server may be reached, besides loopback and its own address.
    pub allow_hosts: Vec<HostPattern>,
}

/// A setting of [`Access`] that cannot be used.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccessError {
    /// The text is neither an origin nor `*`.
    #[error(
        "`{0}` is no origin: write it as a browser does, such as `https://example.com`, or `*`"
    )]
    Origin(String),
    /// The text is neither a host name nor `*`.
    #[error("`{0}` is no host: write `example.com`, `*.example.com`, an address, or `*`, no port")]
    Host(String),
    /// The text cannot stand in a URL.
    #[error("a token needs 1 to 256 characters of A-Z a-z 0-9 - . _ ~")]
    Token,
    /// The operating system gave no random bits.
    #[error("cannot make a random token ({0}); set one yourself")]
    Random(String),
}

/// The rules of one bound server.
#[derive(Debug, Clone)]
pub struct SecurityPolicy {
    bound: SocketAddr,
    secret: Option<Secret>,
    /// Where no token is needed: what pages keep as a cookie, for the time when one is.
    home: Option<Secret>,
    access: Access,
    cookie: String,
    frame_ancestors: String,
    /// The same for all clones: it comes and goes while the server runs.
    public: Arc<RwLock<Option<Public>>>,
    is_encrypted: bool,
    /// What lets viewers in who may look, and nothing else.
    read_only: Option<Secret>,
}

/// How a request was let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pass {
    /// Where the token stood; `None` where none was needed.
    pub(crate) carrier: Option<Carrier>,
    /// The token, or what the page may keep instead of one.
    secret: Option<Secret>,
    pub(crate) is_read_only: bool,
}

/// Why a request is refused. Its text is the body of the reply.
#[derive(Debug, thiserror::Error, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    #[error("The request needs exactly one valid Host header.")]
    NoHost,
    #[error(
        "This server does not answer to the host `{0}`; allow it with --allow-host {0} \
         or Builder::allow_host(\"{0}\")."
    )]
    Host(String),
    #[error(
        "Pages from `{0}` may not connect to this server; allow them with --allow-origin {0} \
         or Builder::allow_origin(\"{0}\")."
    )]
    Origin(String),
    #[error(
        "This server asks for a token; open the URL that it printed or is shared at, or add \
         ?token=TOKEN or an Authorization header."
    )]
    NoToken,
    #[error("The token is not this server's; open the URL that it printed when it started.")]
    WrongToken,
}

impl Refusal {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Refusal::NoHost => StatusCode::BAD_REQUEST,
            Refusal::Host(_) | Refusal::Origin(_) => StatusCode::FORBIDDEN,
            Refusal::NoToken | Refusal::WrongToken => StatusCode::UNAUTHORIZED,
        }
    }
}

/// What a request wants, as far as the rules care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Socket,
    Page,
    /// A file that is the same for everyone, such as the client's code.
    PublicFile,
}

impl SecurityPolicy {
    /// The rules of a server that listens at `bound`.
    ///
    /// # Errors
    /// [`AccessError::Random`] where the system gives no random bits for a token.
    pub fn new(access: Access, bound: SocketAddr) -> Result<SecurityPolicy, AccessError> {
        let secret = match &access.token {
            Token::Fixed(secret) => Some(secret.clone()),
            Token::Auto if !bound.ip().to_canonical().is_loopback() => Some(Secret::random()?),
            Token::Auto | Token::None => None,
        };
        let home = match (&secret, &access.token) {
            (None, Token::Auto) => Some(Secret::random()?),
            _ => None,
        };
        Ok(SecurityPolicy {
            // Cookies do not tell ports apart, so the name does: two servers on one host must not
            // sign each other's viewers out.
            cookie: format!("scenecast-{}", bound.port()),
            frame_ancestors: page::frame_ancestors(&access.allow_origins, bound.ip()),
            bound,
            secret,
            home,
            access,
            public: Arc::default(),
            is_encrypted: false,
            read_only: None,
        })
    }

    /// Asks everybody for a token from now on, since a tunnel is about to lead in.
    pub(crate) fn guard(&self) -> Result<(), TunnelError> {
        let secret = match (&self.secret, &self.home) {
            (Some(secret), _) => Some(secret.clone()),
            (None, Some(_)) => {
                Some(Secret::random().map_err(|error| TunnelError::Other(error.to_string()))?)
            }
            (None, None) => None,
        };
        *self.public_mut() = Some(Public::new(secret));
        Ok(())
    }

    /// Answers at this public URL too, to those who have the token in the one that is returned.
    /// After [`guard`](Self::guard).
    pub(crate) fn admit(&self, url: &str) -> Result<String, TunnelError> {
        match &mut *self.public_mut() {
            Some(public) => public.admit(url),
            None => Err(TunnelError::Other("sharing was ended".to_owned())),
        }
    }

    /// Takes [`admit`](Self::admit) back.
    pub(crate) fn shut(&self) {
        if let Some(public) = &mut *self.public_mut() {
            public.shut();
        }
    }

    /// Takes [`guard`](Self::guard) back: no tunnel leads in any more.
    pub(crate) fn dismiss(&self) {
        *self.public_mut() = None;
    }

    fn public_mut(&self) -> RwLockWriteGuard<'_, Option<Public>> {
        self.public.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn public(&self) -> Option<Public> {
        let public = self.public.read().unwrap_or_else(PoisonError::into_inner);
        public.clone()
    }

    /// The rules of a server whose connections are encrypted.
    pub(crate) fn encrypted(mut self, is_encrypted: bool) -> Self {
        self.is_encrypted = is_encrypted;
        self
    }

    /// The rules of a server with a second token, for those who may only look.
    pub(crate) fn with_read_only(mut self, token: Option<Secret>) -> Self {
        self.read_only = token;
        self
    }

    /// The token that viewers need, if any.
    pub fn token(&self) -> Option<&str> {
        self.secret.as_ref().map(Secret::as_str)
    }

    /// The URL to open on this machine, with the token in it.
    pub fn url(&self) -> String {
        let ip = match self.bound.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        self.url_at(ip)
    }

    /// The URL for another address of this machine.
    pub fn url_at(&self, ip: IpAddr) -> String {
        let at = SocketAddr::new(ip, self.bound.port());
        let scheme = if self.is_encrypted { "https" } else { "http" };
        match self.token() {
            Some(token) => format!("{scheme}://{at}/?token={token}"),
            None => format!("{scheme}://{at}"),
        }
    }

    /// Applies the rules.
    pub(crate) fn check(
        &self,
        target: Target,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Pass, Refusal> {
        let host = requested_host(uri, headers).ok_or(Refusal::NoHost)?;
        let public = self.public();
        let is_public = public
            .as_ref()
            .is_some_and(|public| public.has_host(&host.host));
        if !is_public && !rules::host_allowed(&host.host, self.bound.ip(), &self.access.allow_hosts)
        {
            return Err(Refusal::Host(host.host.to_string()));
        }
        if target == Target::Socket {
            let origin = page_of(headers);
            let count = headers.get_all(header::ORIGIN).iter().count();
            if !self.lets_in(origin, &host) || count > 1 {
                return Err(Refusal::Origin(origin.unwrap_or_default().to_owned()));
            }
        }
        let query = uri.query().unwrap_or_default();
        let needed = match &self.secret {
            Some(secret) => Some(secret.clone()),
            None => public.and_then(|public| public.secret),
        };
        let mut refusal = needed.as_ref().map(|_| Refusal::NoToken);
        let known = [
            (&needed, false),
            (&self.read_only, true),
            (&self.home, false),
        ];
        for (secret, is_read_only) in known {
            let Some(secret) = secret else { continue };
            match token::find(secret, &self.cookie, query, headers) {
                token::Found::Right(carrier) => {
                    return Ok(Pass {
                        carrier: Some(carrier),
                        secret: Some(secret.clone()),
                        is_read_only,
                    });
                }
                token::Found::Wrong if refusal.is_some() => refusal = Some(Refusal::WrongToken),
                token::Found::Wrong | token::Found::Missing => {}
            }
        }
        match refusal {
            Some(refusal) if target != Target::PublicFile => Err(refusal),
            refusal => Ok(Pass {
                carrier: None,
                secret: self.home.clone().filter(|_| refusal.is_none()),
                is_read_only: false,
            }),
        }
    }

    /// Whether a page may open a WebSocket.
    fn lets_in(&self, origin: Option<&str>, host: &Authority) -> bool {
        rules::origin_allowed(origin, host, &self.access.allow_origins)
            || self
                .public()
                .is_some_and(|public| public.has_origin(origin))
    }

    /// The page of another origin that asks and may connect, for `Access-Control-Allow-Origin`.
    pub(crate) fn foreign_page<'a>(&self, uri: &Uri, headers: &'a HeaderMap) -> Option<&'a str> {
        let (host, origin) = (requested_host(uri, headers)?, page_of(headers)?);
        self.lets_in(Some(origin), &host).then_some(origin)
    }

    /// The `Set-Cookie` value that spares a browser the token in its URL; none where it has it.
    pub(crate) fn cookie(&self, pass: &Pass) -> Option<String> {
        if pass.carrier == Some(Carrier::Cookie) {
            return None;
        }
        let (name, token) = (&self.cookie, pass.secret.as_ref()?.as_str());
        let secure = if self.is_encrypted { "; Secure" } else { "" };
        Some(format!(
            "{name}={token}; Path=/; HttpOnly; SameSite=Strict{secure}"
        ))
    }

    /// The `frame-ancestors` directive for replies.
    pub(crate) fn frame_ancestors(&self) -> &str {
        &self.frame_ancestors
    }
}

/// The origin of the page that asks; none where a program does.
fn page_of(headers: &HeaderMap) -> Option<&str> {
    let origin = headers.get(header::ORIGIN)?;
    Some(origin.to_str().unwrap_or_default())
}

/// The host of an absolute request target, which overrides the header, or of the one header.
fn requested_host(uri: &Uri, headers: &HeaderMap) -> Option<Authority> {
    let mut values = headers.get_all(header::HOST).iter();
    let (header, None) = (values.next()?, values.next()) else {
        return None;
    };
    match uri.authority() {
        Some(authority) => Authority::parse(authority.as_str()),
        None => Authority::parse(header.to_str().ok()?),
    }
}
