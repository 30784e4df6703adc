"""A program that publishes bodies to a hub with aitviewer's own client: port, bodies, frames.

`publish_sequences.py PORT BODIES FRAMES [RINGS SECTORS [colored]]`; it prints `published`, then does what
it reads: `twist BODY` moves a body elsewhere in all frames, `append BODY` adds a frame at its end.
"""

import os
import sys

import numpy as np
from aitviewer.remote.renderables.meshes import RemoteMeshes
from aitviewer.remote.viewer import RemoteViewer

from sequence_hub import COLORS, sphere


def places(rest, body, frame, frames, twist=0.0):
    """Where a body's corners are in a frame, `[V, 3]`."""
    turn = 2 * np.pi * frame / frames + twist
    at = np.array([1.6 * np.cos(turn + body), 0.25 * body - 0.5, 1.6 * np.sin(turn + body)])
    wave = 1.0 + 0.3 * np.sin(3 * turn + 4 * rest[:, 2:])
    # A hub's camera is near.
    return (0.4 * (rest * wave + at)).astype(np.float32)


def main():
    port, bodies, frames = map(int, sys.argv[1:4])
    rest, faces = sphere(*map(int, sys.argv[4:6] or (12, 16)))
    look = {}
    if "colored" in sys.argv:
        look["vertex_colors"] = np.hstack([rest + 0.5, np.ones((len(rest), 1))])
    viewer = RemoteViewer("127.0.0.1", port, timeout=10, verbose=False)
    assert viewer.connected
    nodes = []
    for body in range(bodies):
        vertices = np.stack([places(rest, body, frame, frames) for frame in range(frames)])
        color = (*(channel / 255 for channel in COLORS[body % len(COLORS)]), 1.0)
        nodes.append(RemoteMeshes(viewer, vertices, faces.astype(np.int64), color=color, **look))
    print("published", flush=True)
    for line in sys.stdin:
        what, body = line.split()
        body = int(body)
        if what == "twist":
            vertices = [places(rest, body, frame, frames, 0.7) for frame in range(frames)]
            nodes[body].update_frames(np.stack(vertices), list(range(frames)))
        elif what == "append":
            nodes[body].add_frames(places(rest, body, 0, frames, 2.0)[None])
        print(f"done {line}", flush=True)
    os._exit(0)


main()
