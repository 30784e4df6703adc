"""What callbacks do to the scene, and values that the program sets."""

import numpy as np
from panels import told


def spiral(count):
    turn = np.arange(count) * 0.1
    return np.stack([np.cos(turn), np.sin(turn), 2 * np.arange(count) / count], axis=1).astype(np.float32)


def build(server):
    frame = server.scene.add_frame("/frame", axes_length=1.0, axes_radius=0.05)
    cloud = server.scene.add_point_cloud("/cloud", spiral(200), colors=(220, 40, 120), point_size=0.05)
    gui = server.gui
    place = told("at", gui.add_vector3("Frame at", (0.0, 0.0, 0.0), step=0.1))
    shown = told("shown", gui.add_checkbox("Show frame", True))
    points = told("points", gui.add_slider("Points", 2, 1000, 1, 200))
    shape = told("shape", gui.add_dropdown("Shape", ("square", "circle")))
    reset = gui.add_button("Reset", icon="refresh")
    place.on_update(lambda _: setattr(frame, "position", place.value))
    shown.on_update(lambda _: setattr(frame, "visible", shown.value))
    points.on_update(lambda _: setattr(cloud, "points", spiral(points.value)))
    shape.on_update(lambda _: setattr(cloud, "point_shape", shape.value))

    @reset.on_click
    def _(_):
        place.value, shown.value, points.value = (0.0, 0.0, 0.0), True, 200
