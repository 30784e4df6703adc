//! The connection to the server: when to try, with which version, and what to say about it.
//!
//! [`Dialer`] decides and has neither socket nor clock; the module `socket` is the browser's WebSocket.
//! Every attempt has a generation number, so that what an abandoned socket still reports is
//! recognised and dropped. Times are milliseconds of any monotonic clock.

#[cfg(target_arch = "wasm32")]
pub mod socket;
pub mod throttle;

use scenecast_protocol::version::{
    MISMATCH_CLOSE_CODE, VISER_VERSION, server_version_in_reason, speaks, subprotocol,
};

/// Attempts start at least this far apart while the page has the keyboard.
const RETRY_FOCUSED_MS: f64 = 1_000.0;
/// The same while the page is only seen.
const RETRY_VISIBLE_MS: f64 = 3_000.0;
/// The same after the server refused.
const RETRY_REFUSED_MS: f64 = 5_000.0;
/// How soon another version is offered after a mismatch.
const RETRY_VERSION_MS: f64 = 100.0;
/// An attempt that runs out of time leaves twice as much to the next, so that a slow handshake
/// succeeds in the end.
const TIMEOUT_MS: f64 = 5_000.0;
const MAX_TIMEOUT_MS: f64 = 40_000.0;
/// A server that does not answer for this long counts as gone.
const GONE_MS: f64 = 10_000.0;
/// A connection that lasted this long was a good one, whatever ended it.
const GOOD_MS: f64 = 10_000.0;

/// What a viewer should know about the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// No attempt has succeeded yet.
    Connecting,
    /// It is up. The version is given where it is not our own.
    Connected {
        /// The server's version, which we speak too.
        other_version: Option<String>,
    },
    /// It went down and comes up again soon.
    Reconnecting {
        /// What the server said; often nothing.
        reason: String,
    },
    /// The server has not answered for a while. It is still asked.
    Gone,
    /// The server wants a token that we do not have.
    TokenNeeded {
        /// What it says about that.
        reason: String,
    },
    /// The server speaks another version, which we do not speak.
    Mismatch {
        /// What we offered.
        ours: String,
        /// What the server speaks.
        server: String,
    },
    /// The server does not want us.
    Refused {
        /// Its reason.
        reason: String,
    },
    /// The server sent what is no window of messages.
    Broken {
        /// What is wrong with it.
        error: String,
    },
    /// The server's address is none.
    BadAddress {
        /// What is wrong with it.
        error: String,
    },
}

/// Why a connection could not be opened, as the server says when it is asked by HTTP: browsers do
/// not tell pages why a WebSocket was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// It wants a token.
    TokenNeeded(String),
    /// It does not want us.
    Refused(String),
    /// It does not say, or is not there.
    None,
}

impl Explanation {
    /// What the status code and the text of an answer mean.
    pub fn of(status: u16, text: &str) -> Self {
        let reason = text.trim().to_owned();
        match status {
            401 => Self::TokenNeeded(reason),
            400 | 403 | 503 => Self::Refused(reason),
            _ => Self::None,
        }
    }
}

/// How closely somebody watches the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// It has the keyboard.
    Focused,
    /// It is seen, perhaps beside an editor.
    Visible,
    /// It is in the background. No attempts are made then.
    Hidden,
}

/// What to do with sockets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Open one.
    Open {
        /// To be reported with everything that happens to it.
        generation: u32,
        /// The subprotocol to offer.
        protocol: String,
    },
    /// Close that of this generation, and report nothing more of it.
    Abandon {
        /// Which.
        generation: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// Not before this time, nor, unless `prompt`, too soon after the last attempt.
    Waiting {
        until_ms: f64,
        prompt: bool,
    },
    Opening {
        until_ms: f64,
    },
    Open {
        since_ms: f64,
    },
    /// There is nothing to try.
    GivenUp,
}

