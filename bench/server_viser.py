"""The benchmark's scenarios on Python viser: server_viser.py SCENARIO PORT SECONDS CLIENTS

Prints `ready` when the scene exists and one JSON object at its end. The same scenarios on our
server are the example `bench_server`.
"""

import contextlib
import json
import resource
import sys
import time

import numpy as np

import viser

MARK_PAUSE_SECS = 0.0517
POSE_HZ = 60
CLOUD_HZ = 10
JOIN_TIMEOUT_SECS = 20


class Run:
    """What every scenario gets: the server, its arguments, random numbers."""

    def __init__(self, port, seconds, clients):
        self.server = viser.ViserServer(port=port, verbose=False)
        self.seconds = seconds
        self.clients = clients
        self.random = np.random.default_rng(0)
        self.cpu_before = 0.0

    def start(self, wait=True):
        """Says that the scene exists and, if asked to, waits for the viewers."""
        print("ready", flush=True)
        deadline = time.perf_counter() + JOIN_TIMEOUT_SECS
        while wait and len(self.server.get_clients()) < self.clients:
            if time.perf_counter() > deadline:
                break
            time.sleep(0.02)
        self.cpu_before = cpu_secs()

    def ticks(self, hz):
        """Numbers of ticks at a rate, or as fast as the ticks' work allows, until time is up."""
        started, tick = time.perf_counter(), 0
        while time.perf_counter() - started < self.seconds:
            yield tick
            tick += 1
            pause = started + tick / hz - time.perf_counter()
            if pause > 0:
                time.sleep(pause)


def cpu_secs():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak_rss_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def mark_now():
    return f"t={time.perf_counter():.6f}"


def marks(run):
    mark = run.server.gui.add_text("mark", "")
    run.start()
    count = 0
    for _ in run.ticks(1 / MARK_PAUSE_SECS):
        mark.value = mark_now()
        count += 1
    return {"ticks": count}


def poses(run, block=None):
    add = run.server.scene.add_frame
    nodes = [add(f"/n/{index}", show_axes=False) for index in range(500)]
    mark = run.server.gui.add_text("mark", "")
    run.start()
    count = 0
    for _ in run.ticks(POSE_HZ):
        with (block or run.server.atomic)():
            for node, position in zip(nodes, run.random.random((500, 3))):
                node.position = position
            mark.value = mark_now()
        count += 1
    return {"ticks": count}


def poses_plain(run):
    return poses(run, contextlib.nullcontext)


def cloud(run):
    points = run.random.random((1_000_000, 3), dtype=np.float32)
    colors = run.random.integers(0, 255, (1_000_000, 3), dtype=np.uint8)
    run.start()
    count = 0
    for _ in run.ticks(CLOUD_HZ):
        run.server.scene.add_point_cloud("/pc", points, colors, precision="float32")
        count += 1
    return {"ticks": count}


def replay(run):
    for index in range(10_000):
        run.server.scene.add_frame(f"/n/{index}", position=tuple(run.random.random(3)))
    run.start(wait=False)
    time.sleep(run.seconds)
    return {}


def push(run):
    add = run.server.scene.add_frame
    nodes = [add(f"/n/{index}", show_axes=False) for index in range(1000)]
    run.start()
    started, calls = time.perf_counter(), 0
    while time.perf_counter() - started < run.seconds:
        for index, node in enumerate(nodes):
            node.position = (index, calls, 0.5)
        calls += len(nodes)
    return {"calls": calls, "calls_per_s": calls / (time.perf_counter() - started)}


def inbound(run):
    slider = run.server.gui.add_slider("s", 0, 100, 1, 0)
    times = []

    @slider.on_update
    def _(_event):
        times.append(time.perf_counter())

    run.start(wait=False)
    time.sleep(run.seconds)
    spread = times[-1] - times[0] if len(times) > 1 else float("inf")
    return {"callbacks": len(times), "per_s": len(times) / spread}


def flood(run):
    slider = run.server.gui.add_slider("s", 0, 100, 1, 0)
    mark = run.server.gui.add_text("mark", "")
    times = []

    @slider.on_update
    def _(_event):
        times.append(time.perf_counter())

    run.start()
    for _ in run.ticks(100):
        mark.value = mark_now()
    spread = times[-1] - times[0] if len(times) > 1 else float("inf")
    return {"callbacks": len(times), "per_s": len(times) / spread}


def upload(run):
    button = run.server.gui.add_upload_button("u")
    took = []

    @button.on_upload
    def _(_event):
        took.append(time.perf_counter() - started)

    run.start()
    before, started = peak_rss_mb(), time.perf_counter()
    while not took and time.perf_counter() - started < run.seconds:
        time.sleep(0.01)
    return {"MBps": 200 * 1.048576 / took[0], "grown_mb": peak_rss_mb() - before}


SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (
        marks,
        poses,
        poses_plain,
        cloud,
        replay,
        push,
        inbound,
        flood,
        upload,
    )
}


def main():
    name, port, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    run = Run(port, seconds, int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    result = {"scenario": name, "server": f"viser {viser.__version__}"}
    result |= SCENARIOS[name](run)
    result["cpu_s"] = cpu_secs() - run.cpu_before
    result["peak_rss_mb"] = peak_rss_mb()
    print(json.dumps(result), flush=True)
    run.server.stop()


main()
