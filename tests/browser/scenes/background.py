"""An image behind the scene whose depth hides half of a box."""

import numpy as np

from scenes.images import gradient


def build(server):
    # Steps lie between the rows of a grid, so that smoothed and exact depths look alike.
    depth = np.full((48, 64), 12.0, dtype=np.float32)
    depth[:, :32] = 2.0
    server.scene.set_background_image(gradient(), format="png", depth=depth)
    server.scene.add_box("/box", (220, 120, 40), (1.5, 1.5, 1.5), cast_shadow=False)
    server.scene.add_icosphere("/ball", 0.4, (40, 160, 80), position=(1.5, -1.0, 0), cast_shadow=False)
