//! What happens to a request: WebSocket, sign-in, file or refusal.

use super::{
    about,
    assets::{Assets, INDEX, static_path},
    handshake::{Subprotocol, VersionMismatch, negotiate},
    security::{Carrier, SecurityPolicy, SignIn, Target, sign_in, strip_from_query},
    serve::Peer,
    socket::{Socket, upgrade},
    static_files::{protect, refuse, serve, set, text},
};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode, header, request::Parts},
    response::Response,
};
use futures_util::{SinkExt, StreamExt};
use scenecast_protocol::version::MISMATCH_CLOSE_CODE;
use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

/// The longest message that a viewer may send, in bytes. A longer one ends its connection.
pub const MAX_MESSAGE_BYTES: usize = 50 * 1024 * 1024;

/// How long a rejected viewer has to confirm the close, so that it gets to read the reason.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// What is known about a viewer when it arrives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ConnectionInfo {
    /// Its address as the socket has it (a proxy's, behind one); `None` outside of
    /// [`serve`](super::serve).
    pub peer: Option<SocketAddr>,
    /// What it calls itself.
    pub user_agent: Option<String>,
    /// Whether it came with the token of those who may only look.
    pub is_read_only: bool,
}

struct Site<H> {
    assets: Assets,
    security: SecurityPolicy,
    subprotocol: Option<Subprotocol>,
    on_socket: H,
}

/// Makes the router of a server.
///
/// A request with `Upgrade: websocket` becomes a WebSocket whatever its path; every other one is
/// for a file of `assets`. Both pass `security` first.
///
/// `on_socket` gets each WebSocket and runs until it is done with it; the connection counts
/// towards [`Limits::connections`](super::Limits::connections) until then. A viewer that does not
/// offer the `subprotocol`, if there is one, is reported to it as an error, without a socket: the
/// router closes that one with code 1002 and the reason that viewers know.
pub fn router<H, F>(
    assets: Assets,
    security: SecurityPolicy,
    subprotocol: Option<Subprotocol>,
    on_socket: H,
) -> Router
where
    H: Fn(Result<Socket, VersionMismatch>, ConnectionInfo) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    assets.warn_if_missing();
    let site = Arc::new(Site {
        assets,
        security,
        subprotocol,
        on_socket,
    });
    Router::new().fallback(answer::<H, F>).with_state(site)
}

async fn answer<H, F>(State(site): State<Arc<Site<H>>>, request: Request) -> Response
where
    H: Fn(Result<Socket, VersionMismatch>, ConnectionInfo) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (parts, _body) = request.into_parts();
    let mut reply = if wants_socket(&parts) {
        socket(&site, parts).await
    } else {
        file(&site, &parts).await
    };
    protect(&mut reply, &site.security);
    reply
}

fn wants_socket(parts: &Parts) -> bool {
    let upgrade = parts.headers.get(header::UPGRADE);
    upgrade.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

async fn socket<H, F>(site: &Arc<Site<H>>, mut parts: Parts) -> Response
where
    H: Fn(Result<Socket, VersionMismatch>, ConnectionInfo) -> F + Send + Sync + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let checked = site
        .security
        .check(Target::Socket, &parts.uri, &parts.headers);
    let pass = match checked {
        Ok(pass) => pass,
        Err(refusal) => return refuse(&refusal),
    };
    let handshake = negotiate(&parts.headers, site.subprotocol.as_ref());
    let peer = parts.extensions.get::<Peer>().cloned();
    let user_agent = parts.headers.get(header::USER_AGENT);
    let info = ConnectionInfo {
        peer: peer.as_ref().map(|peer| peer.address),
        user_agent: user_agent.and_then(|v| Some(v.to_str().ok()?.to_owned())),
        is_read_only: pass.is_read_only,
    };
    let (mut answer, opening) = match upgrade(&mut parts) {
        Ok(upgraded) => upgraded,
        Err(why) => return text(StatusCode::BAD_REQUEST, why),
    };
    if let Some(selected) = handshake.selected {
        let name = header::SEC_WEBSOCKET_PROTOCOL;
        answer.headers_mut().insert(name, selected);
    }
    // Pages of an earlier run of the server connect again without being loaded again.
    if pass.carrier.is_none()
        && let Some(cookie) = site.security.cookie(&pass)
    {
        set(answer.headers_mut(), header::SET_COOKIE, &cookie);
    }
    let site = Arc::clone(site);
    tokio::spawn(async move {
        let socket = match opening.await {
            Ok(socket) => socket,
            Err(error) => return tracing::debug!("a viewer left during the handshake: {error}"),
        };
        match handshake.version {
            Ok(()) => (site.on_socket)(Ok(socket), info).await,
            Err(mismatch) => {
                let reason = mismatch.to_string();
                (site.on_socket)(Err(mismatch), info).await;
                drop(site);
                reject(socket, reason).await;
            }
        }
        drop(peer);
    });
    answer
}

