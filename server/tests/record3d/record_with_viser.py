"""Prints the point clouds that viser makes of a small frame: `record_with_viser.py > viser.json`."""

import json

import numpy as np
from viser.extras import Record3dFrame
from viser.transforms import SE3

rng = np.random.default_rng(11)
k = np.array([[12.0, 0.0, 5.2], [0.0, 12.5, 3.4], [0.0, 0.0, 1.0]])
pose = SE3.sample_uniform(rng)
rgb = rng.integers(0, 256, (7, 10, 3), dtype=np.uint8)
depth = rng.uniform(0.5, 3.0, (4, 3)).astype(np.float32)
mask = rng.uniform(0.0, 1.0, (4, 3)) > 0.3
frame = Record3dFrame(k, rgb, depth, mask, pose.as_matrix()[:3])
recorded = {
    "k": k.T.flatten().tolist(),
    "pose": pose.parameters().tolist(),
    "rgb": rgb.flatten().tolist(),
    "depth": depth.astype(float).flatten().tolist(),
    "mask": mask.flatten().tolist(),
    "clouds": [
        {"step": step, "positions": points.astype(float).tolist(), "colors": colors.tolist()}
        for step in (1, 2, 3)
        for points, colors in [frame.get_point_cloud(step)]
    ],
}
print(json.dumps(recorded))
