"""Inputs at nodes of the scene."""


def build(server):
    for number, y in ((1, -1.5), (2, 1.5)):
        name = f"/box{number}"
        box = server.scene.add_box(name, dimensions=(1.0, 1.0, 1.0), color=(40, 120, 230), position=(0, y, 0))
        with server.scene.add_3d_gui_container(f"{name}/sign", position=(0.0, 0.0, 0.8)):
            color = server.gui.add_rgb("Colour", (40, 120, 230))
            remove = server.gui.add_button(f"Remove {number}")
        color.on_update(lambda _, box=box, color=color: setattr(box, "color", color.value))

        @remove.on_click
        def _(_, box=box):
            # What is shown at the box goes with it.
            box.remove()
            print("removed true")
