"""Every input, and values that the program sets by itself."""

import threading
import time

from panels import told


def build(server):
    gui = server.gui
    with gui.add_folder("Read-only"):
        counter = gui.add_number("Counter", 0, disabled=True)
        progress = gui.add_progress_bar(0.0, animated=True)
    with gui.add_folder("Numbers"):
        marks = ((0, "low"), (50, "middle"), (100, "high"))
        slider = gui.add_slider("Slider", 0.0, 100.0, 1.0, 50.0, marks=marks, hint="A number on a track")
        told("slider", slider)
        told("range", gui.add_multi_slider("Range", 0.0, 10.0, 0.5, (2.0, 8.0), min_range=1.0))
        told("number", gui.add_number("Number", 1.5, min=0.0, max=10.0))
        told("vector2", gui.add_vector2("Vector2", (0.0, 1.0), step=0.1))
        told("vector3", gui.add_vector3("Vector3", (0.0, 1.0, 2.0), step=0.1))
    with gui.add_folder("Choices"):
        told("checkbox", gui.add_checkbox("Checkbox", True))
        told("dropdown", gui.add_dropdown("Dropdown", ("red", "green", "blue")))
        told("group", gui.add_button_group("Group", ("one", "two", "three")), "on_click")
        told("rgb", gui.add_rgb("Colour", (255, 128, 0)))
        told("rgba", gui.add_rgba("Shade", (0, 128, 255, 128)))
    with gui.add_folder("Words"):
        told("text", gui.add_text("Text", "hello"))
        told("lines", gui.add_text("Lines", "", multiline=True))
    button = gui.add_button("Slider to the middle", icon="arrows-horizontal")
    button.on_click(lambda _: setattr(slider, "value", 50.0))
    held = gui.add_button("Hold me", color=(90, 60, 200))
    held.on_hold(lambda _: print("held"))

    def count():
        while True:
            time.sleep(0.1)
            counter.value += 1
            progress.value = counter.value % 101

    threading.Thread(target=count, daemon=True).start()
