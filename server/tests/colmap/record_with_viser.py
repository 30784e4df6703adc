"""Writes a small reconstruction as text and as bytes, and what viser reads from it, beside this file."""

import json
import struct
from pathlib import Path

import numpy as np
from viser.extras import colmap

HERE = Path(__file__).parent
rng = np.random.default_rng(5)
numbers = lambda count: [round(float(x), 6) for x in rng.uniform(-2.0, 2.0, count)]

MODELS = {"SIMPLE_PINHOLE": (0, 3), "PINHOLE": (1, 4), "OPENCV": (4, 8), "THIN_PRISM_FISHEYE": (10, 12)}
text, data = "# Camera list\n", struct.pack("<Q", len(MODELS))
for id, (name, (model, count)) in enumerate(MODELS.items(), 3):
    params = [500.5] + numbers(count - 1)
    text += f"{id} {name} 640 480 " + " ".join(map(str, params)) + "\n"
    data += struct.pack(f"<iiQQ{count}d", id, model, 640, 480, *params)
(HERE / "cameras.txt").write_text(text)
(HERE / "cameras.bin").write_bytes(data)

text, data = "# Image list\n\n", struct.pack("<Q", 3)
for id, name in enumerate(["first.jpg", "sub/second.jpg", "third.png"], 7):
    pose, points = numbers(7), [0, 2, 1][id - 7]
    text += f"{id} " + " ".join(map(str, pose)) + f" {id - 4} {name}\n"
    data += struct.pack("<i7di", id, *pose, id - 4) + name.encode() + b"\0" + struct.pack("<Q", points)
    line = []
    for point in range(points):
        x, y = numbers(2)
        seen = [-1, 2**33][point]
        line.append(f"{x} {y} {seen}")
        data += struct.pack("<ddq", x, y, seen)
    text += " ".join(line) + "\n"
(HERE / "images.txt").write_text(text)
(HERE / "images.bin").write_bytes(data)

text, data = "# 3D point list\n", struct.pack("<Q", 2)
for id, track in ((2**33, [(7, 0), (8, 1)]), (12, [])):
    xyz, rgb, error = numbers(3), [int(x) for x in rng.integers(0, 256, 3)], 0.25
    words = [id, *xyz, *rgb, error, *(x for pair in track for x in pair)]
    text += " ".join(map(str, words)) + "\n"
    data += struct.pack("<QdddBBBdQ", id, *xyz, *rgb, error, len(track))
    data += b"".join(struct.pack("<ii", *pair) for pair in track)
(HERE / "points3D.txt").write_text(text)
(HERE / "points3D.bin").write_bytes(data)

cameras = colmap.read_cameras_binary(HERE / "cameras.bin")
images = colmap.read_images_binary(HERE / "images.bin")
points = colmap.read_points3d_binary(HERE / "points3D.bin")
# Both forms must say the same.
assert repr(cameras) == repr(colmap.read_cameras_text(HERE / "cameras.txt"))
assert repr(images) == repr(colmap.read_images_text(HERE / "images.txt"))
recorded = {
    "cameras": {id: [c.model, c.width, c.height, c.params.tolist()] for id, c in cameras.items()},
    "images": {
        id: [i.qvec.tolist(), i.tvec.tolist(), i.camera_id, i.name, i.xys.tolist(), i.point3D_ids.tolist()]
        for id, i in images.items()
    },
    "points": {
        id: [p.xyz.tolist(), p.rgb.tolist(), float(p.error), p.image_ids.tolist(), p.point2D_idxs.tolist()]
        for id, p in points.items()
    },
}
(HERE / "viser.json").write_text(json.dumps(recorded, indent=1) + "\n")
