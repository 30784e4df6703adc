"""Writes splats as a .ply and a .splat file, and what viser sends for each, beside this file.

Numbers become what viser's example of Gaussian splats makes of them.
"""

import json
from pathlib import Path

import numpy as np
import viser
from viser.transforms import SO3

HERE = Path(__file__).parent
COUNT = 12
rng = np.random.default_rng(3)


def packed(name, centers, scales, wxyzs, rgbs, opacities):
    """The words that viser sends."""
    turns = SO3(wxyzs).as_matrix()
    covariances = np.einsum("nij,nj,nkj->nik", turns, scales**2, turns)
    node = server.scene.add_gaussian_splats(
        name, centers=centers, covariances=covariances, rgbs=rgbs, opacities=opacities
    )
    return node.buffer.tolist()


server = viser.ViserServer(port=0, verbose=False)
number = lambda *shape: rng.uniform(-1.0, 1.0, shape).astype("<f4")

names = ["x", "y", "z", "nx", "ny", "nz", "f_dc_0", "f_dc_1", "f_dc_2"]
names += [f"f_rest_{i}" for i in range(45)]
names += ["opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3"]
table = number(COUNT, len(names)) * 2.0
column = lambda *which: table[:, [names.index(name) for name in which]]
header = f"ply\nformat binary_little_endian 1.0\nelement vertex {COUNT}\n"
header += "".join(f"property float {name}\n" for name in names) + "end_header\n"
(HERE / "splats.ply").write_bytes(header.encode() + table.tobytes())
ply = packed(
    "/ply",
    column("x", "y", "z"),
    np.exp(column("scale_0", "scale_1", "scale_2")),
    column("rot_0", "rot_1", "rot_2", "rot_3"),
    0.5 + 0.28209479177387814 * column("f_dc_0", "f_dc_1", "f_dc_2"),
    1.0 / (1.0 + np.exp(-column("opacity"))),
)

centers, scales = number(COUNT, 3), np.abs(number(COUNT, 3))
colors = rng.integers(0, 256, (COUNT, 4), dtype=np.uint8)
turns = rng.integers(0, 256, (COUNT, 4), dtype=np.uint8)
rows = [centers.view(np.uint8), scales.view(np.uint8), colors, turns]
(HERE / "splats.splat").write_bytes(np.concatenate(rows, axis=1).tobytes())
splat = packed(
    "/splat", centers, scales, turns / 255.0 * 2.0 - 1.0, colors[:, :3] / 255.0, colors[:, 3:] / 255.0
)

rest = table[:, names.index("f_rest_0") : names.index("f_rest_44") + 1]
recorded = {"ply": ply, "splat": splat, "rest": rest.astype(float).round(6).tolist()}
(HERE / "viser.json").write_text(json.dumps(recorded) + "\n")
server.stop()
