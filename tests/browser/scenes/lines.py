"""Line segments of scene and screen width, in one colour and in two, and curves."""

import numpy as np


def build(server):
    scene = server.scene
    rays = np.stack([np.zeros((16, 3)), np.zeros((16, 3))], axis=1)
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    rays[:, 1] = np.stack([np.cos(angles), np.sin(angles), 0.3 * np.cos(3 * angles)], -1)
    colors = np.zeros((16, 2, 3), dtype=np.uint8)
    colors[:, 1] = (250, 60, 20)
    scene.add_line_segments("/star", rays + (-1.3, 0, 0), (30, 90, 200), thickness=0.05)
    scene.add_line_segments(
        "/sparks", rays + (1.3, 0, 0), colors, thickness=4.0, thickness_units="screen"
    )
    turns = np.linspace(0, 6 * np.pi, 40)
    helix = np.stack([np.cos(turns), np.sin(turns), turns / 12], -1) * 0.5
    scene.add_spline_catmull_rom(
        "/helix", points=helix + (0, 1.6, 0), segments=200, thickness=0.04, color=(20, 140, 60)
    )
