//! Who may talk to the server. The rules are strict by default and each has one way to loosen it.
//!
//! - The server binds to loopback unless told otherwise.
//! - A request's `Host` must be a loopback name, an address of the server, or allowed. This stops
//!   DNS rebinding: a page whose own name was pointed at this machine.
//! - A WebSocket's `Origin` must be the `Host`, or allowed. This stops other pages in the same
//!   browser. Programs that are not browsers send no `Origin` and pass.
//! - On any address but loopback a [`Token`] is required, and on one that a tunnel gives.
//! - Only pages of the same origin, of this machine (for a server on loopback: notebooks) and of
//!   allowed origins may show the page in a frame.

mod authority;
mod page;
mod public;
mod rules;
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
    sync::{Arc, PoisonError, RwLock},
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
    /// The token.
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
        "This server asks for a token; open the URL that it printed, or add ?token=TOKEN \
         or an Authorization header."
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
    /// [`AccessError::Random`] where a random token is needed and the system gives none.
    pub fn new(access: Access, bound: SocketAddr) -> Result<SecurityPolicy, AccessError> {
        let secret = match &access.token {
            Token::Fixed(secret) => Some(secret.clone()),
            Token::Auto if !bound.ip().to_canonical().is_loopback() => Some(Secret::random()?),
            Token::Auto | Token::None => None,
        };
        Ok(SecurityPolicy {
            // Cookies do not tell ports apart, so the name does: two servers on one host must not
            // sign each other's viewers out.
            cookie: format!("scenecast-{}", bound.port()),
            frame_ancestors: page::frame_ancestors(&access.allow_origins, bound.ip()),
            bound,
            secret,
            access,
            public: Arc::default(),
            is_encrypted: false,
            read_only: None,
        })
    }

    /// Answers at this public URL too, to those who have the token in the one that is returned.
    pub(crate) fn admit(&self, url: &str) -> Result<String, TunnelError> {
        let secret = match (&self.secret, &self.access.token) {
            (Some(secret), _) => Some(secret.clone()),
            (None, Token::None) => None,
            (None, _) => {
                Some(Secret::random().map_err(|error| TunnelError::Other(error.to_string()))?)
            }
        };
        let (public, url) = Public::new(url, secret)?;
        *self.public.write().unwrap_or_else(PoisonError::into_inner) = Some(public);
        Ok(url)
    }

    /// Takes [`admit`](Self::admit) back.
    pub(crate) fn dismiss(&self) {
        *self.public.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn public(&self) -> Option<Public> {
        let public = self.public.read().unwrap_or_else(PoisonError::into_inner);
        public.clone()
    }

    /// The secret that a request needs.
    fn secret_for(&self, uri: &Uri, headers: &HeaderMap) -> Option<Secret> {
        if self.secret.is_some() {
            return self.secret.clone();
        }
        let host = requested_host(uri, headers)?;
        let public = self.public()?;
        let is_public = public.is_asked(&host, page_of(headers));
        public.secret.filter(|_| is_public)
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
        let is_public = public.is_some_and(|public| public.has_host(&host.host));
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
        let find = |secret: Option<&Secret>| match secret {
            Some(secret) => token::find(secret, &self.cookie, query, headers),
            None => token::Found::Missing,
        };
        let pass = |carrier, secret, is_read_only| Pass {
            carrier,
            secret,
            is_read_only,
        };
        let (secret, read_only) = (self.secret_for(uri, headers), self.read_only.clone());
        match (find(secret.as_ref()), find(read_only.as_ref())) {
            (token::Found::Right(carrier), _) => Ok(pass(Some(carrier), secret, false)),
            (_, token::Found::Right(carrier)) => Ok(pass(Some(carrier), read_only, true)),
            _ if secret.is_none() || target == Target::PublicFile => Ok(pass(None, None, false)),
            (token::Found::Wrong, _) => Err(Refusal::WrongToken),
            (token::Found::Missing, _) => Err(Refusal::NoToken),
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

    /// The `Set-Cookie` value that spares a browser the token in its URL.
    pub(crate) fn cookie(&self, pass: &Pass) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(access: Access, bound: &str) -> SecurityPolicy {
        SecurityPolicy::new(access, bound.parse().unwrap()).unwrap()
    }

    fn check(
        policy: &SecurityPolicy,
        target: Target,
        uri: &str,
        headers: &[(&str, &str)],
    ) -> Result<Option<Carrier>, Refusal> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                header::HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            );
        }
        let pass = policy.check(target, &uri.parse().unwrap(), &map);
        pass.map(|pass| pass.carrier)
    }

    #[test]
    fn a_second_token_is_for_looking() {
        let fixed = Access {
            token: Token::Fixed("full".parse().unwrap()),
            ..Access::default()
        };
        for (access, without) in [(fixed, false), (Access::default(), true)] {
            let policy = policy(access, "127.0.0.1:8080");
            let policy = policy.with_read_only(Some("look".parse().unwrap()));
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
            let pass = |query: &str| {
                let uri = format!("/?{query}").parse().unwrap();
                policy.check(Target::Page, &uri, &headers)
            };
            let look = pass("token=look").unwrap();
            assert!(look.is_read_only);
            let cookie = policy.cookie(&look).unwrap();
            assert!(cookie.contains("=look;"), "{cookie}");
            assert_eq!(pass("").is_ok_and(|pass| !pass.is_read_only), without);
            // A page that has both may do more.
            let cookie = "scenecast-8080=look".parse().unwrap();
            headers.insert(header::COOKIE, cookie);
            let uri = "/?token=full".parse().unwrap();
            let both = policy.check(Target::Page, &uri, &headers).unwrap();
            assert_eq!(both.is_read_only, without);
        }
    }

    #[test]
    fn loopback_needs_no_token_and_the_network_does() {
        assert_eq!(policy(Access::default(), "127.0.0.1:8080").token(), None);
        assert_eq!(policy(Access::default(), "[::1]:8080").token(), None);
        assert_eq!(
            policy(Access::default(), "[::ffff:127.0.0.1]:8080").token(),
            None
        );
        for bound in ["0.0.0.0:8080", "[::]:8080", "10.0.0.7:8080"] {
            assert_eq!(
                policy(Access::default(), bound).token().unwrap().len(),
                22,
                "{bound}"
            );
        }
        let open = Access {
            token: Token::None,
            ..Access::default()
        };
        assert_eq!(policy(open, "0.0.0.0:8080").token(), None);
        let fixed = Access {
            token: Token::Fixed("abc".parse().unwrap()),
            ..Access::default()
        };
        assert_eq!(policy(fixed, "127.0.0.1:8080").token(), Some("abc"));
    }

    #[test]
    fn urls_can_be_opened() {
        let fixed = Access {
            token: Token::Fixed("abc".parse().unwrap()),
            ..Access::default()
        };
        let open = Access {
            token: Token::None,
            ..Access::default()
        };
        for (access, bound, url) in [
            (&open, "127.0.0.1:8080", "http://127.0.0.1:8080"),
            (&open, "[::1]:80", "http://[::1]:80"),
            (&fixed, "0.0.0.0:9", "http://127.0.0.1:9/?token=abc"),
            (&fixed, "[::]:9", "http://[::1]:9/?token=abc"),
            (&fixed, "10.0.0.7:9", "http://10.0.0.7:9/?token=abc"),
        ] {
            assert_eq!(policy(access.clone(), bound).url(), url);
        }
    }

    #[test]
    fn rules_apply_in_order() {
        let fixed = Access {
            token: Token::Fixed("abc".parse().unwrap()),
            ..Access::default()
        };
        let policy = policy(fixed, "0.0.0.0:8080");
        let own = ("host", "10.0.0.7:8080");
        let foreign = ("origin", "http://evil.example");
        let origin_error = || Err(Refusal::Origin("http://evil.example".into()));
        type Case<'a> = (
            Target,
            &'a str,
            &'a [(&'a str, &'a str)],
            Result<Option<Carrier>, Refusal>,
        );
        let cases: &[Case] = &[
            (Target::Page, "/", &[], Err(Refusal::NoHost)),
            (Target::Page, "/", &[own, own], Err(Refusal::NoHost)),
            (Target::Page, "/", &[("host", "a b")], Err(Refusal::NoHost)),
            (
                Target::Page,
                "/?token=abc",
                &[("host", "evil:80")],
                Err(Refusal::Host("evil".into())),
            ),
            (
                Target::Page,
                "http://evil/?token=abc",
                &[own],
                Err(Refusal::Host("evil".into())),
            ),
            (Target::Page, "/", &[own], Err(Refusal::NoToken)),
            (Target::Page, "/?token=x", &[own], Err(Refusal::WrongToken)),
            (
                Target::Page,
                "/?token=abc",
                &[own],
                Ok(Some(Carrier::Query)),
            ),
            (
                Target::Page,
                "/?token=abc",
                &[own, foreign],
                Ok(Some(Carrier::Query)),
            ),
            (Target::PublicFile, "/a.js", &[own], Ok(None)),
            (
                Target::PublicFile,
                "/a.js",
                &[("host", "evil")],
                Err(Refusal::Host("evil".into())),
            ),
            (
                Target::Socket,
                "/?token=abc",
                &[own, foreign],
                origin_error(),
            ),
            (Target::Socket, "/", &[own], Err(Refusal::NoToken)),
            (
                Target::Socket,
                "/",
                &[own, ("cookie", "scenecast-8080=abc")],
                Ok(Some(Carrier::Cookie)),
            ),
            (
                Target::Socket,
                "/",
                &[own, ("authorization", "Bearer abc")],
                Ok(Some(Carrier::Authorization)),
            ),
        ];
        for (target, uri, headers, expected) in cases {
            assert_eq!(
                check(&policy, *target, uri, headers),
                *expected,
                "{uri} {headers:?}"
            );
        }
    }

    #[test]
    fn a_tunnel_s_visitors_need_its_token_and_nobody_else_does() {
        let policy = policy(Access::default(), "127.0.0.1:8080");
        let (far, near) = (("host", "a.example"), ("host", "localhost:8080"));
        let page = ("origin", "https://a.example");
        let refused = Err(Refusal::Host("a.example".into()));
        assert_eq!(check(&policy, Target::Page, "/", &[far]), refused);
        let url = policy.clone().admit("https://A.example/x").unwrap();
        let token = url.strip_prefix("https://A.example/x?token=").unwrap();
        let query = format!("/?token={token}");
        let by_query = Ok(Some(Carrier::Query));
        for (target, uri, headers, expected) in [
            (Target::Page, "/", &[far][..], Err(Refusal::NoToken)),
            (Target::Page, &query, &[far], by_query.clone()),
            (Target::Socket, "/", &[far, page], Err(Refusal::NoToken)),
            (Target::Socket, &query, &[far, page], by_query.clone()),
            // Tunnels that name this machine as host.
            (Target::Socket, "/", &[near, page], Err(Refusal::NoToken)),
            (Target::Socket, &query, &[near, page], by_query),
            (Target::Page, "/", &[near], Ok(None)),
            (Target::Socket, "/", &[near], Ok(None)),
        ] {
            assert_eq!(
                check(&policy, target, uri, headers),
                expected,
                "{uri} {headers:?}"
            );
        }
        let http = ("origin", "http://a.example");
        assert!(check(&policy, Target::Socket, &query, &[near, http]).is_err());
        policy.dismiss();
        assert_eq!(check(&policy, Target::Page, &query, &[far]), refused);
    }

    #[test]
    fn public_urls_keep_what_they_had() {
        let token = |token| Access {
            token,
            ..Access::default()
        };
        let fixed = policy(token(Token::Fixed("abc".parse().unwrap())), "127.0.0.1:1");
        let open = policy(token(Token::None), "127.0.0.1:1");
        for (url, shared) in [
            ("https://a.example", "https://a.example/?token=abc"),
            ("http://a.example:8/b/", "http://a.example:8/b/?token=abc"),
            (
                "https://a.example/?b=c#d",
                "https://a.example/?b=c&token=abc",
            ),
            ("https://a.example?b", "https://a.example/?b&token=abc"),
        ] {
            assert_eq!(fixed.admit(url).unwrap(), shared);
        }
        assert_eq!(
            open.admit("https://a.example").unwrap(),
            "https://a.example"
        );
        for wrong in [
            "",
            "a.example",
            "ftp://a.example",
            "https://",
            "https://a b",
            "https://u@a/",
        ] {
            assert!(open.admit(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn two_origins_are_refused_even_where_the_first_is_right() {
        let policy = policy(Access::default(), "127.0.0.1:8080");
        let host = ("host", "localhost:8080");
        let good = ("origin", "http://localhost:8080");
        assert_eq!(check(&policy, Target::Socket, "/", &[host, good]), Ok(None));
        assert!(check(&policy, Target::Socket, "/", &[host, good, good]).is_err());
    }
}
