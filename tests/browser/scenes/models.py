"""glTF models: materials of every kind, textures, colours at vertices, a tree of nodes, batches."""

import numpy as np
import trimesh
from PIL import Image
from trimesh.visual import TextureVisuals
from trimesh.visual.material import PBRMaterial

from scenes.batches import ring
from scenes.images import gradient


def noise(height=32, width=32):
    """Even noise `[height, width, 3]` u8, the same at each call."""
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


def bumps(size=64):
    """A normal map `[size, size, 3]` u8 of waves."""
    y, x = np.mgrid[0:size, 0:size] * 2 * np.pi / 16
    normal = np.stack([0.5 * np.cos(x), 0.5 * np.sin(y), np.ones_like(x)], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.round(normal * 127 + 128).astype(np.uint8)


def plate(**material):
    """A square with places in a texture, as a GLB file's bytes."""
    vertices = np.array([[-0.5, 0, -0.5], [0.5, 0, -0.5], [0.5, 0, 0.5], [-0.5, 0, 0.5]])
    uv = np.array([[0, 0], [2, 0], [2, 2], [0, 2]])
    mesh = trimesh.Trimesh(vertices, [[0, 1, 2], [0, 2, 3]], process=False)
    mesh.visual = TextureVisuals(uv=uv, material=PBRMaterial(doubleSided=True, **material))
    return mesh.export(file_type="glb")


def ball(color=(200, 120, 60, 255), **material):
    """A ball without textures, as a GLB file's bytes."""
    mesh = trimesh.creation.icosphere(3, 0.4)
    mesh.visual = TextureVisuals(material=PBRMaterial(baseColorFactor=color, **material))
    return mesh.export(file_type="glb")


def tree():
    """Boxes in a tree of nodes, one of them mirrored."""
    scene = trimesh.Scene()
    box = trimesh.creation.box((0.3, 0.2, 0.1))
    box.visual.vertex_colors = np.tile([[90, 200, 90, 255], [200, 90, 200, 255]], (4, 1))
    parent = "world"
    for i in range(3):
        turn = trimesh.transformations.rotation_matrix(0.5, [0, 1, 0], [0, 0, 0])
        turn[:3, 3] = [0.3, 0, 0.1]
        if i == 2:
            turn[:3, :3] *= [1, 1, -1]
        scene.add_geometry(box, node_name=f"box_{i}", parent_node_name=parent, transform=turn)
        parent = f"box_{i}"
    return scene.export(file_type="glb")


def build(server):
    picture = Image.fromarray(gradient())
    models = [
        plate(baseColorTexture=picture, metallicFactor=0.0, roughnessFactor=1.0),
        plate(baseColorTexture=picture, metallicFactor=0.0, roughnessFactor=0.6, alphaMode="BLEND", baseColorFactor=(255, 255, 255, 120)),
        plate(normalTexture=Image.fromarray(bumps()), metallicFactor=0.0, roughnessFactor=0.7),
        plate(metallicRoughnessTexture=Image.fromarray(noise()), metallicFactor=0.3, roughnessFactor=1.0),
        plate(emissiveTexture=picture, emissiveFactor=(1.0, 1.0, 1.0), baseColorFactor=(0, 0, 0, 255), metallicFactor=0.0, roughnessFactor=1.0),
        ball(metallicFactor=0.0, roughnessFactor=1.0),
        ball(metallicFactor=0.0, roughnessFactor=0.5),
        ball(metallicFactor=1.0, roughnessFactor=0.9),
        ball(metallicFactor=0.5, roughnessFactor=0.6),
        tree(),
    ]
    for i, model in enumerate(models):
        server.scene.add_glb(
            f"/model_{i}",
            model,
            position=(i % 5 * 1.1 - 2.2, i // 5 * 1.2 - 0.6, 0.3),
            wxyz=(0.96, 0.0, 0.0, -0.28),
            cast_shadow=False,
            receive_shadow=False,
        )
    mesh = trimesh.creation.torus(0.3, 0.1, major_sections=16, minor_sections=8)
    mesh.visual.vertex_colors = np.linspace([255, 0, 60, 255], [0, 80, 255, 255], len(mesh.vertices)).astype(np.uint8)
    server.scene.add_batched_meshes_trimesh(
        "/batch", mesh, *ring(10, 1.6, -0.8), cast_shadow=False, receive_shadow=False
    )
