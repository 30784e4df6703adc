//! Who has asked for a public URL, and whether there is one.

use super::{Opened, Tunnel, TunnelError, command::GRACE};
use crate::{
    client::Client, gui::Notification, http::SecurityPolicy, infra::runtime::Runtime, scope::Scope,
};
use scenecast_protocol::{
    gui::{ColorName, GuiColor},
    transfer::ShareUrlUpdated,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, task::AbortHandle};

/// How long a tunnel may take to open.
const OPEN_TIMEOUT: Duration = Duration::from_secs(30);

/// How long tokens are still asked for once a tunnel is told to close: until it has, what comes
/// through it may look like this machine's.
const GUARD_TIME: Duration = GRACE.saturating_add(Duration::from_secs(1));

/// Where sharing stands.
#[derive(Debug, Clone)]
pub(crate) enum Share {
    /// There is no tunnel, and why not, if it should be there.
    Off(Option<Arc<TunnelError>>),
    Opening,
    /// Others get in at this URL.
    Open(Arc<str>),
}

/// The share button of one server.
#[derive(Debug)]
pub(crate) struct Sharing {
    tunnel: Option<Arc<dyn Tunnel>>,
    local: SocketAddr,
    security: SecurityPolicy,
    scope: Scope,
    runtime: Runtime,
    state: Mutex<State>,
    pub(crate) share: watch::Sender<Share>,
}

#[derive(Debug, Default)]
struct State {
    /// Counts tunnels, so that one that is given up has no say any more.
    generation: u64,
    task: Option<AbortHandle>,
}

impl Sharing {
    pub(crate) fn new(
        tunnel: Option<Arc<dyn Tunnel>>,
        bound: SocketAddr,
        security: SecurityPolicy,
        scope: Scope,
        runtime: Runtime,
    ) -> Self {
        let ip = match bound.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            ip => ip,
        };
        Self {
            tunnel,
            local: SocketAddr::new(ip, bound.port()),
            security,
            scope,
            runtime,
            state: Mutex::default(),
            share: watch::Sender::new(Share::Off(None)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a tunnel, unless there is one or one is about to be. The viewer who asked, if it was
    /// one, is told what goes wrong.
    pub(crate) fn request(self: &Arc<Self>, client: Option<Client>) {
        let Some(tunnel) = self.tunnel.clone() else {
            let mut state = self.lock();
            return self.end(&mut state, Some(TunnelError::None), client.as_ref());
        };
        let mut state = self.lock();
        if state.task.is_some() {
            return;
        }
        if let Err(error) = self.security.guard() {
            return self.end(&mut state, Some(error), client.as_ref());
        }
        state.generation += 1;
        self.share.send_replace(Share::Opening);
        // Weak: the last tunnel must not keep the server.
        let (this, generation, local) = (Arc::downgrade(self), state.generation, self.local);
        let task = self.runtime.spawn(async move {
            let (opened, url) = Opened::channel();
            let mut running = tunnel.run(local, opened);
            let error = tokio::select! {
                error = &mut running => error,
                () = tokio::time::sleep(OPEN_TIMEOUT) => TunnelError::Timeout(OPEN_TIMEOUT),
                Ok(url) = url => match this.upgrade().map(|this| this.opened(generation, &url)) {
                    Some(Ok(())) => running.await,
                    Some(Err(error)) => error,
                    None => return,
                },
            };
            tracing::warn!("sharing ended: {error}");
            if let Some(this) = this.upgrade() {
                let mut state = this.lock();
                if state.generation == generation {
                    this.end(&mut state, Some(error), client.as_ref());
                }
            }
        });
        state.task = Some(task.abort_handle());
    }

    fn opened(&self, generation: u64, url: &str) -> Result<(), TunnelError> {
        let state = self.lock();
        if state.generation == generation {
            let url = self.security.admit(url)?;
            tracing::info!("shared at {url}");
            self.scope.send(ShareUrlUpdated {
                share_url: Some(url.clone()),
            });
            self.share.send_replace(Share::Open(url.into()));
        }
        Ok(())
    }

    /// Closes the tunnel, if there is one.
    pub(crate) fn disconnect(self: &Arc<Self>) {
        let mut state = self.lock();
        self.end(&mut state, None, None);
    }

    fn end(
        self: &Arc<Self>,
        state: &mut State,
        error: Option<TunnelError>,
        client: Option<&Client>,
    ) {
        self.security.shut();
        if let Some(task) = state.task.take() {
            task.abort();
            state.generation += 1;
            let (this, generation) = (Arc::downgrade(self), state.generation);
            self.runtime.spawn(async move {
                tokio::time::sleep(GUARD_TIME).await;
                if let Some(this) = this.upgrade() {
                    let state = this.lock();
                    if state.generation == generation {
                        this.security.dismiss();
                    }
                }
            });
        }
        self.scope.send(ShareUrlUpdated { share_url: None });
        if let (Some(error), Some(client)) = (&error, client) {
            let note = Notification::default()
                .title("Not shared")
                .body(error.to_string())
                .color(Some(GuiColor::Named(ColorName::Red)));
            client.add_notification(note);
        }
        self.share.send_replace(Share::Off(error.map(Arc::new)));
    }

    /// Opens a tunnel and waits for its URL.
    pub(crate) async fn url(self: &Arc<Self>) -> Result<String, Arc<TunnelError>> {
        self.request(None);
        let mut share = self.share.subscribe();
        loop {
            match &*share.borrow_and_update() {
                Share::Open(url) => return Ok(url.to_string()),
                Share::Off(Some(error)) => return Err(Arc::clone(error)),
                Share::Off(None) => {
                    let ended = TunnelError::Other("sharing was ended".to_owned());
                    return Err(Arc::new(ended));
                }
                Share::Opening => {}
            }
            // An error would mean that the sender, which is in `self`, is gone.
            let _ = share.changed().await;
        }
    }
}

impl Sharing {
    /// Closes the tunnel since the server stops.
    pub(crate) fn stop(&self) {
        if let Some(task) = self.lock().task.take() {
            task.abort();
        }
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        self.stop();
    }
}