/// Decides when and how to connect.
#[derive(Debug)]
pub struct Dialer {
    generation: u32,
    phase: Phase,
    status: Status,
    version: String,
    started_ms: f64,
    timeout_ms: f64,
    /// Broken windows in a row.
    strikes: u32,
    /// Since when the server does not answer.
    silent_since_ms: Option<f64>,
    /// The first attempt is made whether or not somebody watches.
    first: bool,
}

impl Default for Dialer {
    fn default() -> Self {
        Self {
            generation: 0,
            phase: Phase::Waiting {
                until_ms: f64::NEG_INFINITY,
                prompt: false,
            },
            status: Status::Connecting,
            version: VISER_VERSION.to_owned(),
            started_ms: f64::NEG_INFINITY,
            timeout_ms: TIMEOUT_MS,
            strikes: 0,
            silent_since_ms: None,
            first: true,
        }
    }
}

impl Dialer {
    /// What to show.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Whether the connection is up.
    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open { .. })
    }

    /// Whether this is the connection that counts.
    pub fn is_current(&self, generation: u32) -> bool {
        generation == self.generation
    }

    /// What to do now. To be called again after every event and at [`wake_ms`](Self::wake_ms).
    pub fn poll(&mut self, now_ms: f64, attention: Attention) -> Option<Action> {
        match self.phase {
            Phase::Waiting { .. } if now_ms >= self.due_ms(attention) => {
                self.first = false;
                self.generation += 1;
                self.started_ms = now_ms;
                self.phase = Phase::Opening {
                    until_ms: now_ms + self.timeout_ms,
                };
                let protocol = subprotocol(&self.version);
                Some(Action::Open {
                    generation: self.generation,
                    protocol,
                })
            }
            Phase::Opening { until_ms } if now_ms >= until_ms => {
                self.timeout_ms = (self.timeout_ms * 2.0).min(MAX_TIMEOUT_MS);
                self.wait(now_ms);
                Some(self.abandon())
            }
            Phase::Waiting { .. } | Phase::Opening { .. } | Phase::Open { .. } | Phase::GivenUp => {
                None
            }
        }
    }

    /// When to [`poll`](Self::poll) even if nothing happens until then.
    pub fn wake_ms(&self, attention: Attention) -> Option<f64> {
        let at = match self.phase {
            Phase::Waiting { .. } => self.due_ms(attention),
            Phase::Opening { until_ms } => until_ms,
            Phase::Open { .. } | Phase::GivenUp => f64::INFINITY,
        };
        at.is_finite().then_some(at)
    }

    /// The socket is open. Returns whether it is the one that counts.
    pub fn opened(&mut self, generation: u32, now_ms: f64) -> bool {
        if !self.is_current(generation) || !matches!(self.phase, Phase::Opening { .. }) {
            return false;
        }
        self.phase = Phase::Open { since_ms: now_ms };
        self.timeout_ms = TIMEOUT_MS;
        true
    }

    /// The server speaks to us: only now is it known that it accepts us, since a server that
    /// refuses a version opens the connection before it closes it.
    pub fn heard(&mut self) {
        self.silent_since_ms = None;
        if self.is_open() && !matches!(self.status, Status::Connected { .. }) {
            let other_version = (self.version != VISER_VERSION).then(|| self.version.clone());
            self.status = Status::Connected { other_version };
        }
    }

    /// The socket is closed, or never opened.
    pub fn closed(&mut self, generation: u32, code: u16, reason: &str, now_ms: f64) {
        if !self.is_current(generation) {
            return;
        }
        let server_version = match code {
            MISMATCH_CLOSE_CODE => server_version_in_reason(reason),
            _ => None,
        };
        match server_version {
            Some(server) if server != self.version && speaks(server) => {
                self.version = server.to_owned();
                let until_ms = now_ms + RETRY_VERSION_MS;
                self.phase = Phase::Waiting {
                    until_ms,
                    prompt: true,
                };
            }
            Some(server) => {
                let ours = std::mem::replace(&mut self.version, VISER_VERSION.to_owned());
                self.status = Status::Mismatch {
                    ours,
                    server: server.to_owned(),
                };
                self.wait(now_ms + RETRY_REFUSED_MS);
            }
            // Codes of protocol and policy, and those that applications make up.
            None if matches!(code, MISMATCH_CLOSE_CODE | 1008 | 4000..=4999) => {
                self.status = Status::Refused {
                    reason: reason.to_owned(),
                };
                self.wait(self.started_ms + RETRY_REFUSED_MS);
            }
            None => {
                if matches!(
                    self.status,
                    Status::Connected { .. } | Status::Reconnecting { .. }
                ) {
                    self.status = Status::Reconnecting {
                        reason: reason.to_owned(),
                    };
                }
                let since_ms = *self.silent_since_ms.get_or_insert(now_ms);
                if now_ms - since_ms >= GONE_MS
                    && matches!(
                        self.status,
                        Status::Connecting | Status::Reconnecting { .. }
                    )
                {
                    self.status = Status::Gone;
                }
                let patience_ms = match self.status {
                    Status::TokenNeeded { .. } | Status::Refused { .. } => RETRY_REFUSED_MS,
                    _ => 0.0,
                };
                self.wait(now_ms.max(self.started_ms + patience_ms));
            }
        }
    }

    /// The server was asked why the attempt of this generation failed.
    pub fn explained(&mut self, generation: u32, explanation: Explanation) {
        if !self.is_current(generation) || self.is_open() {
            return;
        }
        self.status = match (explanation, &self.status) {
            (Explanation::TokenNeeded(reason), _) => Status::TokenNeeded { reason },
            (Explanation::Refused(reason), _) => Status::Refused { reason },
            (Explanation::None, Status::TokenNeeded { .. } | Status::Refused { .. }) => {
                Status::Connecting
            }
            (Explanation::None, _) => return,
        };
        if let Phase::Waiting { until_ms, .. } = self.phase
            && self.status != Status::Connecting
        {
            self.wait(until_ms.max(self.started_ms + RETRY_REFUSED_MS));
        }
    }

    /// Begins anew, at once: there is another address, or the user does not want to wait. The
    /// connection, if there is one, is to be abandoned.
    pub fn redial(&mut self) -> Action {
        let abandoned = self.abandon();
        *self = Self {
            generation: self.generation,
            ..Self::default()
        };
        abandoned
    }

    /// The server sent what nobody can read: the connection is to be abandoned, and tried again
    /// after a while, longer each time.
    pub fn broken(&mut self, error: String, now_ms: f64) -> Action {
        if matches!(self.phase, Phase::Open { since_ms } if now_ms - since_ms > GOOD_MS) {
            self.strikes = 0;
        }
        let delay_ms = 1_000.0 * f64::from(1 << self.strikes.min(5));
        self.strikes += 1;
        self.status = Status::Broken { error };
        self.wait(now_ms + delay_ms);
        self.abandon()
    }

    /// No socket can be made for the server's address.
    pub fn bad_address(&mut self, error: String) {
        self.status = Status::BadAddress { error };
        self.phase = Phase::GivenUp;
    }

    fn wait(&mut self, until_ms: f64) {
        self.phase = Phase::Waiting {
            until_ms,
            prompt: false,
        };
    }

    fn abandon(&mut self) -> Action {
        let generation = self.generation;
        self.generation += 1;
        Action::Abandon { generation }
    }

    fn due_ms(&self, attention: Attention) -> f64 {
        let Phase::Waiting { until_ms, prompt } = self.phase else {
            return f64::INFINITY;
        };
        let apart_ms = match attention {
            _ if self.first || prompt => return until_ms,
            Attention::Focused => RETRY_FOCUSED_MS,
            Attention::Visible => RETRY_VISIBLE_MS,
            Attention::Hidden => return f64::INFINITY,
        };
        until_ms.max(self.started_ms + apart_ms)
    }
}

#[cfg(test)]
mod tests;