/// Closes a socket with a reason and waits until the peer has seen it.
async fn reject(mut socket: Socket, reason: String) {
    let close = Message::Close(Some(CloseFrame {
        code: MISMATCH_CLOSE_CODE.into(),
        reason: reason.into(),
    }));
    let closing = async {
        if socket.send(close).await.is_ok() {
            while let Some(Ok(_)) = socket.next().await {}
        }
    };
    if tokio::time::timeout(CLOSE_TIMEOUT, closing).await.is_err() {
        tracing::debug!("a rejected viewer did not confirm the close");
    }
}

async fn file<H>(site: &Site<H>, parts: &Parts) -> Response {
    let path = static_path(parts.uri.path());
    if path.as_deref() == Some(about::PATH) && parts.method == Method::GET {
        return about::answer(&site.security, site.subprotocol.as_ref(), parts);
    }
    let target = match &path {
        Some(path) if site.assets.is_public(path) => Target::PublicFile,
        Some(_) | None => Target::Page,
    };
    let pass = match site.security.check(target, &parts.uri, &parts.headers) {
        Ok(pass) => pass,
        Err(refusal) => return refuse(&refusal),
    };
    if parts.method != Method::GET && parts.method != Method::HEAD {
        let mut reply = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        set(reply.headers_mut(), header::ALLOW, "GET, HEAD");
        return reply;
    }
    let Some(path) = path else {
        return text(StatusCode::NOT_FOUND, "NOT FOUND");
    };
    let mut reply = match (path == INDEX, pass.carrier) {
        (true, Some(Carrier::Query)) => match sign_in(&parts.headers) {
            SignIn::Redirect => redirect(&page_without_token(parts)),
            SignIn::GoOn => go_on(&page_without_token(parts)),
            SignIn::Serve => serve(&site.assets, &parts.method, &path, &parts.headers).await,
        },
        _ => serve(&site.assets, &parts.method, &path, &parts.headers).await,
    };
    if path == INDEX
        && let Some(cookie) = site.security.cookie(&pass)
    {
        set(reply.headers_mut(), header::SET_COOKIE, &cookie);
    }
    reply
}

/// The page's URL without the token, relative: a proxy may have the server below a path, and a
/// path like `//host/` must not lead to another host.
fn page_without_token(parts: &Parts) -> String {
    match strip_from_query(parts.uri.query().unwrap_or_default()) {
        query if query.is_empty() => "./".to_owned(),
        query => format!("./?{query}"),
    }
}

fn redirect(location: &str) -> Response {
    let mut reply = text(StatusCode::SEE_OTHER, "");
    set(reply.headers_mut(), header::LOCATION, location);
    reply
}

fn go_on(location: &str) -> Response {
    let escaped = location
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        .replace('<', "&lt;");
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Scenecast</title>\
         <meta http-equiv=\"refresh\" content=\"0;url='{escaped}'\">\
         <a href=\"{escaped}\">Open the scene</a>\n"
    );
    let mut reply = text(StatusCode::OK, html);
    set(
        reply.headers_mut(),
        header::CONTENT_TYPE,
        "text/html; charset=utf-8",
    );
    reply
}
