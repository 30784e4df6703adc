//! What a server says about itself: which version it is, and why a page may not connect.

use super::{
    handshake::Subprotocol,
    security::{SecurityPolicy, Target},
    static_files::{refuse, set, text},
};
use axum::{
    http::{StatusCode, header, request::Parts},
    response::Response,
};

/// The path, below the server's root.
pub(super) const PATH: &str = "scenecast.json";

/// Answers a page that wants to know, under the rules that apply to its WebSocket: a browser does
/// not tell it why that was refused.
///
/// The answer is JSON: `server`, always `"scenecast"`; `version`, this crate's; and `protocol`, the
/// WebSocket subprotocol that viewers must offer, or `null`.
pub(super) fn answer(
    security: &SecurityPolicy,
    subprotocol: Option<&Subprotocol>,
    parts: &Parts,
) -> Response {
    let mut reply = match security.check(Target::Socket, &parts.uri, &parts.headers) {
        Ok(_) => {
            let about = serde_json::json!({
                "server": "scenecast",
                "version": env!("CARGO_PKG_VERSION"),
                "protocol": subprotocol.map(Subprotocol::offer),
            });
            let mut reply = text(StatusCode::OK, about.to_string());
            set(
                reply.headers_mut(),
                header::CONTENT_TYPE,
                "application/json",
            );
            reply
        }
        Err(refusal) => {
            let mut reply = refuse(&refusal);
            // The page asks for the token itself; a browser's dialog would be in its way.
            reply.headers_mut().remove(header::WWW_AUTHENTICATE);
            reply
        }
    };
    if let Some(page) = security.foreign_page(&parts.uri, &parts.headers) {
        set(
            reply.headers_mut(),
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            page,
        );
        set(reply.headers_mut(), header::VARY, "Origin");
    }
    reply
}
