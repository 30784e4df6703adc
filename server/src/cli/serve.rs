//! Starting the server, telling where it is, and waiting for Ctrl-C.

use super::{Failure, options::ServeOptions};
use scenecast::{
    Builder, Server,
    http::{Access, Tls},
};
use std::{
    io::{IsTerminal, Write},
    net::{IpAddr, SocketAddr, UdpSocket},
    sync::mpsc::{Receiver, channel},
    thread,
};

/// Starts a server as the options say.
pub(crate) fn start(options: &ServeOptions) -> Result<Server, Failure> {
    Ok(builder(options)?.start()?)
}

/// The settings of a server that the options ask for.
pub(crate) fn builder(options: &ServeOptions) -> Result<Builder, Failure> {
    let access = Access {
        token: options.token.clone(),
        allow_origins: options.allow_origin.clone(),
        allow_hosts: options.allow_host.clone(),
    };
    let mut builder = Server::builder()
        .host(&options.host)
        .port(options.port)
        .access(access);
    if let Some(secret) = &options.read_only_token {
        builder = builder.read_only_token(secret.clone());
    }
    if let (Some(certificate), Some(key)) = (&options.tls_cert, &options.tls_key) {
        builder = builder.tls(Tls::from_pem_files(certificate, key)?);
    }
    Ok(match &options.share_command {
        Some(tunnel) => builder.tunnel(tunnel.clone()),
        None => builder,
    })
}

/// Prints each URL on a line of its own, this machine's first, so that scripts find it, and opens it unless told not to.
/// A browser is opened only for somebody who sits in front of the screen.
pub(crate) fn announce(server: &Server, options: &ServeOptions) {
    announce_page(server, options, "");
}

/// Like [`announce`], for the page with this query, such as `playbackPath=a.viser`.
pub(crate) fn announce_page(server: &Server, options: &ServeOptions, query: &str) {
    let with_query = |url: &str| match (query, url.contains('?')) {
        ("", _) => url.to_owned(),
        (query, true) => format!("{url}&{query}"),
        (query, false) => format!("{url}?{query}"),
    };
    let url = &with_query(server.url());
    let elsewhere = network_url(server);
    let elsewhere = elsewhere.map_or_else(String::new, |url| with_query(&url) + "\n");
    let text = format!("Scenecast is serving on\n{url}\n{elsewhere}(Ctrl-C ends it)\n");
    let mut out = std::io::stdout().lock();
    // A script may have closed the pipe once it had the URL.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if !options.no_open
        && out.is_terminal()
        && has_screen()
        && let Err(error) = open::that_detached(url)
    {
        tracing::warn!("cannot open a browser ({error}); open the URL yourself");
    }
}

/// The URL for other machines, where the server listens on every address of this one.
fn network_url(server: &Server) -> Option<String> {
    let bound = server.address().ip();
    let (own, any, remote) = match bound {
        IpAddr::V4(_) => ("127.0.0.1", "0.0.0.0:0", "192.0.2.1:9"),
        IpAddr::V6(_) => ("[::1]", "[::]:0", "[2001:db8::1]:9"),
    };
    if !bound.is_unspecified() {
        return None;
    }
    // Nothing is sent: the system only says which of its addresses it would use to reach a remote
    // one, here one that is reserved for documentation.
    let socket = UdpSocket::bind(any).ok()?;
    socket.connect(remote).ok()?;
    let address = SocketAddr::new(socket.local_addr().ok()?.ip(), server.port());
    let host = format!("{own}:{}", server.port());
    Some(server.url().replacen(&host, &address.to_string(), 1))
}

/// Elsewhere than on Unix desktops, a browser can always be opened.
fn has_screen() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Something to wait on until the user or the system asks the program to end.
pub(crate) fn stop_signal() -> Result<Receiver<()>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?;
    let (send, stop) = channel();
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            runtime.block_on(asked_to_end());
            // The receiver is gone only when the program is ending anyway.
            let _ = send.send(());
            // Whoever asks twice does not want to wait.
            runtime.block_on(asked_to_end());
            std::process::exit(130);
        })?;
    Ok(stop)
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}
