"""glTF models with morph targets: with weights of the mesh, of the node, and in a batch, which has
none."""

import json
import struct

from scenes.batches import ring
from scenes.models import ball


def with_target(model, mesh_weight, node_weight=None):
    """A GLB file whose only mesh can grow: its positions are also the offsets of a morph target."""
    length = struct.unpack_from("<I", model, 12)[0]
    content = json.loads(model[20 : 20 + length])
    mesh = content["meshes"][0]
    (primitive,) = mesh["primitives"]
    primitive["targets"] = [{"POSITION": primitive["attributes"]["POSITION"]}]
    mesh["weights"] = [mesh_weight]
    if node_weight is not None:
        node = next(node for node in content["nodes"] if "mesh" in node)
        node["weights"] = [node_weight]
    text = json.dumps(content).encode()
    text += b" " * (-len(text) % 4)
    rest = model[20 + length :]
    header = struct.pack("<4sII", b"glTF", 2, 20 + len(text) + len(rest))
    return header + struct.pack("<I4s", len(text), b"JSON") + text + rest


def build(server):
    scene = server.scene
    scene.configure_default_lights(True, cast_shadow=False)
    rough = ball(metallicFactor=0.0, roughnessFactor=1.0)
    scene.add_glb("/mesh", with_target(rough, 1.0), position=(-1.2, 0.0, 0.0))
    scene.add_glb("/node", with_target(rough, 1.0, -0.5), position=(0.2, 0.0, 0.0))
    scene.add_glb("/rest", with_target(rough, 0.0), position=(1.4, 0.0, 0.0))
    wxyzs, positions = ring(6, 2.0, -0.8)
    scene.add_batched_glb(
        "/batch", with_target(rough, 1.0), wxyzs, positions, lod="off"
    )
