//! `cargo xtask`: the project's own commands.
//!
//! Each command makes available whatever it needs and this machine lacks, at a pinned version, says
//! what it does and for how long, and skips what is up to date. Everything it makes lies in the
//! target folder, except for what Debian's packages install.

mod bench;
mod bundle;
mod demo;
mod digest;
mod paths;
mod process;
mod progress;
mod scenes;
mod setup;
mod test;
mod tidy;
mod toolchain;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
Scenecast's own commands.

usage: cargo xtask COMMAND

  demo [ARGS…]      build everything and run `scenecast demo ARGS…`
  bundle            write the browser client into dist/ and server/dist/
    --dev           quickly and unoptimised
  test              lints, tests, and the browser tests; ends with one line of counts
  scenes [NAME…]    write the reference scenes, and show them drawn natively, by our client, and
                    by viser's
  bench server [SCENARIO…]
                    measure our server beside viser's
  bench client [SCENE…]
                    measure our browser client beside viser's
  bench recording [SCENARIO…]
                    measure our recordings beside viser's
  bench hub [SCENARIO…]
                    measure how our browser client plays sequences of a hub
  tidy              check the source tree's own rules
  setup             make available whatever the other commands need";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::clear();
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["demo", ref rest @ ..] => demo::run(rest),
        ["bundle", ref flags @ ..] => bundle_command(flags),
        ["bench", "client", ref scenes @ ..] => bench::client(scenes),
        ["test"] => test::run(),
        ["bench", "server", ref scenarios @ ..] => bench::server(scenarios),
        ["bench", "recording", ref scenarios @ ..] => bench::recording(scenarios),
        ["bench", "hub", ref scenarios @ ..] => bench::hub(scenarios),
        ["scenes", ref names @ ..] => scenes::run(names),
        ["tidy"] => tidy::run(),
        ["setup"] => setup::everything(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!(
            "`cargo xtask {}` is not a command\n\n{HELP}",
            args.join(" ")
        ),
    }
}

fn bundle_command(flags: &[&str]) -> Result<()> {
    match flags {
        [] => bundle::make(bundle::Profile::Release),
        ["--dev"] => bundle::make(bundle::Profile::Dev),
        _ => bail!("bundle takes --dev, not `{}`", flags.join(" ")),
    }
}
