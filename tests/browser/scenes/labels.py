"""Labels: anchors, both size modes, several lines."""


def build(server):
    scene = server.scene
    anchors = ("top-left", "center-center", "bottom-right")
    for index, anchor in enumerate(anchors):
        position = (1.2 * index - 1.2, 0, 0)
        scene.add_frame(f"/at_{index}", axes_length=0.3, axes_radius=0.02, position=position)
        scene.add_label(f"/at_{index}/label", f"{anchor}\nsecond line", anchor=anchor)
    scene.add_label(
        "/big", "In the scene", font_size_mode="scene", font_scene_height=0.3, position=(0, 0, 1)
    )
    scene.add_label("/large", "2.5 times", font_screen_scale=2.5, position=(0, 0, -1))
