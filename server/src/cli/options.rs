//! The options of each subcommand that serves.

use scenecast::{
    http::{HostPattern, OriginPattern, Secret, Token},
    tunnel::CommandTunnel,
};
use std::path::PathBuf;

/// Where and to whom to serve.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Serving")]
pub(crate) struct ServeOptions {
    /// Port to listen on; if it is taken, the next free one. 0 lets the system choose
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,

    /// Address or name to listen on; 0.0.0.0 makes the scene visible to other machines
    #[arg(long, default_value = "127.0.0.1")]
    pub(crate) host: String,

    /// Secret that viewers need: `auto` makes one up unless only this machine can connect, `none`
    /// lets everyone in
    #[arg(long, value_name = "TOKEN", default_value = "auto")]
    pub(crate) token: Token,

    /// Let pages of this origin connect and show the scene in a frame, such as
    /// https://example.com; `*` for all. May be given several times
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) allow_origin: Vec<OriginPattern>,

    /// Answer to this host name too, such as example.com or *.example.com; `*` for all. May be
    /// given several times
    #[arg(long, value_name = "HOST")]
    pub(crate) allow_host: Vec<HostPattern>,

    /// Let viewers share the scene through a tunnel that this command holds open while they do. It
    /// prints the public URL; `{port}` stands for the server's port, `{address}` for its address
    #[arg(long, value_name = "COMMAND")]
    pub(crate) share_command: Option<CommandTunnel>,

    /// Second secret, for viewers who may only look
    #[arg(long, value_name = "TOKEN")]
    pub(crate) read_only_token: Option<Secret>,

    /// Encrypt all connections with this certificate (PEM, followed by its issuers')
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    pub(crate) tls_cert: Option<PathBuf>,

    /// The certificate's private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    pub(crate) tls_key: Option<PathBuf>,

    /// Do not open the scene in a browser
    #[arg(long)]
    pub(crate) no_open: bool,
}
