"""The same program as `server/examples/twin_gui.rs`, for Python viser: what both say must be the same.

A component of each kind, then one step of calls whenever the viewer's camera is at x = 1, 2, 3, …
What the viewer does in between is in `test_twins_gui.py`.
"""

import json
import pathlib
import sys
import tempfile

import numpy as np
from twin import go_on, image, start
from viser import uplot


def pretend_plotly():
    """A package that is Plotly as far as viser looks at it."""
    package = pathlib.Path(tempfile.mkdtemp()) / "plotly"
    (package / "package_data").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "package_data" / "plotly.min.js").write_text("window.Plotly = 1;")
    sys.path.insert(0, str(package.parent))


class Figure:
    def __init__(self, number):
        self.number = number

    def to_json(self):
        return json.dumps({"data": [{"y": [self.number]}], "layout": {"title": "t"}})


class Twin:
    def __init__(self, server):
        self.server = server
        gui = server.gui
        gui.set_panel_label("Twin")
        gui.configure_theme(
            titlebar_content={
                "buttons": ({"text": "Docs", "icon": "Description", "href": "https://a.b"},),
                "image": {
                    "image_url_light": "l.png",
                    "image_url_dark": None,
                    "image_alt": "logo",
                    "href": None,
                },
            },
            control_width="large",
            dark_mode=True,
            show_logo=False,
            brand_color=(230, 180, 30),
        )
        self.button = gui.add_button("Button", color="red", icon="device-floppy", hint="press")
        self.upload = gui.add_upload_button("Upload", mime_type="image/*", color=(1, 2, 3))
        self.group = gui.add_button_group("Group", ("a", "b", "c"))
        self.checkbox = gui.add_checkbox("Checkbox", True, disabled=True)
        self.text = gui.add_text("Text", "hello", multiline=True, visible=False)
        self.number = gui.add_number("Number", 0.25, min=0.0, max=1.5)
        gui.add_number("Coarse", 0.25, step=0.5)
        self.slider = gui.add_slider(
            "Slider", 0.0, 2.0, 5.0, 0.5, marks=(0.0, (1.0, "one"), (2.0, "two"))
        )
        self.multi = gui.add_multi_slider(
            "Multi", 0.0, 10.0, 0.5, (1.0, 2.5, 9.0), min_range=1.0, fixed_endpoints=True
        )
        self.vector2 = gui.add_vector2("Vector2", (0.5, 1.0), min=(0.0, 0.0), max=(2.0, 2.0))
        gui.add_vector3("Vector3", (0.125, 1.0, 2.0), step=0.25)
        self.dropdown = gui.add_dropdown("Dropdown", ("x", "y", "z"), initial_value="y")
        self.rgb = gui.add_rgb("Rgb", (10, 20, 30))
        gui.add_rgba("Rgba", (10, 20, 30, 40), order=2.5)
        self.progress = gui.add_progress_bar(25.0, animated=True, color="teal")
        self.markdown = gui.add_markdown("# Title\n\n![far](http://a.b/c.png)")
        gui.add_markdown("")
        self.html = gui.add_html("<b>bold</b>")
        gui.add_divider()
        self.image = gui.add_image(image(6, 4), label="Image", format="png")
        self.plotly = gui.add_plotly(Figure(1), config={"scrollZoom": True}, aspect=0.5)
        gui.add_plotly(Figure(2))
        x = np.arange(4.0)
        self.uplot = gui.add_uplot(
            (x, x * 2.0),
            (uplot.Series(label="x"), uplot.Series(label="y", stroke="red", width=2.0)),
            title="Chart",
            scales={"x": uplot.Scale(time=False), "y": uplot.Scale(range=(0.0, 10.0))},
            axes=(uplot.Axis(label="x"), uplot.Axis(label="y", side=1)),
            legend=uplot.Legend(show=False),
            cursor=uplot.Cursor(drag=uplot.Cursor_Drag(x=True, y=False)),
            aspect=2.0,
            padding=(1, 2, 3, 4),
        )
        with gui.add_folder("Folder", expand_by_default=False) as self.folder:
            gui.add_text("Inside", "")
            with gui.add_folder(None):
                gui.add_checkbox("Deep", False)
            self.tabs = gui.add_tab_group()
            with self.tabs.add_tab("First", "cube") as self.first_tab:
                gui.add_text("In a tab", "")
            with self.tabs.add_tab("Second"):
                gui.add_button("In another")
        with gui.add_form("Form") as self.form:
            self.field = gui.add_text("Field", "")
        self.command = gui.add_command(
            "Save", description="to disk", hotkey="S", modifier="cmd/ctrl", icon="device-floppy"
        )
        gui.add_command("Plain", disabled=True)
        self.react()

    def react(self):
        """What the program does when viewers do something."""

        @self.button.on_click
        def _(_):
            self.text.value = "clicked"

        @self.button.on_hold(callback_hz=20.0)
        def _(_):
            self.text.value = "held"

        @self.group.on_click
        def _(event):
            self.text.value = f"pressed {event.target.value}"

        @self.slider.on_update
        def _(event):
            self.text.value = f"slid to {event.target.value:.2f}"

        @self.upload.on_upload
        def _(event):
            file = event.target.value
            self.text.value = f"{file.name} {len(file.content)}"

        @self.form.on_submit
        def _(_):
            self.text.value = f"submitted {self.field.value}"

        @self.command.on_trigger
        def _(_):
            self.text.value = "saved"

    def step(self, number, client):
        getattr(self, f"step_{number}", lambda _: None)(client)

    def step_1(self, _):
        self.number.value = 0.5
        self.number.value = 0.5
        self.multi.value = (2.0, 3.0, 9.0)
        self.vector2.value = (1.0, 1.5)
        self.rgb.value = (1, 2, 3)
        self.checkbox.value = False
        self.progress.value = 80.0

    def step_2(self, _):
        self.button.label = "Other"
        self.button.icon = None
        self.checkbox.disabled = False
        self.text.visible = True
        self.text.hint = "hint"
        self.slider.order = 99.0
        self.slider.max = 4.0
        self.progress.animated = False

    def step_3(self, _):
        self.dropdown.options = ("y", "w")
        self.dropdown.options = ("v", "w")

    def step_4(self, _):
        self.markdown.content = "*new*"
        self.html.content = "<i>new</i>"
        self.image.image = image(4, 4)
        self.image.format = "jpeg"
        self.plotly.figure = Figure(3)
        self.uplot.data = (np.arange(2.0), np.arange(2.0))

    def step_5(self, _):
        self.command.label = "Store"
        self.command.disabled = True
        self.command.disabled = False
        self.command.icon = "cube"

    def step_6(self, _):
        gui = self.server.gui
        self.panel = gui.add_panel()
        with self.panel.add_tab("Log", "cube"):
            gui.add_markdown("log")
        self.other = gui.add_panel(visible=False, order=3.0)
        self.panel.dock_left()
        self.other.dock_below(self.panel)
        self.other.dock_above(gui.main_panel)
        self.panel.float(x=10.0, y=-20.0, width=300.0)
        self.panel.set_height(200.0)
        self.panel.minimize()
        gui.main_panel.dock_right()
        gui.main_panel.set_width(400.0)
        gui.main_panel.expand()

    def step_7(self, _):
        self.panel.visible = False
        self.panel.remove()

    def step_8(self, _):
        with self.server.gui.add_modal("Modal") as self.modal:
            self.server.gui.add_button("Close")
            with self.server.gui.add_folder("In it"):
                self.server.gui.add_divider()

    def step_9(self, _):
        self.modal.close()

    def step_10(self, _):
        container = self.server.scene.add_3d_gui_container("/sign", position=(0.0, 0.0, 1.0))
        with container:
            self.server.gui.add_button("On a sign")
            with self.server.gui.add_folder("Below"):
                self.server.gui.add_checkbox("Tick", False)

    def step_11(self, _):
        self.server.scene.remove_by_name("/sign")

    def step_12(self, client):
        client.gui.add_slider("Own", 0.0, 1.0, 0.1, 0.5)
        with self.folder:
            self.guest = client.gui.add_text("Guest", "")
        client.gui.set_panel_label("Yours")
        client.gui.configure_theme()
        client.gui.main_panel.dock_left()
        self.guest.value = "x"

    def step_13(self, _):
        self.first_tab.icon = "circle"
        self.first_tab.remove()

    def step_14(self, _):
        self.folder.remove()

    def step_15(self, _):
        self.form.submit()

    def step_16(self, client):
        client.gui.reset()

    def step_17(self, _):
        self.server.gui.reset()


def main():
    pretend_plotly()
    server = start()
    twin = Twin(server)

    @server.on_client_connect
    def _(client):
        client.camera.on_update(lambda camera: twin.step(round(camera.position[0]), client))

    go_on(server)


if __name__ == "__main__":
    main()
