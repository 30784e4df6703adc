"""Camera frustums: as lines and filled, with and without image, many in one scene."""

import numpy as np

from scenes.images import gradient


def build(server):
    scene = server.scene
    scene.add_camera_frustum("/plain", 1.0, 1.5, scale=0.6, position=(-1.6, 0, 0))
    scene.add_camera_frustum(
        "/image", 0.8, 4 / 3, scale=0.8, image=gradient(), format="png", wxyz=(0.7071068, -0.7071068, 0, 0)
    )
    scene.add_camera_frustum(
        "/filled", 1.2, 1.0, scale=0.5, variant="filled", color=(200, 40, 90), position=(1.6, 0, 0)
    )
    scene.add_camera_frustum(
        "/both",
        0.9,
        1.6,
        scale=(0.7, 0.4, 0.9),
        variant="filled",
        color=(20, 120, 220),
        image=gradient(),
        format="jpeg",
        jpeg_quality=95,
        position=(0.3, 1.6, 0.5),
        wxyz=(0.2, 0.6, 0.3, 0.7),
    )
    for i, angle in enumerate(np.linspace(0, 2 * np.pi, 24, endpoint=False)):
        scene.add_camera_frustum(
            f"/ring/{i}",
            0.7,
            1.3,
            scale=0.15,
            thickness=2.0,
            thickness_units="screen",
            color=(30, 30 + 8 * i, 120),
            position=(2.5 * np.cos(angle), 2.5 * np.sin(angle), -0.6),
            wxyz=(np.cos(angle / 2), 0, 0, np.sin(angle / 2)),
        )
