"""Point clouds: both precisions, every shape, both shadings, one colour and many."""

import numpy as np

SHAPES = ("square", "diamond", "circle", "rounded", "sparkle")


def build(server):
    rng = np.random.default_rng(0)
    for column, shape in enumerate(SHAPES):
        for row, shading in enumerate(("flat", "gradient")):
            points = rng.uniform(-0.4, 0.4, (60, 3)).astype(np.float32)
            colors = rng.integers(0, 255, (60, 3), dtype=np.uint8)
            server.scene.add_point_cloud(
                f"/{shape}/{shading}",
                points + (column - 2.0, 2.0 * row - 1.0, 0.0),
                colors if row else (40, 120, 200),
                point_size=0.05,
                point_shape=shape,
                point_shading=shading,
                precision="float32" if row else "float16",
            )
