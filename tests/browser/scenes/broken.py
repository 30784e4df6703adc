"""Nodes that cannot be shown, each broken in its own way, around one that can."""

import numpy as np


def build(server):
    scene = server.scene
    scene.add_box("/good", (230, 60, 50), (1, 1, 1), cast_shadow=False)
    scene.add_glb("/glb", b"no glTF at all")
    vertices = np.zeros((3, 3), np.float32)
    scene.add_mesh_simple("/faces", vertices, np.array([[0, 1, 9]], np.uint32))
    scene.add_mesh_simple("/empty", vertices[:0], np.zeros((0, 3), np.uint32))
    scene.add_mesh_simple("/nan", vertices * np.nan, np.array([[0, 1, 2]], np.uint32))
    image = scene.add_image("/image", np.zeros((4, 4, 3), np.uint8), 1, 1, format="png")
    image._data = image._data[: len(image._data) // 2]
    scene.add_image("/nothing", np.zeros((4, 4, 3), np.uint8), 1, 1)._data = b""
