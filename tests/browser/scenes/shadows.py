"""Shadows of the default light on a floor, a wall and a grid."""


def build(server):
    scene = server.scene
    scene.add_grid("/grid", width=12, height=12, position=(0, 0, -1.0), shadow_opacity=0.5)
    scene.add_box("/floor", (240, 240, 240), (4, 4, 0.6), position=(0, 0, -0.9))
    scene.add_box("/wall", (250, 220, 200), (4, 0.6, 2), position=(0, -1.7, 0.3), receive_shadow=0.6)
    for i, kind in enumerate(["standard", "toon3", "toon5"]):
        scene.add_icosphere(
            f"/ball_{i}", 0.35, (230, 180, 60), position=(1.2 * i - 1.2, 0.2, 0.1 * i), material=kind
        )
    scene.add_cylinder("/post", 0.1, 1.6, (90, 160, 230), position=(0.6, 1.1, 0.1))
