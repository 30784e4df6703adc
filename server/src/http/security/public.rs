//! The public address that a tunnel gives the server for a while.

use super::{authority::Host, rules::Origin, token::Secret};
use crate::tunnel::{MAX_URL_BYTES, TunnelError};

/// Where others get in, and the secret that everybody needs meanwhile.
#[derive(Debug, Clone)]
pub(super) struct Public {
    /// None as long as the tunnel has not said where it leads in.
    origin: Option<Origin>,
    /// None where nobody needs one.
    pub(super) secret: Option<Secret>,
}

impl Public {
    pub(super) fn new(secret: Option<Secret>) -> Self {
        let origin = None;
        Self { origin, secret }
    }

    /// Takes the server to be at this URL too. Returns the URL to hand out: with the secret, if
    /// there is one.
    pub(super) fn admit(&mut self, url: &str) -> Result<String, TunnelError> {
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
        self.origin = Some(origin);
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        Ok(match &self.secret {
            None => format!("{scheme}://{authority}{path}"),
            Some(secret) => {
                let (token, mark) = (secret.as_str(), if path.contains('?') { '&' } else { '?' });
                let slash = if path.starts_with('/') { "" } else { "/" };
                format!("{scheme}://{authority}{slash}{path}{mark}token={token}")
            }
        })
    }

    /// Takes [`admit`](Self::admit) back.
    pub(super) fn shut(&mut self) {
        self.origin = None;
    }

    pub(super) fn has_host(&self, host: &Host) -> bool {
        let origin = self.origin.as_ref();
        origin.is_some_and(|origin| origin.host() == host)
    }

    pub(super) fn has_origin(&self, origin: Option<&str>) -> bool {
        let origin = origin.and_then(Origin::parse);
        origin.is_some() && origin == self.origin
    }
}
