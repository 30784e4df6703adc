//! `compare_servers OUT.json NAME=COMMAND… [SCENARIO…]`: every scenario for each server in turn, so
//! that a ratio comes from one run on one machine. Prints a table; OUT.json gets all figures.

use anyhow::{Context, Result, bail};
use scenecast_bench::{
    scenario::{self, PLAN},
    table,
};
use serde_json::{Value, json};

const FIRST_PORT: u16 = 18_100;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (out, rest) = args
        .split_first()
        .context("usage: compare_servers OUT.json NAME=COMMAND… [SCENARIO…]")?;
    let servers: Vec<(&str, Vec<&str>)> = rest
        .iter()
        .filter_map(|arg| arg.split_once('='))
        .map(|(name, command)| (name, command.split_whitespace().collect()))
        .collect();
    let wanted: Vec<&String> = rest.iter().filter(|arg| !arg.contains('=')).collect();
    if let Some(unknown) = wanted
        .iter()
        .find(|name| !PLAN.iter().any(|row| row.name == **name))
    {
        bail!("{unknown} is no scenario");
    }
    let loadgen = std::env::current_exe()?.with_file_name("loadgen");

    let names: Vec<&str> = servers.iter().map(|(name, _)| *name).collect();
    println!("{}", table::heading(&names));
    let mut rows: Vec<Value> = Vec::new();
    let mut port = FIRST_PORT;
    for row in PLAN {
        if !wanted.is_empty() && !wanted.iter().any(|name| *name == row.name) {
            continue;
        }
        let mut results = Vec::new();
        for (name, command) in &servers {
            port += 1;
            let mut result = scenario::run(&row, command, port, &loadgen);
            results.push(result.clone());
            result["scenario"] = json!(row.name);
            result["clients"] = json!(row.clients);
            result["name"] = json!(name);
            rows.push(result);
        }
        for line in table::lines(&row, &results) {
            println!("{line}");
        }
        std::fs::write(out, serde_json::to_string_pretty(&rows)?)
            .with_context(|| format!("cannot write {out}"))?;
    }
    Ok(())
}
