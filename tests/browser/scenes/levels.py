"""Instances of meshes and models that lose triangles with distance."""

import numpy as np
import trimesh


def row(count, y, z):
    """Rotations `[count, 4]` and positions `[count, 3]` away from the camera's start."""
    positions = np.array([(1.5 - 1.6 * i, y - 1.6 * i, z) for i in range(count)])
    return np.tile([1.0, 0.0, 0.0, 0.0], (count, 1)), positions


def bumpy(subdivisions):
    """A ball with waves, its triangles' vertices shared."""
    ball = trimesh.creation.icosphere(subdivisions)
    waves = np.sin(ball.vertices * 9.0).sum(axis=1, keepdims=True)
    ball.vertices = ball.vertices * (0.5 + 0.04 * waves)
    return ball


def build(server):
    scene = server.scene
    fine, medium = bumpy(4), bumpy(3)
    shadowless = {"cast_shadow": False, "receive_shadow": False}
    scene.add_batched_meshes_simple(
        "/fine", fine.vertices, fine.faces, *row(5, 0.0, 0.8), lod="auto", **shadowless
    )
    scene.add_batched_meshes_simple(
        "/own",
        medium.vertices,
        medium.faces,
        *row(5, 1.4, -0.4),
        lod=((2.0, 0.5), (6.0, 0.1)),
        batched_colors=(220, 120, 40),
        **shadowless,
    )
    scene.add_batched_meshes_simple(
        "/edges", medium.vertices, medium.faces, *row(4, -1.4, -0.4), wireframe=True, **shadowless
    )
    material = trimesh.visual.material.PBRMaterial(
        baseColorFactor=(60, 160, 220, 255), metallicFactor=0.0, roughnessFactor=1.0
    )
    model = trimesh.creation.torus(0.5, 0.2, major_sections=48, minor_sections=24)
    model.visual = trimesh.visual.TextureVisuals(material=material)
    scene.add_batched_meshes_trimesh("/models", model, *row(5, 2.6, 0.6), **shadowless)
