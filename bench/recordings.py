"""Our recordings beside viser's, of the same data: recordings.py [SCENARIO…]

Each scenario is generated once and recorded by both, one after the other:

say        seconds for adding or moving what is recorded
serialize  seconds from the last call until the file is there
memory     peak of the process, MB
size       of the file, MB

`cargo xtask bench recording` builds everything and runs this.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np

# Name: what is recorded, steps, points or nodes in each.
SCENARIOS = {
    "noise": ("clouds-f32", 133, 1_000_000),
    "noise-f16": ("clouds-f16", 60, 1_000_000),
    "depth": ("clouds-f32", 60, 640 * 480),
    "depth-f16": ("clouds-f16", 60, 640 * 480),
    "poses": ("poses", 600, 500),
}
FIGURES = [("say", "say_s", "s"), ("serialize", "serialize_s", "s"), ("memory", "rss_mb", "MB"), ("size", "size_mb", "MB")]


def generate(name, path):
    """Writes the steps of a scenario: positions as f32, then colours for clouds."""
    _, steps, count = SCENARIOS[name]
    random = np.random.default_rng(1)
    u, v = np.meshgrid(np.arange(640), np.arange(480))
    with open(path, "wb") as out:
        for step in range(steps):
            if name.startswith("noise"):
                positions = random.normal(size=(count, 3))
                colors = random.integers(0, 256, (count, 3))
            elif name.startswith("depth"):
                # A smooth surface as a depth camera sees it, and its picture.
                z = 2 + 0.5 * np.sin(u / 80 + step * 0.1) + 0.3 * np.cos(v / 60)
                z += random.normal(scale=0.002, size=u.shape)
                positions = np.stack([(u - 320) / 500 * z, (v - 240) / 500 * z, z], -1)
                colors = [128 + 100 * np.sin(u / 50 + step * 0.1), 128 + 100 * np.cos(v / 40), (u // 40 * 30 + v // 40 * 20) % 256]
                colors = np.clip(np.stack(colors, -1) + random.normal(scale=2, size=(480, 640, 3)), 0, 255)
            else:
                phase = np.arange(count)[:, None] + [0.0, 1.0, 2.0]
                positions, colors = np.sin(phase + step * 0.02), None
            out.write(positions.astype("<f4").tobytes())
            if colors is not None:
                out.write(colors.astype("u1").tobytes())


def record_with_viser(kind, data, steps, count, out):
    import viser

    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    frames = [server.scene.add_frame(f"/frame{i}") for i in range(count)] if kind == "poses" else []
    serializer = server.get_scene_serializer()
    say_s = 0.0
    with open(data, "rb") as file:
        for _ in range(steps):
            positions = np.frombuffer(file.read(count * 12), "<f4").reshape(-1, 3)
            colors = None if frames else np.frombuffer(file.read(count * 3), "u1").reshape(-1, 3)
            start = time.perf_counter()
            if frames:
                for frame, position in zip(frames, positions):
                    frame.position = position
            else:
                precision = "float16" if kind == "clouds-f16" else "float32"
                server.scene.add_point_cloud("/cloud", positions, colors, precision=precision)
            say_s += time.perf_counter() - start
            serializer.insert_sleep(1 / 30)
    start = time.perf_counter()
    pathlib.Path(out).write_bytes(serializer.serialize())
    serialize_s = time.perf_counter() - start
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"say_s": say_s, "serialize_s": serialize_s, "rss_mb": rss_mb}), flush=True)
    server.stop()


def run(command, out):
    """The figures that a recorder prints, and the size of its file."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    [figures] = [line for line in done.stdout.splitlines() if line.startswith("{")]
    result = json.loads(figures)
    result["size_mb"] = out.stat().st_size / 1e6
    out.unlink()
    return result


def main(names):
    ours = pathlib.Path(os.environ["SCENECAST_PROGRAMS"]) / "examples/bench_recording"
    results = {}
    print(f"{'':<12}{'':<12}{'viser':>12}{'scenecast':>12}{'ratio':>9}")
    with tempfile.TemporaryDirectory() as folder:
        data, out = pathlib.Path(folder) / "data", pathlib.Path(folder) / "out.viser"
        for name in names or SCENARIOS:
            kind, steps, count = SCENARIOS[name]
            generate(name, data)
            arguments = [kind, str(data), str(steps), str(count), str(out)]
            theirs = run([sys.executable, __file__, "--viser", *arguments], out)
            mine = run([str(ours), *arguments], out)
            results[name] = {"viser": theirs, "scenecast": mine}
            for figure, key, unit in FIGURES:
                a, b = theirs[key], mine[key]
                print(f"{name:<12}{figure:<12}{a:>9.2f} {unit:<2}{b:>9.2f} {unit:<2}{b / a:>9.3f}", flush=True)
                name = ""
    pathlib.Path(os.environ["SCENECAST_RESULTS"]).write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--viser"]:
        kind, data, steps, count, out = sys.argv[2:]
        record_with_viser(kind, data, int(steps), int(count), out)
    else:
        main(sys.argv[1:])
