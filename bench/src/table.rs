//! The table of results, with the ratio of the second server to the first.

use crate::scenario::Scenario;
use serde_json::Value;

/// A figure of a scenario: its name, where it stands in the result, and its unit.
type Figure = (&'static str, &'static str, &'static str);

const LATENCY: [Figure; 2] = [
    ("latency p50", "/viewer/lat_ms/p50", "ms"),
    ("latency p99", "/viewer/lat_ms/p99", "ms"),
];
const MEMORY: Figure = ("peak memory", "/server/peak_rss_mb", "MB");
const CPU: Figure = ("server CPU", "/server/cpu_s", "s");
const DELIVERED: Figure = ("delivered", "/delivered_per_s", "Hz");

fn figures(scenario: &str) -> Vec<Figure> {
    match scenario {
        "marks" => [&LATENCY[..], &[MEMORY]].concat(),
        "poses" | "poses_plain" => [&[DELIVERED], &LATENCY[..], &[CPU, MEMORY]].concat(),
        "cloud" => vec![("throughput", "/viewer/MBps", "MB/s"), CPU, MEMORY],
        "replay" => vec![
            ("replay p50", "/viewer/replay_s/p50", "s"),
            ("replay max", "/viewer/replay_s/max", "s"),
            CPU,
            MEMORY,
        ],
        "push" => vec![("calls", "/server/calls_per_s", "/s"), MEMORY],
        "flood" => [
            &[("callbacks", "/server/per_s", "/s")],
            &LATENCY[..],
            &[MEMORY],
        ]
        .concat(),
        "upload" => vec![
            ("uploaded", "/server/MBps", "MB/s"),
            ("memory grown", "/server/grown_mb", "MB"),
            CPU,
        ],
        "inbound" => vec![("callbacks", "/server/per_s", "/s"), MEMORY],
        _ => vec![CPU, MEMORY],
    }
}

/// The lines of one scenario: a figure each, with a column for each server.
pub fn lines(scenario: &Scenario, results: &[Value]) -> Vec<String> {
    let title = format!("{} {}", scenario.name, scenario.clients);
    let errors = results.iter().filter_map(|result| {
        let error = result
            .pointer("/error")
            .or(result.pointer("/viewer/first_errors/0"))?;
        Some(format!("{title:<16} {error}"))
    });
    let rows = figures(scenario.name).into_iter().map(|(name, at, unit)| {
        let values: Vec<Option<f64>> = results
            .iter()
            .map(|result| result.pointer(at).and_then(Value::as_f64))
            .collect();
        let columns: String = values
            .iter()
            .map(|value| {
                value.map_or(format!("{:>14}", "–"), |value| {
                    format!("{:>14}", short(value))
                })
            })
            .collect();
        let ratio = match values[..] {
            [Some(first), Some(second)] if first != 0.0 => {
                format!("{:>10}", format!("× {}", short(second / first)))
            }
            _ => String::new(),
        };
        format!("{title:<16} {name:<12} {unit:>4}{columns}{ratio}")
    });
    rows.chain(errors).collect()
}

/// The line above all others.
pub fn heading(names: &[&str]) -> String {
    let columns: String = names.iter().map(|name| format!("{name:>14}")).collect();
    format!(
        "{:<16} {:<12} {:>4}{columns}{:>10}",
        "scenario", "figure", "", "ratio"
    )
}

/// Three digits that count.
fn short(value: f64) -> String {
    match value.abs() {
        0.0..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::PLAN;
    use serde_json::json;

    #[test]
    fn each_figure_has_a_ratio() {
        let result = |ms: f64| {
            json!({ "viewer": { "lat_ms": { "p50": ms, "p99": 2.0 * ms } },
                    "server": { "peak_rss_mb": 100.0 } })
        };
        let lines = super::lines(&PLAN[0], &[result(10.0), result(1.0)]);
        assert_eq!(lines.len(), 3);
        assert!(
            lines[0].contains("latency p50") && lines[0].ends_with("× 0.10"),
            "{lines:?}"
        );
    }

    #[test]
    fn a_failed_run_is_named() {
        let failed = json!({ "error": "the server did not end" });
        let lines = super::lines(&PLAN[0], &[failed.clone(), failed]);
        assert!(lines.last().unwrap().contains("did not end"), "{lines:?}");
    }
}
