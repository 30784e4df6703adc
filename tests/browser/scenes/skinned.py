"""Skinned meshes: bones at rest and moved, translucent, as edges."""

import numpy as np

ROWS = 13


def tube(sides=16):
    """Vertices, faces and weights of a tube along z from 0 to 2, for bones at z 0, 1 and 2."""
    z, angle = np.meshgrid(
        np.linspace(0, 2, ROWS), np.arange(sides) * 2 * np.pi / sides, indexing="ij"
    )
    vertices = np.stack([0.25 * np.cos(angle), 0.25 * np.sin(angle), z], -1).reshape(-1, 3)
    index = np.arange(ROWS * sides).reshape(ROWS, sides)
    low, high = index[:-1], index[1:]
    next_low, next_high = np.roll(low, -1, 1), np.roll(high, -1, 1)
    faces = np.concatenate(
        [np.stack([low, next_low, next_high], -1), np.stack([low, next_high, high], -1)]
    ).reshape(-1, 3)
    weights = np.maximum(1 - np.abs(z.reshape(-1, 1) - np.arange(3)), 0)
    return vertices.astype(np.float32), faces.astype(np.uint32), weights.astype(np.float32)


def build(server):
    vertices, faces, weights = tube()
    looks = [
        {},
        {"flat_shading": True, "color": (220, 120, 40)},
        {"opacity": 0.5, "side": "double"},
        {"wireframe": True, "color": (40, 40, 40)},
    ]
    for i, look in enumerate(looks):
        mesh = server.scene.add_mesh_skinned(
            f"/tube_{i}",
            vertices,
            faces,
            bone_wxyzs=np.tile([1.0, 0, 0, 0], (3, 1)),
            bone_positions=np.array([[0, 0, 0], [0, 0, 1], [0, 0, 2]], dtype=np.float32),
            skin_weights=weights,
            position=(1.2 * i - 1.8, 0, -0.8),
            **look,
        )
        if i > 0:
            mesh.bones[1].wxyz = (0.92, 0.0, 0.39, 0.0)
            mesh.bones[2].wxyz = (0.7071068, 0.0, 0.7071068, 0.0)
            mesh.bones[2].position = (0.6, 0.2, 1.6)
