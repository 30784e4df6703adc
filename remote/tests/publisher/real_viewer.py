"""aitviewer's own server and scene, without a window: what draws or needs PyTorch is made up.

It prints its port. A message of kind 10001 is answered, to all, with what the scene has.
"""

import abc
import importlib.abc
import importlib.machinery
import socket
import sys
import time
import types

import numpy as np

MADE_UP = [
    "imgui", "imgui_bundle", "joblib", "matplotlib", "moderngl", "moderngl_window", "omegaconf",
    "pxr", "roma", "scipy", "skimage", "skvideo", "smplx", "torch", "tqdm", "trimesh", "usd",
]  # fmt: skip


class AnyClass(abc.ABCMeta):
    """A class that has whatever is asked for."""

    def __getattr__(cls, name):
        return anything(name)


def anything(name):
    if name.startswith("__"):
        raise AttributeError(name)
    members = {
        "__init__": lambda self, *args, **kwargs: None,
        "__call__": lambda self, *args, **kwargs: self,
        "__getattr__": lambda self, name: anything(name),
    }
    return AnyClass(name, (), members)


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in MADE_UP:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = anything
        return module

    def exec_module(self, module):
        pass


class Trimesh:
    """Only normals follow from it."""

    def __init__(self, vertices, faces, process):
        self.vertex_faces = np.zeros((len(vertices), 1), int)


sys.meta_path.insert(0, Finder())
import trimesh  # noqa: E402

trimesh.Trimesh = Trimesh

from aitviewer.renderables import lines  # noqa: E402
from aitviewer.scene.scene import Scene  # noqa: E402
from aitviewer.server import ViewerServer  # noqa: E402

# Where cylinders are drawn.
lines.aa2rot = lambda turns: np.tile(np.eye(3), (*turns.shape[:-1], 1, 1))

CONTENTS = {
    "Meshes": ["vertices", "faces"],
    "Spheres": ["sphere_positions", "radius"],
    "Lines": ["lines", "r_base"],
    "Arrows": ["origins", "tips"],
    "RigidBodies": ["rb_pos", "rb_ori"],
    "Skeletons": ["joint_positions", "joint_connections"],
}


class Viewer:
    run_animations = False

    def __init__(self, port):
        self.scene = Scene()
        self._own = len(self.scene.nodes)
        self.server = ViewerServer(self, port)

    def process_message(self, type, uid, args, kwargs, client):
        if type == 10001:
            self.server.send_message(self.state())
        else:
            self.server.process_message(type, uid, args, kwargs, client)

    def state(self):
        nodes = self.scene.nodes[self._own :]
        return {
            "frames": self.scene.n_frames,
            "frame": self.scene.current_frame_id,
            "nodes": [self.node(node) for node in nodes],
        }

    def node(self, node):
        kind = type(node).__name__
        contents = [getattr(node, name) for name in CONTENTS.get(kind, [])]
        return {
            "kind": kind,
            "name": node.name,
            "frames": node.n_frames,
            "color": [float(channel) for channel in node.color],
            "position": node.position.tolist(),
            "contents": [np.asarray(content).tolist() for content in contents],
        }


def main():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    viewer = Viewer(port)
    print(port, flush=True)
    while True:
        viewer.server.process_messages()
        time.sleep(0.005)


main()
