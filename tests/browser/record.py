"""Recordings that Python viser makes, for players to play."""

import dataclasses
import os
import pathlib
import socket
import subprocess

import numpy as np

import viser

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Recorded:
    """A recording, as a file and at an address."""

    path: pathlib.Path
    url: str

    def digests(self, times):
        """Digests of the states at times, by playing from the start outside of any browser."""
        programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))
        command = [str(programs / "examples/state_digests"), str(self.path), *map(str, times)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def all_into(folder):
    """Makes every recording; returns their paths by name."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = viser.ViserServer(host="127.0.0.1", port=port, verbose=False)
    paths = {}
    for make in (still, moving, lively):
        server.scene.reset()
        paths[make.__name__] = folder / f"{make.__name__}.viser"
        paths[make.__name__].write_bytes(make(server))
    server.stop()
    return paths


def still(server):
    """A scene without a time."""
    server.scene.add_box("/box", color=(230, 60, 50), dimensions=(1.5, 1.5, 1.5))
    return server.get_scene_serializer().serialize()


def moving(server):
    """Twenty seconds, ten steps a second, in which nothing comes or goes."""
    scene = server.scene
    scene.add_grid("/grid", width=6.0, height=6.0)
    box = scene.add_box("/box", color=(230, 60, 50), dimensions=(1.0, 1.0, 1.0))
    arm = scene.add_frame("/box/arm", axes_length=1.0, axes_radius=0.05, position=(0.0, 0.0, 0.5))
    cloud = scene.add_point_cloud(
        "/cloud", np.zeros((8, 3), np.float32), colors=(40, 120, 230), point_size=0.15
    )
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (0, 1)], np.float32)
    serializer = server.get_scene_serializer()
    for step in range(200):
        angle = step * 2 * np.pi / 100
        box.position = (1.5 * np.cos(angle), 1.5 * np.sin(angle), 0.5)
        box.wxyz = (np.cos(angle / 2), 0.0, 0.0, np.sin(angle / 2))
        arm.wxyz = (np.cos(angle), np.sin(angle), 0.0, 0.0)
        if step % 10 == 0:
            cloud.points = corners * (1.0 + 0.5 * np.sin(angle))
            box.color = (230, 60, 50) if step % 20 else (60, 190, 90)
        serializer.insert_sleep(0.1)
    return serializer.serialize()


def lively(server):
    """Four seconds in which everything comes, goes and changes."""
    scene = server.scene
    random = np.random.default_rng(7)
    serializer = server.get_scene_serializer()
    handles = {}
    for step in range(400):
        name = f"/{'abcde'[random.integers(5)]}"
        if random.random() < 0.3:
            name += f"/{'xyz'[random.integers(3)]}"
        action = random.integers(6)
        if action == 0 or name not in handles:
            if random.random() < 0.5:
                handles[name] = scene.add_frame(name)
            else:
                handles[name] = scene.add_box(name, color=tuple(random.integers(0, 256, 3)))
        elif action == 1:
            scene.remove_by_name(name)
            handles = {
                other: handle
                for other, handle in handles.items()
                if other != name and not other.startswith(f"{name}/")
            }
        elif action == 2:
            handles[name].visible = bool(random.random() < 0.7)
        elif action == 3:
            handles[name].wxyz = random.normal(size=4)
        else:
            handles[name].position = random.normal(size=3)
        if step % 50 == 0:
            scene.configure_fog(near=float(step), far=1000.0, enabled=step % 100 == 0)
        if random.random() < 0.4:
            serializer.insert_sleep(0.025)
    return serializer.serialize()
