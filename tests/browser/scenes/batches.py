"""Batched meshes: colours, opacities, scales and arrays that repeat, flat, toon, as edges, dense."""

import numpy as np

from scenes.meshes import torus


def ring(count, radius, height):
    """Rotations `[count, 4]` and positions `[count, 3]` around the z axis."""
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False)
    zeros = np.zeros_like(angles)
    wxyzs = np.stack([np.cos(angles / 2), zeros, zeros, np.sin(angles / 2)], -1)
    positions = np.stack([radius * np.cos(angles), radius * np.sin(angles), zeros + height], -1)
    return wxyzs.astype(np.float32), positions.astype(np.float32)


def build(server):
    scene = server.scene
    sparse = torus(rings=10, sides=6)
    count = 24
    shades = np.linspace(0, 255, count).astype(np.uint8)
    colors = np.stack([shades, np.full(count, 90), 255 - shades], -1).astype(np.uint8)
    scene.add_batched_meshes_simple(
        "/colored",
        *sparse,
        *ring(count, 2.2, -0.6),
        batched_scales=np.linspace(0.2, 0.5, count).astype(np.float32),
        batched_colors=colors,
        cast_shadow=False,
        receive_shadow=False,
    )
    scene.add_batched_meshes_simple(
        "/translucent",
        *sparse,
        *ring(8, 1.2, 0.2),
        batched_scales=np.tile([0.6, 0.6, 1.2], (8, 1)).astype(np.float32),
        batched_colors=(30, 160, 60),
        batched_opacities=np.linspace(0.2, 1.0, 8).astype(np.float32),
        side="double",
        cast_shadow=False,
        receive_shadow=False,
    )
    looks = [
        {"flat_shading": True},
        {"material": "toon3"},
        {"wireframe": True},
        {"opacity": 0.5},
        {"side": "back"},
    ]
    for i, look in enumerate(looks):
        wxyzs, positions = ring(3, 0.4, 0.9)
        scene.add_batched_meshes_simple(
            f"/look_{i}",
            *sparse,
            wxyzs,
            positions,
            batched_scales=np.full(3, 0.35, np.float32),
            batched_colors=(230, 140, 40),
            position=(i * 1.1 - 2.2, 0, 0),
            scale=(1.0, 1.0, 1.5),
            cast_shadow=False,
            receive_shadow=False,
            **look,
        )
    scene.add_batched_meshes_simple(
        "/dense",
        *torus(),
        *ring(5, 0.8, -1.4),
        batched_colors=(120, 120, 200),
        cast_shadow=False,
        receive_shadow=False,
    )
