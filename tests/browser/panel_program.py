"""A Python viser server with every input, in this process, and our client's page on it."""

import threading
import time

import viser


class Panel:
    """Inputs by name, what their callbacks have heard, and the page that shows them."""

    def __init__(self):
        self.server = viser.ViserServer(port=0, verbose=False)
        self.heard = {}
        self.handles = {}
        self._changed = threading.Condition()
        self._build(self.server.gui)

    def _add(self, name, handle):
        self.handles[name] = handle
        self.heard[name] = []

        def hear(_):
            with self._changed:
                self.heard[name].append(handle.value)
                self._changed.notify_all()

        on = getattr(handle, "on_click", None) or handle.on_update
        on(hear)

    def note(self, name, what):
        with self._changed:
            self.heard.setdefault(name, []).append(what)
            self._changed.notify_all()

    def wait(self, name, what, timeout_secs=10):
        """Waits until the last thing that was heard of `name` is `what`; returns all, and forgets."""
        deadline = time.monotonic() + timeout_secs
        with self._changed:
            while not self.heard[name] or self.heard[name][-1] != what:
                left = deadline - time.monotonic()
                assert left > 0, f"{name} is not {what!r}, but was {self.heard[name]}"
                self._changed.wait(left)
            heard, self.heard[name] = self.heard[name], []
            return heard

    def _build(self, gui):
        self._add("Button", gui.add_button("Button", hint="Press it"))
        self._add("Hold", gui.add_button("Hold"))
        self.handles["Hold"].on_hold(lambda _: self.note("held", True), callback_hz=20.0)
        self._add("Group", gui.add_button_group("Group", ("one", "two")))
        self._add("Slider", gui.add_slider("Slider", 0, 100, 1, 50, hint="A number\non a track"))
        self._add("Multi", gui.add_multi_slider("Multi", 0, 100, 1, (20, 80), min_range=10))
        self._add("Checkbox", gui.add_checkbox("Checkbox", False))
        self._add("Text", gui.add_text("Text", "start"))
        self._add("Lines", gui.add_text("Lines", "one", multiline=True))
        self._add("Number", gui.add_number("Number", 1.5, step=0.5, min=-10, max=10))
        self._add("Vector2", gui.add_vector2("Vector2", (1.0, 2.0), step=0.1))
        self._add("Vector3", gui.add_vector3("Vector3", (1.0, 2.0, 3.0), step=0.1))
        self._add("Dropdown", gui.add_dropdown("Dropdown", ("red", "green", "blue")))
        self._add("Colour", gui.add_rgb("Colour", (255, 120, 0)))
        self._add("Shade", gui.add_rgba("Shade", (10, 120, 200, 120)))
        self.handles["Progress"] = gui.add_progress_bar(40)
        gui.add_divider()
        with gui.add_folder("Folder") as folder:
            self.handles["Folder"] = folder
            self._add("Inside", gui.add_text("Inside", ""))
        with gui.add_folder("Closed", expand_by_default=False):
            self._add("Hidden", gui.add_text("Hidden", ""))
        tabs = gui.add_tab_group()
        for label, icon in (("First", None), ("Second", "plus")):
            with tabs.add_tab(label, icon):
                self._add(f"In {label}", gui.add_text(f"In {label}", ""))
        with gui.add_form("Form") as form:
            self.handles["Form"] = form
            self._add("Name", gui.add_text("Name", "me"))
            form.on_submit(lambda _: self.note("submitted", self.handles["Name"].value))
        self.heard |= {"held": [], "submitted": []}
