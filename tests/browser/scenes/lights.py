"""Every kind of light on standard and toon surfaces, without the default ones and surroundings."""


def build(server):
    scene = server.scene
    scene.configure_default_lights(False)
    scene.configure_environment_map(None)
    scene.add_box("/floor", (255, 255, 255), (6, 6, 0.1), position=(0, 0, -0.8), cast_shadow=False)
    for i, material in enumerate(["standard", "toon3", "toon5"]):
        scene.add_icosphere(
            f"/ball_{i}",
            0.5,
            (230, 220, 200),
            position=(1.3 * i - 1.3, 0, 0),
            material=material,
            cast_shadow=False,
        )
    scene.add_light_ambient("/ambient", (80, 80, 255), intensity=0.3)
    scene.add_light_hemisphere(
        "/hemisphere", (255, 240, 200), (40, 120, 40), intensity=0.4, position=(0, 1, 3)
    )
    scene.add_light_directional("/sun", (255, 200, 120), intensity=0.8, position=(2, -3, 1))
    scene.add_light_point("/bulb", (255, 60, 60), intensity=4, position=(-1.5, -1.2, 0.6))
    scene.add_light_point(
        "/short", (60, 255, 60), intensity=8, distance=1.5, decay=1.0, position=(0.6, -1.2, 0.2)
    )
    scene.add_light_spot(
        "/spot", (120, 120, 255), intensity=20, angle=0.5, penumbra=0.4, position=(0, 1.5, 2), wxyz=(0.9, 0.43, 0, 0)
    )
    scene.add_light_rectarea(
        "/panel", (255, 120, 255), intensity=3, width=1.5, height=0.8, position=(1.8, 1.2, 0.8)
    )
