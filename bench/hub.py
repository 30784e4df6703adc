"""Sequences of a hub in our page: hub.py [SCENARIO…]

A program publishes bodies of 6,890 vertices over many frames, with aitviewer's own client. Our page
is opened in Chromium, and these figures are taken:

load     seconds until the page has all frames that it keeps, and what they take there, MB
fps      frames of the sequence that were drawn, each second, of the 60 that there are
dropped  frames that were not, in percent
late     pictures that showed a body in another frame than the timeline's, in percent
frame    main-thread time per picture, milliseconds
scrub    milliseconds from a jump to any frame until a picture shows it: median and 95 %

Draw calls are skipped: there is no GPU here, and what software needs to fill pixels says nothing
about a client. `cargo xtask bench hub` builds everything and runs this.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/browser"))

from conftest import CHROMIUM_FLAGS  # noqa: E402
from main_thread import busy_secs  # noqa: E402
from program import Program  # noqa: E402
from static_site import StaticSite  # noqa: E402

# Bodies, frames, how they are coloured, and what the page may keep, MiB.
SCENARIOS = {
    "kept": (10, 1000, "plain", None),
    "streamed": (10, 1000, "plain", 128),
    "colored": (10, 200, "colored", None),
}
RINGS, SECTORS = 65, 106
PLAY_SECS = 8
JUMPS = 100
# What is in memory has not grown for this long: it is all that is kept.
REST_SECS = 4

SKIP_DRAWING = """(() => {
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const original = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...args) {
      if (!window.skipsDrawing) original.apply(this, args);
    };
  }
})()"""

# Looks after each picture at what it showed.
PLAY = """(seconds) => new Promise((resolve) => {
  const shown = new Set();
  let pictures = 0, late = 0, began = 0, rounds = 0, last = 0;
  const look = () => {
    const { frame } = scenecast.state;
    const stats = __scenecast.stats();
    if (!began) { began = performance.now(); pictures = stats.frames; last = frame; }
    rounds += frame < last;
    last = frame;
    shown.add(rounds * 1e6 + frame);
    late += stats.lateTracks > 0;
    const passed = (performance.now() - began) / 1e3;
    if (passed < seconds) return requestAnimationFrame(look);
    resolve({ passed, shown: shown.size, pictures: stats.frames - pictures, late });
  };
  scenecast.play();
  requestAnimationFrame(look);
})"""

# Jumps, each once the last one is shown.
SCRUB = """([jumps, frames]) => new Promise((resolve) => {
  const times = [];
  let began = 0, seed = 1;
  const jump = () => {
    seed = (seed * 48271) % 2147483647;
    began = performance.now();
    scenecast.setFrame(seed % frames);
    requestAnimationFrame(look);
  };
  const look = () => {
    if (__scenecast.stats().lateTracks > 0) return requestAnimationFrame(look);
    times.push(performance.now() - began);
    if (times.length === jumps) return resolve(times.sort((a, b) => a - b));
    setTimeout(jump, 20);
  };
  scenecast.pause();
  jump();
})"""


class Page:
    """Our client in a page of its own."""

    def __init__(self, browser, url):
        context = browser.new_context(viewport={"width": 800, "height": 600}, device_scale_factor=1)
        self.page = context.new_page()
        self.page.add_init_script(SKIP_DRAWING)
        self._devtools = context.new_cdp_session(self.page)
        self._devtools.send("Performance.enable")
        self.page.goto(url, wait_until="commit")

    def loaded(self):
        """How long it takes until the page keeps no more frames, and what it keeps, MB."""
        self.page.wait_for_function("window.__scenecast?.stats().frameBytes > 0", timeout=60_000)
        began = grown = time.monotonic()
        bytes_before = 0
        while time.monotonic() < grown + REST_SECS:
            kept = self.page.evaluate("__scenecast.stats().frameBytes")
            if kept > bytes_before:
                bytes_before, grown = kept, time.monotonic()
            time.sleep(0.05)
        return {"load": grown - began, "kept": bytes_before / 1e6}

    def played(self):
        self.page.evaluate("window.skipsDrawing = true")
        busy = busy_secs(self._devtools)
        seen = self.page.evaluate(PLAY, PLAY_SECS)
        busy = busy_secs(self._devtools) - busy
        return {
            "fps": seen["shown"] / seen["passed"],
            "dropped": 100 * max(0.0, 1 - seen["shown"] / (60 * seen["passed"])),
            "late": 100 * seen["late"] / max(seen["pictures"], 1),
            "frame": 1e3 * busy / max(seen["pictures"], 1),
        }

    def scrubbed(self, frames):
        times = self.page.evaluate(SCRUB, [JUMPS, frames])
        return {"scrub 50": times[len(times) // 2], "scrub 95": times[int(len(times) * 0.95)]}

    def close(self):
        self.page.context.close()


def publish(port, bodies, frames, colors):
    """A program that has published bodies."""
    script = ROOT / "tests/browser/publish_sequences.py"
    command = [sys.executable, script, port, bodies, frames, RINGS, SECTORS, colors]
    process = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == "published"
    return process


def measure(browser, client, scenario, hub_command):
    bodies, frames, colors, memory = SCENARIOS[scenario]
    hub = Program(hub_command)
    publisher = None
    try:
        remote = hub.wait_for(r"^127\.0\.0\.1:(\d+)$")
        server = hub.wait_for(r"http://(\S+?)/?$")
        publisher = publish(remote, bodies, frames, colors)
        parameters = f"&sequenceMemory={memory}" if memory else ""
        page = Page(browser, f"{client}?websocket=ws://{server}{parameters}")
        try:
            return page.loaded() | page.played() | page.scrubbed(frames)
        finally:
            page.close()
    finally:
        if publisher:
            publisher.kill()
        hub.stop()


def main(scenarios):
    programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/release"))
    chromium = os.environ.get("SCENECAST_CHROMIUM")
    hub = [str(programs / "scenecast"), "hub", "--port", "0", "--remote-port", "0", "--no-open"]
    hub += ["--allow-origin", "*"]
    results = {}
    with sync_playwright() as playwright, StaticSite(ROOT / "dist") as client:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for scenario in scenarios or SCENARIOS:
            results[scenario] = measure(browser, client.url, scenario, hub)
            for name, value in results[scenario].items():
                print(f"{scenario:<10}{name:<10}{value:12.2f}", flush=True)
        browser.close()
    out = os.environ.get("SCENECAST_RESULTS")
    if out:
        pathlib.Path(out).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
