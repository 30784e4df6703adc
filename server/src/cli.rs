//! The command line: what to serve, where, and to whom.

mod demo;
mod export;
mod hub;
mod info;
mod options;
mod play;
mod record;
#[cfg(feature = "render")]
mod render;
mod repair;
mod serve;
mod view;

use clap::{Parser, Subcommand};
use options::ServeOptions;
use std::{fmt, path::PathBuf, process::ExitCode};

/// The exit code for input that cannot be used; the argument parser has the same.
const BAD_INPUT: u8 = 2;

/// Live 3D scenes in the browser.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show 3D files: PLY, OBJ, STL, glTF, GLB, COLLADA, .splat
    View {
        /// The files; all are shown in one scene
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        serve: ServeOptions,
    },
    /// Play a recording (.viser) in the browser
    Play {
        /// The recording
        file: PathBuf,
        #[command(flatten)]
        serve: ServeOptions,
    },
    /// Make one HTML page of a recording that plays it without a server
    Export {
        /// The recording
        file: PathBuf,
        /// The page to write
        page: PathBuf,
        /// Dark colours
        #[arg(long)]
        dark: bool,
    },
    /// Draw pictures of a recording (.viser) or of 3D files, without a browser or a screen
    #[cfg(feature = "render")]
    Render(render::RenderOptions),
    /// Record what a running server shows, ours or viser's, until Ctrl-C
    Record(record::RecordOptions),
    /// Make a recording of what `record` had written down when it was killed
    Repair {
        /// The recording that should have become, or what stands beside it
        file: PathBuf,
        /// Where to write it, if not to its name
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Tell what is in a recording
    Info {
        /// The recording
        file: PathBuf,
    },
    /// Show what other programs publish: aitviewer's remote renderables, and ours
    Hub(hub::HubOptions),
    /// Show an animated gallery of what a scene can hold
    Demo {
        #[command(flatten)]
        serve: ServeOptions,
    },
}

/// What ends the program early. It is printed on one line.
pub(crate) struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// The input cannot be used.
    pub(crate) fn bad_input(error: impl fmt::Display) -> Failure {
        Failure {
            message: error.to_string(),
            code: BAD_INPUT,
        }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure {
            message: error.to_string(),
            code: 1,
        }
    }
}

pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(std::io::stderr)
        .with_target(false)
        .without_time()
        .init();
    let outcome = match cli.command {
        Command::View { files, serve } => view::run(&files, serve),
        Command::Play { file, serve } => play::run(&file, serve),
        Command::Export { file, page, dark } => export::run(&file, &page, dark),
        #[cfg(feature = "render")]
        Command::Render(options) => render::run(&options),
        Command::Record(options) => record::run(&options),
        Command::Repair { file, output } => repair::run(&file, output),
        Command::Info { file } => info::run(&file),
        Command::Hub(options) => hub::run(options),
        Command::Demo { serve } => demo::run(serve),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Some errors, such as a parser's, have line breaks in them.
            eprintln!("scenecast: {}", failure.message.replace('\n', " "));
            ExitCode::from(failure.code)
        }
    }
}
