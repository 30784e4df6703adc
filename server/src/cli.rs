//! The command line: what to serve, where, and to whom.

mod demo;
mod options;
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
    /// Show 3D files: PLY, OBJ, STL, glTF, GLB
    View {
        /// The files; all are shown in one scene
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        serve: ServeOptions,
    },
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
