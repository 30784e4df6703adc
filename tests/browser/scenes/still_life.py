"""One of each solid, with lines, points and axes, seen from the default camera.

The example `still_life` builds the same scene.
"""

import numpy as np


def build(server):
    """Adds the scene to a server."""
    scene = server.scene
    scene.add_grid("/grid", width=6.0, height=6.0)
    scene.add_frame("/frame", axes_length=1.0, axes_radius=0.04, position=(-1.5, -1.5, 0.0))
    scene.add_box("/box", color=(230, 60, 50), dimensions=(0.8, 0.8, 0.8), position=(1.2, 0.0, 0.4))
    scene.add_icosphere("/ball", radius=0.5, color=(40, 120, 230), position=(0.0, 1.2, 0.5))
    scene.add_cylinder(
        "/column", radius=0.3, height=1.2, color=(60, 190, 90), position=(-1.0, 0.6, 0.6)
    )
    part = np.linspace(0.0, 1.0, 3000)
    turns = 6 * np.pi * part
    helix = np.stack([0.5 * np.cos(turns), 0.5 * np.sin(turns), turns / 12.0], axis=1)
    shades = np.stack([part, 1 - part, np.full_like(part, 0.5)], axis=1)
    shades = (255 * shades).astype(np.uint8)
    scene.add_point_cloud("/helix", helix, shades, point_size=0.03)
    vertices = np.array([[0, 0, 0], [0.8, 0, 0], [0.4, 0.8, 0], [0.4, 0.3, 0.8]], dtype=np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]], dtype=np.uint32)
    scene.add_mesh_simple(
        "/tetrahedron", vertices, faces, color=(240, 180, 40), flat_shading=True,
        position=(1.0, 1.2, 0.0),
    )
    edges = np.array([[[0, 0, 0], [1, 0, 1]], [[1, 0, 1], [1, 1, 1]]], dtype=np.float32)
    scene.add_line_segments(
        "/edges", edges, colors=(20, 20, 20), thickness=3.0, thickness_units="screen"
    )
    scene.add_batched_axes(
        "/axes",
        batched_wxyzs=np.array([[1.0, 0.0, 0.0, 0.0]] * 3),
        batched_positions=np.array([[-0.5, -1.5, 0.0], [0.5, -1.5, 0.0], [1.5, -1.5, 0.0]]),
        axes_length=0.5,
        axes_radius=0.025,
    )
    scene.add_label("/label", "still life", position=(0.0, 0.0, 2.0))
