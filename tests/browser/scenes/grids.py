"""Grids: finite and infinite, in several planes, with a filled plane."""


def build(server):
    scene = server.scene
    scene.add_grid("/floor", width=4, height=3, cell_color=(90, 90, 90), section_color=(20, 60, 160))
    scene.add_grid(
        "/wall", width=2, height=2, plane="xz", position=(0, -1.5, 1), cell_size=0.25,
        plane_color=(255, 230, 180), plane_opacity=0.7, section_thickness=2,
    )
    scene.add_grid("/ground", infinite_grid=True, fade_distance=15, position=(0, 0, -0.5))
