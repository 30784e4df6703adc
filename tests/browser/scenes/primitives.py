"""Boxes, spheres and cylinders, posed, scaled, faceted and smooth."""


def build(server):
    scene = server.scene
    quarter_turn = (0.7071068, 0.0, 0.3826834, 0.5946036)
    scene.add_box("/box", color=(220, 60, 50), position=(-1.5, -1, 0))
    scene.add_box(
        "/box/small", dimensions=(0.3, 0.6, 0.9), position=(0, 0, 1), wxyz=quarter_turn
    )
    scene.add_icosphere("/ball", radius=0.6, color=(60, 90, 220), position=(0, -1, 0))
    scene.add_icosphere(
        "/faceted", radius=0.6, subdivisions=0, color=(240, 200, 40), position=(1.5, -1, 0)
    )
    scene.add_cylinder("/can", radius=0.4, height=1.2, position=(-1.5, 1, 0))
    scene.add_cylinder(
        "/prism",
        radius=0.5,
        height=0.8,
        radial_segments=6,
        flat_shading=True,
        color=(40, 160, 120),
        position=(0, 1, 0),
        wxyz=quarter_turn,
    )
    scene.add_icosphere(
        "/egg", radius=0.5, scale=(1, 1, 1.6), opacity=0.6, position=(1.5, 1, 0)
    )
