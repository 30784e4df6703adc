//! The public address that a tunnel gives the server for a while.

use super::{
    authority::{Authority, Host},
    rules::Origin,
    token::Secret,
};
use crate::tunnel::{MAX_URL_BYTES, TunnelError};

/// Where others get in, and the secret that they need there.
#[derive(Debug, Clone)]
pub(super) struct Public {
    origin: Origin,
    pub(super) secret: Option<Secret>,
}

impl Public {
    /// The server at this URL, and the URL to hand out: with the secret, if there is one.
    pub(super) fn new(url: &str, secret: Option<Secret>) -> Result<(Self, String), TunnelError> {
        let wrong = || TunnelError::Url(url.to_owned());
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let origin = Origin::parse(&format!("{scheme}://{authority}"));
        let origin = origin
            .filter(|origin| origin.is_of_pages())
            .ok_or_else(wrong)?;
        if url.len() > MAX_URL_BYTES || !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong());
        }
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        let shared = match &secret {
            None => format!("{scheme}://{authority}{path}"),
            Some(secret) => {
                let (token, mark) = (secret.as_str(), if path.contains('?') { '&' } else { '?' });
                let slash = if path.starts_with('/') { "" } else { "/" };
                format!("{scheme}://{authority}{slash}{path}{mark}token={token}")
            }
        };
        Ok((Self { origin, secret }, shared))
    }

    /// Whether a request came by the tunnel: it asks for the public host or, where the tunnel
    /// names another, comes from a page there.
    pub(super) fn is_asked(&self, host: &Authority, origin: Option<&str>) -> bool {
        self.has_host(&host.host) || self.has_origin(origin)
    }

    pub(super) fn has_host(&self, host: &Host) -> bool {
        self.origin.host() == host
    }

    pub(super) fn has_origin(&self, origin: Option<&str>) -> bool {
        origin.and_then(Origin::parse).as_ref() == Some(&self.origin)
    }
}
