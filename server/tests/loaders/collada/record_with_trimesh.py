"""Writes exported.dae with trimesh's exporter, and what trimesh reads from it, beside this file.

Needs trimesh, pycollada and networkx.
"""

import json
from pathlib import Path

import numpy as np
import trimesh

HERE = Path(__file__).parent

tube = trimesh.creation.cylinder(radius=0.5, height=2.0, sections=6)
tube.apply_translation([3.0, 0.0, 1.0])
tube.visual = trimesh.visual.TextureVisuals(
    material=trimesh.visual.material.PBRMaterial(baseColorFactor=[255, 102, 0, 255])
)
box = trimesh.creation.box(extents=[1.0, 2.0, 3.0])
box.visual.vertex_colors = [[40 * i % 256, 255 - 30 * i, 7 * i, 255] for i in range(8)]

exported = trimesh.exchange.dae.export_collada([tube, box])
# Which axis is up cannot be said to the exporter; trimesh does not care.
exported = exported.replace(b"Y_UP", b"Z_UP")
(HERE / "exported.dae").write_bytes(exported)

meshes = []
scene = trimesh.load(HERE / "exported.dae", process=False)
for name in scene.graph.nodes_geometry:
    world_from_mesh, geometry = scene.graph[name]
    mesh = scene.geometry[geometry]
    points = trimesh.transform_points(mesh.vertices, world_from_mesh)
    meshes.append(np.round(points[mesh.faces], 5).tolist())
(HERE / "trimesh.json").write_text(json.dumps(meshes) + "\n")
