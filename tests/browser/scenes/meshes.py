"""Triangle meshes: smooth and flat, every side, translucent, as edges, scaled."""

import numpy as np


def torus(rings=32, sides=16, radius=0.5, thickness=0.2):
    """Vertices `[V, 3]` and faces `[F, 3]` of a ring."""
    u, v = np.meshgrid(
        np.arange(rings) * 2 * np.pi / rings, np.arange(sides) * 2 * np.pi / sides, indexing="ij"
    )
    width = radius + thickness * np.cos(v)
    vertices = np.stack([width * np.cos(u), width * np.sin(u), thickness * np.sin(v)], axis=-1)
    index = np.arange(rings * sides).reshape(rings, sides)
    right, up = np.roll(index, -1, axis=0), np.roll(index, -1, axis=1)
    corner = np.roll(right, -1, axis=1)
    faces = np.concatenate(
        [np.stack([index, right, corner], -1), np.stack([index, corner, up], -1)]
    ).reshape(-1, 3)
    return vertices.reshape(-1, 3).astype(np.float32), faces.astype(np.uint32)


def build(server):
    vertices, faces = torus()
    looks = [
        {},
        {"flat_shading": True, "color": (230, 120, 40)},
        {"wireframe": True, "color": (30, 30, 30)},
        {"opacity": 0.4, "color": (200, 30, 90)},
        {"side": "back"},
        {"side": "double", "scale": (0.6, 0.6, 1.4), "color": (60, 180, 75)},
        {"wireframe": True, "side": "back", "color": (230, 120, 200)},
        {"wireframe": True, "opacity": 0.5, "color": (40, 60, 200)},
        {"material": "toon3", "flat_shading": True},
    ]
    for index, look in enumerate(looks):
        position = (index % 3 * 1.5 - 1.5, index // 3 * 1.5 - 1.5, 0.0)
        server.scene.add_mesh_simple(
            f"/torus_{index}", vertices, faces, position=position, **look
        )
