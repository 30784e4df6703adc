//! `scenecast hub`: a viewer that other programs publish to.

use super::{Failure, options::ServeOptions, serve};
use scenecast::{Server, remote::RemoteSettings};
use std::{io::Write, path::PathBuf};

/// Where publishers connect, and what the hub has for them.
#[derive(Debug, clap::Args)]
pub(crate) struct HubOptions {
    #[command(flatten)]
    serve: ServeOptions,

    /// Port for publishers, which use the same host and token; aitviewer's clients try 8417. 0
    /// lets the system choose
    #[arg(long, value_name = "PORT", default_value_t = 8417)]
    remote_port: u16,

    /// Folder with body models, laid out as they are distributed: smpl/SMPL_NEUTRAL.npz, …
    #[arg(long, value_name = "DIR", default_value = "../data/smplx_models")]
    smpl_models: PathBuf,

    /// Folder with textures that publishers may name: PNG and JPEG
    #[arg(long, value_name = "DIR")]
    textures: Option<PathBuf>,
}

pub(crate) fn run(options: HubOptions) -> Result<(), Failure> {
    let stop = serve::stop_signal()?;
    let settings = RemoteSettings {
        host: options.serve.host.clone(),
        token: options.serve.token.clone(),
        smplx_models: options.smpl_models,
        textures: options.textures,
        ..RemoteSettings::from(options.remote_port)
    };
    let server = serve::builder(&options.serve)?.remote(settings).start()?;
    look_at_origin(&server)?;
    let mut out = std::io::stdout();
    // A script may have closed the pipe.
    let _ = writeln!(out, "Publishers connect to\n{}", server.hub().url());
    serve::announce(&server, &options.serve);
    // An error means that the thread that waits for signals is gone: then nobody can ask.
    let _ = stop.recv();
    Ok(())
}

/// Where aitviewer's camera starts.
fn look_at_origin(server: &Server) -> Result<(), Failure> {
    let camera = server.initial_camera();
    camera.set_position([0.0, 0.0, 2.5])?;
    camera.set_look_at([0.0; 3])?;
    camera.set_fov(45_f64.to_radians())?;
    Ok(())
}
