"""Coordinate frames in a hierarchy, and many axes in one node."""

import numpy as np


def build(server):
    scene = server.scene
    scene.add_frame("/base", axes_length=1.0, axes_radius=0.05)
    turn = (0.9238795, 0.0, 0.0, 0.3826834)
    scene.add_frame("/base/arm", position=(1.2, 0, 0.3), wxyz=turn, scale=0.8)
    scene.add_frame("/base/arm/hand", position=(0.8, 0, 0), wxyz=turn, origin_color=(0, 160, 255))
    scene.add_frame("/base/hidden", position=(0, 0, 1.5), visible=False)
    scene.add_frame("/base/hidden/child")
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    zeros = np.zeros_like(angles)
    scene.add_batched_axes(
        "/ring",
        batched_wxyzs=np.stack([np.cos(angles / 2), zeros, zeros, np.sin(angles / 2)], -1),
        batched_positions=np.stack([2 * np.cos(angles), 2 * np.sin(angles), zeros - 0.5], -1),
        batched_scales=np.linspace(0.4, 1.0, 12),
    )
