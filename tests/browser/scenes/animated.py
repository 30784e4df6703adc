"""A glTF triangle that moves to the right for half a second, jumps back, and begins anew."""

import json
import struct

import numpy as np


def moving_triangle():
    """A GLB file's bytes."""
    arrays = [
        np.array([[-0.8, 0, 0], [0.8, 0, 0], [0, 0, 1.6]], np.float32),
        np.array([0.0, 0.5], np.float32),
        np.array([[0, 0, 0], [1.5, 0, 0]], np.float32),
    ]
    offsets = np.cumsum([0] + [array.nbytes for array in arrays])
    kinds = ["VEC3", "SCALAR", "VEC3"]
    document = {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}],
        "materials": [
            {
                "pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1], "metallicFactor": 0},
                "doubleSided": True,
            }
        ],
        "animations": [
            {
                "samplers": [{"input": 1, "output": 2}],
                "channels": [{"sampler": 0, "target": {"node": 0, "path": "translation"}}],
            }
        ],
        "accessors": [
            {"bufferView": i, "componentType": 5126, "count": len(array), "type": kind}
            for i, (array, kind) in enumerate(zip(arrays, kinds))
        ],
        "bufferViews": [
            {"buffer": 0, "byteOffset": int(offset), "byteLength": array.nbytes}
            for array, offset in zip(arrays, offsets)
        ],
        "buffers": [{"byteLength": int(offsets[-1])}],
    }
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    binary = b"".join(array.tobytes() for array in arrays)
    body = struct.pack("<I4s", len(text), b"JSON") + text
    body += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body


def build(server):
    server.scene.add_glb("/triangle", moving_triangle(), cast_shadow=False)
