"""Our browser client beside viser's, on the same server: clients.py [SCENE…]

Each scene of the example `bench_scenes` is opened in both clients, in one Chromium, one after the
other, and four figures are taken:

visible  seconds from opening the page until the picture is nearly the one that stays
frame    main-thread time per picture drawn, milliseconds, while the camera orbits or the scene moves
fps      pictures drawn in that time
longest  the longest that a picture kept the main thread, milliseconds
calls    draw calls per picture
first    milliseconds until the first press knows what it is on, of a scene that has come to rest
pick     the same for those that follow
memory   JavaScript heap, the buffers that it keeps alive, and WebAssembly's memory, MB

The scene `sliders` is none: fifty sliders of the panel move sixty times a second. Its figures are

update   main-thread time per update of all sliders, milliseconds, frames and layout included
frames   animation frames a second that the page gets
lost     of the keys that are pressed in a text field meanwhile, how many are not in it

While `frame` is measured draw calls are skipped: there is no GPU here, and what software needs to
fill pixels says nothing about a client. Scenes that software cannot draw in reasonable time are
measured only where they are named, and never drawn: `visible` is missing. `cargo xtask bench client` builds everything and runs this.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from itertools import pairwise, zip_longest
from urllib.parse import quote

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

import viser

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/browser"))

from conftest import CHROMIUM_FLAGS  # noqa: E402
from main_thread import busy_secs  # noqa: E402
from program import Program  # noqa: E402
from static_site import StaticSite  # noqa: E402

# What happens while `frame` is measured.
SCENES = {
    "frames": "orbit",
    "posed": "watch",
    "points": "orbit",
    "splats": "orbit",
    "batched": "orbit",
    "mesh": "orbit",
    "images": "watch",
}
LARGE_SCENES = {
    "splats500k": "orbit",
    "splats2m": "orbit",
    "points20m": "orbit",
    "points20m_single": "orbit",
}
# Seconds until those have come, and everything that is done with them at first is done.
LARGE_SECS = 40
GUI_SCENES = ["sliders"]
# The rate at which the sliders move, per second, what is typed, and how fast, keys per second.
UPDATES = 60
TYPED = "the quick brown fox jumps over the lazy dog"
KEYS = 12
# Scenes whose nodes can be clicked.
CLICKED = {"mesh"}
MEASURE_SECS = 4
VISIBLE_TIMEOUT_SECS = 60
# A scene whose picture has not grown for this long is complete.
REST_SECS = 2.5

# Counts draw calls, leaves them out when asked to, and looks at the picture ten times a second.
PROBE = """(() => {
  const probe = (window.__probe = { calls: 0, pictures: 0, longest: 0, skip: false, samples: [] });
  let called = 0;
  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const original = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...args) {
      called += 1;
      if (!probe.skip) original.apply(this, args);
    };
  }
  probe.wasmBytes = () => memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  const memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      const { memory } = (result.instance ?? result).exports;
      if (memory) memories.push(memory);
      return result;
    };
  }
  const small = new OffscreenCanvas(80, 60).getContext("2d", { willReadFrequently: true });
  let sampled = 0;
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now) => {
      const began = performance.now();
      callback(now);
      probe.longest = Math.max(probe.longest, performance.now() - began);
      if (!called) return;
      probe.calls += called;
      probe.pictures += 1;
      called = 0;
      if (probe.skip || now - sampled < 100) return;
      sampled = now;
      const canvas = [...document.querySelectorAll("canvas")].sort((a, b) => b.width - a.width)[0];
      small.clearRect(0, 0, 80, 60);
      small.drawImage(canvas, 0, 0, 80, 60);
      const data = small.getImageData(0, 0, 80, 60).data;
      let ink = 0;
      for (let i = 0; i < data.length; i += 4) {
        const alpha = data[i + 3] / 255;
        ink += Math.abs(255 - (data[i] + data[i + 1] + data[i + 2]) / 3) * alpha;
      }
      probe.samples.push([performance.now(), ink]);
    });
})()"""


# Presses along a line, each taken back at once: the time of the first, and the median of the others.
PRESS = """() => {
  const canvas = [...document.querySelectorAll("canvas")].sort((a, b) => b.width - a.width)[0];
  const times = [];
  for (let i = 0; i < 21; i++) {
    const pointer = { pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, bubbles: true };
    const at = { ...pointer, clientX: 300 + 7 * i, clientY: 290 + 3 * i };
    const before = performance.now();
    canvas.dispatchEvent(new PointerEvent("pointerdown", at));
    times.push(performance.now() - before);
    canvas.dispatchEvent(new PointerEvent("pointercancel", at));
  }
  return { first: times[0], pick: times.slice(1).sort((a, b) => a - b)[10] };
}"""


# Drags the camera around for so many seconds, one step before each picture: clients that draw only
# what changed are to draw as often as those that always do.
ORBIT = """(seconds) => new Promise((resolve) => {
  const canvas = [...document.querySelectorAll("canvas")].sort((a, b) => b.width - a.width)[0];
  const send = (type, passed, buttons) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0, buttons, bubbles: true,
    clientX: 400 + 100 * Math.sin(passed), clientY: 300 + 20 * Math.sin(1.7 * passed),
  }));
  const started = performance.now();
  send("pointerdown", 0, 1);
  const step = () => {
    const passed = (performance.now() - started) / 1e3;
    if (passed < seconds) {
      send("pointermove", passed, 1);
      requestAnimationFrame(step);
    } else {
      send("pointerup", passed, 0);
      resolve();
    }
  };
  requestAnimationFrame(step);
})"""


class Page:
    """A client in a page of its own, and what the browser says about it."""

    def __init__(self, browser, url):
        context = browser.new_context(viewport={"width": 800, "height": 600}, device_scale_factor=1)
        self.page = context.new_page()
        self.page.add_init_script(PROBE)
        self._devtools = context.new_cdp_session(self.page)
        self._devtools.send("Performance.enable")
        self.page.goto(url, wait_until="commit")

    def visible_secs(self):
        """Seconds until the picture had 98 % of the ink of the final one, and no more than 102 %."""
        deadline = time.monotonic() + VISIBLE_TIMEOUT_SECS
        while time.monotonic() < deadline:
            time.sleep(0.25)
            now, samples = self.page.evaluate("[performance.now(), __probe.samples]")
            # The first picture may be an empty one.
            if not samples or not samples[-1][1]:
                continue
            final = samples[-1][1]
            others = [i for i, (_, ink) in enumerate(samples) if abs(ink / final - 1) > 0.02]
            there = samples[others[-1] + 1 if others else 0][0]
            # A client that takes its time for a picture may be about to show another.
            gaps = [later - earlier for (earlier, _), (later, _) in pairwise(samples)]
            if now - there > max([REST_SECS * 1e3, *(2 * gap for gap in gaps)]):
                return there / 1e3
        return None

    def load_undrawn(self):
        """Waits until a large scene is there."""
        self.page.evaluate("__probe.skip = true")
        time.sleep(LARGE_SECS)

    def figures_while(self, act):
        """Main-thread milliseconds and draw calls per picture, and pictures a second."""
        self.page.evaluate("__probe.skip = true")
        time.sleep(0.3)
        self.page.evaluate("__probe.longest = 0")
        before, busy = self.page.evaluate("({...__probe})"), busy_secs(self._devtools)
        started = time.monotonic()
        act()
        took, busy = time.monotonic() - started, busy_secs(self._devtools) - busy
        after = self.page.evaluate("({...__probe})")
        pictures = max(after["pictures"] - before["pictures"], 1)
        return {
            "frame": busy * 1e3 / pictures,
            "fps": pictures / took,
            "longest": after["longest"],
            "calls": (after["calls"] - before["calls"]) / pictures,
        }

    def orbit(self):
        self.page.evaluate(ORBIT, MEASURE_SECS)

    def watch(self):
        time.sleep(MEASURE_SECS)

    def press_ms(self):
        return self.page.evaluate(PRESS)

    def gui_figures(self):
        """What `sliders` is about."""
        self.page.get_by_role("slider").nth(49).wait_for(state="attached", timeout=60_000)
        time.sleep(1)
        self.page.evaluate(
            """() => {
              window.__frames = 0;
              const count = () => { window.__frames += 1; requestAnimationFrame(count); };
              requestAnimationFrame(count);
            }"""
        )
        before, busy = self.page.evaluate("window.__frames"), busy_secs(self._devtools)
        started = time.monotonic()
        time.sleep(MEASURE_SECS)
        frames = self.page.evaluate("window.__frames") - before
        took, busy = time.monotonic() - started, busy_secs(self._devtools) - busy
        find = "[...document.querySelectorAll('input')].find((i) => i.value === 'start')"
        self.page.evaluate(f"(window.__field = {find}).select()")
        self.page.keyboard.type(TYPED, delay=1e3 / KEYS)
        time.sleep(1)
        typed = self.page.evaluate("window.__field.value")
        return {
            "update": busy * 1e3 / (took * UPDATES),
            "frames": frames / took,
            "lost": sum(1 for key, there in zip_longest(TYPED, typed) if key != there),
        }

    def memory_mb(self):
        self._devtools.send("HeapProfiler.collectGarbage")
        usage = self._devtools.send("Runtime.getHeapUsage")
        wasm = self.page.evaluate("__probe.wasmBytes()")
        return (usage["usedSize"] + usage.get("backingStorageSize", 0) + wasm) / 1e6

    def close(self):
        self.page.context.close()


def measure(browser, client, server, scene):
    page = Page(browser, f"{client}?websocket={quote(server.replace('http', 'ws', 1), safe=':/')}")
    try:
        if scene in GUI_SCENES:
            return page.gui_figures()
        if scene in LARGE_SCENES:
            page.load_undrawn()
            result = {}
        else:
            result = {"visible": page.visible_secs()}
        if scene in CLICKED:
            result |= page.press_ms()
        result |= page.figures_while(getattr(page, (SCENES | LARGE_SCENES)[scene]))
        return result | {"memory": page.memory_mb()}
    finally:
        page.close()


def write_pictures(folder):
    """Thirty JPEG pictures, all different."""
    y, x = np.mgrid[0:480, 0:640]
    for index in range(30):
        wave = 127 + 127 * np.sin(x / 40 + index / 5) * np.cos(y / 30 - index / 7)
        rgb = np.stack([wave, np.roll(wave, 50, 1), 255 - wave], axis=-1).astype(np.uint8)
        Image.fromarray(rgb).save(folder / f"{index:02}.jpg", quality=80)


def print_rows(scene, stock, ours):
    for name in stock:
        a, b = stock[name], ours[name]
        ratio = f"× {b / a:.2f}" if a and b is not None else ""
        shown = [f"{v:12.2f}" if v is not None else f"{'–':>12}" for v in (a, b)]
        print(f"{scene:<10}{name:<10}{shown[0]}{shown[1]}{ratio:>10}", flush=True)


def main(scenes):
    programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/release"))
    chromium = os.environ.get("SCENECAST_CHROMIUM")
    stock_build = pathlib.Path(viser.__file__).parent / "client/build"
    results = {}
    print(f"{'scene':<10}{'figure':<10}{'viser':>12}{'scenecast':>12}{'ratio':>10}")
    with (
        tempfile.TemporaryDirectory() as pictures,
        sync_playwright() as playwright,
        StaticSite(ROOT / "dist") as our_client,
        StaticSite(stock_build) as stock_client,
    ):
        write_pictures(pathlib.Path(pictures))
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        for scene in scenes or [*SCENES, *GUI_SCENES]:
            folder = [pictures] if scene == "images" else []
            pair = []
            # Each meets a server that nobody has changed yet.
            for client in (stock_client, our_client):
                program = Program([str(programs / "examples/bench_scenes"), scene, *folder])
                try:
                    server = program.wait_for(r"(http://\S+)").rstrip("/")
                    pair.append(measure(browser, client.url, server, scene))
                finally:
                    program.stop()
            results[scene] = dict(zip(("viser", "scenecast"), pair))
            print_rows(scene, *pair)
        browser.close()
    out = os.environ.get("SCENECAST_RESULTS")
    if out:
        pathlib.Path(out).write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.SubprocessError as error:
        sys.exit(str(error))
