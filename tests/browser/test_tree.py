"""The table of scene nodes, the editor of properties, and GUI at nodes, operated with mouse and keys.

The scenes are those of a real Python viser, unless they say otherwise.
"""

import re

import numpy as np
import pytest
from listener import listening
from playwright.sync_api import expect
from side_by_side import PICTURES, with_server
from viewer import share_of

RED, GREEN, BLUE = (220, 40, 40), (40, 200, 60), (40, 60, 220)


class Table:
    """A server, our page on it, and the table of its nodes."""

    def __init__(self, server, viewer):
        self.server = server
        self.viewer = viewer
        self.page = viewer.page

    def open(self):
        """Brings the table into the page."""
        settings = self.page.get_by_role("button", name=re.compile("settings|server controls", re.I))
        settings = settings.or_(self.page.locator("summary")).first
        # Without components of the server's, the panel shows the page's own controls anyway.
        is_here = lambda _: self.grid.is_visible() or settings.is_visible()
        self.viewer.wait_for_value(is_here, lambda here: here, "a panel")
        if not self.grid.is_visible():
            settings.click()
        self.line("/WorldAxes").wait_for()
        return self

    @property
    def grid(self):
        return self.page.get_by_role("treegrid")

    @property
    def props(self):
        return self.page.get_by_role("dialog", name=re.compile("Props of"))

    def line(self, name):
        return self.page.locator(f"[data-scene-node='{name}']")

    def eye(self, name):
        return self.page.get_by_role("button", name=f"Visibility of {name}", exact=True)

    def edit(self, name):
        """Opens the editor of a node's properties."""
        self.line(name).hover()
        self.page.get_by_role("button", name=f"Edit props for {name}", exact=True).click()
        expect(self.props.and_(self.page.locator(f"[data-props-popover-for='{name}']"))).to_be_visible()
        return self.props

    def field(self, key):
        return self.props.locator(f"[data-prop-key='{key}']")

    def names(self):
        """The names in the table, from top to bottom."""
        read = """lines => lines.map(line => [Number(line.ariaRowIndex ?? line.getAttribute("aria-rowindex")), line.dataset.sceneNode])"""
        return [name for _, name in sorted(self.page.locator("[data-scene-node]").evaluate_all(read))]

    def expect_names(self, names):
        self.viewer.wait_for_value(lambda _: self.names(), lambda now: now == names, names)

    def share(self, color):
        """The share of pixels in a colour as it comes out lit."""
        return self._share(self.viewer.pixels(), color)

    @staticmethod
    def _share(pixels, color):
        # Not of the panel, which has coloured signs, and of the logo.
        return share_of(pixels[60:520, :470], color, tolerance=70)

    def wait_for_share(self, color, condition, what):
        self.viewer.wait_for(lambda p: condition(self._share(p, color)), what)

    def camera(self):
        return self.page.evaluate("__scenecast.stats().camera")

    def camera_at_rest(self):
        """The camera when it has stopped moving: pictures may take long, so it has to for a second."""
        last, same = None, 0
        while same < 4:
            same = same + 1 if last == (now := self.camera()) else 0
            last = now
            self.page.wait_for_timeout(250)
        return last


@pytest.fixture
def table(open_viewer, our_client):
    with listening() as listener:
        server = listener.server
        server.initial_camera.position = (4.0, 0.0, 1.0)
        server.initial_camera.look_at = (0.0, 0.0, 0.0)
        server.scene.add_frame("/robot", show_axes=False)
        server.scene.add_box("/robot/body", dimensions=(1.0, 1.0, 1.0), color=RED)
        server.scene.add_box(
            "/robot/body/lamp", dimensions=(0.8, 0.8, 0.8), color=GREEN, position=(0.0, -1.5, 0.0)
        )
        server.scene.add_icosphere("/robot/arm/hand", radius=0.4, color=BLUE, position=(0.0, 1.5, 0.0))
        server.scene.add_point_cloud(
            "/cloud", np.zeros((5, 3)), colors=(0, 0, 0), point_size=0.001, precision="float32"
        )
        viewer = open_viewer(with_server(our_client, listener.url))
        viewer.page.set_viewport_size({"width": 1000, "height": 800})
        listener.wait_for_viewer(viewer.page)
        yield Table(server, viewer).open()


def test_nodes_are_listed_and_folded_as_they_come_and_go(table):
    table.expect_names(["/WorldAxes", "/robot", "/cloud"])
    assert table.line("/robot").get_attribute("aria-expanded") == "false"
    assert table.line("/cloud").get_attribute("aria-expanded") is None
    table.line("/robot").click()
    table.expect_names(["/WorldAxes", "/robot", "/robot/body", "/robot/arm", "/cloud"])
    table.line("/robot/body").click()
    assert table.line("/robot/body/lamp").get_attribute("aria-level") == "3"
    table.server.scene.add_frame("/robot/body/new")
    table.server.scene.add_frame("/last")
    opened = ["/robot", "/robot/body", "/robot/body/lamp", "/robot/body/new", "/robot/arm", "/cloud"]
    table.expect_names(["/WorldAxes", *opened, "/last"])
    table.line("/robot").click()
    table.server.scene.remove_by_name("/cloud")
    table.expect_names(["/WorldAxes", "/robot", "/last"])
    table.line("/robot").click()
    table.expect_names(["/WorldAxes", *opened[:-1], "/last"])

    virtual = table.line("/robot/arm").locator(".name")
    expect(virtual).to_have_css("font-style", "italic")
    (client,) = table.server.get_clients().values()
    client.scene.add_frame("/mine")
    expect(table.line("/mine")).to_contain_text("local")
    expect(table.line("/last")).not_to_contain_text("local")


def test_eyes_show_and_hide_and_paint(table):
    table.line("/robot").click()
    table.wait_for_share(RED, lambda share: share > 0.01, "the red box")
    table.eye("/robot/body").click()
    expect(table.eye("/robot/body")).to_have_attribute("aria-pressed", "false")
    table.wait_for_share(RED, lambda share: share == 0, "no red box")
    assert table.share(GREEN) == 0, "what is in it is hidden with it"
    # What the server says counts when the user's choice is gone.
    table.server.scene.add_box("/robot/body", dimensions=(1.0, 1.0, 1.0), color=RED).visible = True
    table.page.wait_for_timeout(300)
    assert table.share(RED) == 0
    table.line("/robot/body").hover()
    clear = table.page.get_by_role("button", name="Clear visibility override of /robot/body")
    clear.click()
    expect(clear).to_have_count(0)
    expect(table.eye("/robot/body")).to_have_attribute("aria-pressed", "true")
    table.wait_for_share(RED, lambda share: share > 0.01, "the red box again")

    # From one eye over the lines below it: all of them get what the first one got.
    first, last = table.eye("/robot/body").bounding_box(), table.eye("/cloud").bounding_box()
    middle = lambda box: (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    table.viewer.drag(middle(first), middle(last), steps=2)
    for name in ["/robot/body", "/robot/arm", "/cloud"]:
        expect(table.eye(name)).to_have_attribute("aria-pressed", "false")
    expect(table.eye("/robot")).to_have_attribute("aria-pressed", "true")
    table.wait_for_share(BLUE, lambda share: share == 0, "no blue ball")
    # The button is up: nothing is painted any more.
    table.line("/robot").hover()
    expect(table.eye("/robot")).to_have_attribute("aria-pressed", "true")

    table.eye("/robot").click()
    table.line("/robot/body").click()
    expect(table.line("/robot/body/lamp").locator(".eye")).to_have_class(re.compile("unseen"))
    expect(table.eye("/robot/body/lamp")).to_have_attribute("aria-pressed", "true")


def test_keys_walk_and_act(table):
    def active():
        element = table.grid.get_attribute("aria-activedescendant")
        return table.page.locator(f"#{element}").get_attribute("data-scene-node")

    def press(key, name):
        table.page.keyboard.press(key)
        table.viewer.wait_for_value(lambda _: active(), lambda now: now == name, name)

    camera = table.camera_at_rest()
    table.grid.focus()
    press("ArrowDown", "/robot")
    press("ArrowRight", "/robot")
    expect(table.line("/robot")).to_have_attribute("aria-expanded", "true")
    press("ArrowRight", "/robot/body")
    press("End", "/cloud")
    press("Home", "/WorldAxes")
    press("ArrowDown", "/robot")
    press("ArrowDown", "/robot/body")
    table.page.keyboard.press("Space")
    table.wait_for_share(RED, lambda share: share == 0, "no red box")
    table.page.keyboard.press("Delete")
    table.wait_for_share(RED, lambda share: share > 0.01, "the red box")
    assert table.camera_at_rest() == camera, "arrows move the camera elsewhere only"
    table.page.keyboard.press("Enter")
    expect(table.props).to_be_visible()
    table.page.keyboard.press("Escape")
    expect(table.props).to_have_count(0)
    press("ArrowLeft", "/robot")
    press("ArrowLeft", "/robot")
    expect(table.line("/robot")).to_have_attribute("aria-expanded", "false")
    press("ArrowDown", "/cloud")
    table.page.keyboard.press("ArrowUp")
    table.page.keyboard.press("f")
    table.viewer.wait_for_value(lambda _: table.camera(), lambda now: now != camera, "another view")


def test_nodes_are_found_by_name(table):
    search = table.page.get_by_role("searchbox", name="Find nodes by name")
    search.fill("HAND")
    table.expect_names(["/robot", "/robot/arm", "/robot/arm/hand"])
    expect(table.line("/robot/arm/hand").locator("mark")).to_have_text("hand")
    search.fill("o la")
    table.expect_names(["/robot", "/robot/body", "/robot/body/lamp"])
    table.server.scene.add_frame("/robot/lantern")
    table.expect_names(["/robot", "/robot/body", "/robot/body/lamp", "/robot/lantern"])
    search.fill("nothing of that kind")
    expect(table.page.locator("[data-scene-node]")).to_have_count(0)
    expect(table.page.get_by_text("No node is called that.")).to_be_visible()
    search.fill("")
    table.expect_names(["/WorldAxes", "/robot", "/cloud"])
    search.press("ArrowDown")
    expect(table.grid).to_be_focused()


def test_the_camera_goes_to_a_node_without_turning(table):
    table.line("/robot").click()
    before = table.camera_at_rest()
    table.line("/robot/arm").click()
    table.line("/robot/arm/hand").hover()
    table.page.get_by_role("button", name="Look at /robot/arm/hand", exact=True).click()
    table.viewer.wait_for_value(lambda _: table.camera(), lambda now: now != before, "another view")
    after = table.camera_at_rest()
    assert np.allclose(after["lookAt"], (0.0, 1.5, 0.0), atol=1e-3)
    direction = lambda camera: np.subtract(camera["lookAt"], camera["position"])
    unit = lambda v: v / np.linalg.norm(v)
    assert np.allclose(unit(direction(before)), unit(direction(after)), atol=1e-4)
    # Nine tenths of the view's height, for a ball of radius 0.4.
    size = 0.4 / np.sqrt(np.dot(direction(after), direction(after)) - 0.4**2)
    assert 0.85 < size / np.tan(after["fov"] / 2) < 0.95

    # All that is in a node, as far as it is visible.
    table.line("/robot").hover()
    table.page.get_by_role("button", name="Look at /robot", exact=True).click()
    is_whole = lambda now: abs(now["lookAt"][1]) < 0.1 and np.linalg.norm(direction(now)) > 2
    table.viewer.wait_for_value(lambda _: table.camera(), is_whole, "all of the robot")


def test_the_name_is_at_the_node_that_is_pointed_at(table):
    tag = table.page.locator("#anchors .tag")
    table.line("/robot").click()
    table.line("/robot/body").hover()
    expect(tag).to_have_text("/robot/body")

    def place():
        return tag.evaluate("e => { const r = e.getBoundingClientRect(); return [r.left, r.top]; }")

    x, y = place()
    assert abs(x - 500) < 2 and abs(y - 400) < 2, "at the middle of the view"
    box = table.server.scene.add_box("/robot/body", dimensions=(1.0, 1.0, 1.0), color=RED)
    box.position = (0.0, 0.0, 0.5)
    table.viewer.wait_for_value(lambda _: place(), lambda at: at[1] < y - 20, "higher up")
    box.position = (9.0, 0.0, 0.0)
    expect(tag).to_have_count(0)
    box.position = (0.0, 0.0, 0.0)
    expect(tag).to_have_count(1)
    table.page.mouse.move(300, 600)
    expect(tag).to_have_count(0)


def test_properties_are_changed_in_this_viewer(table):
    table.line("/robot").click()
    props = table.edit("/robot/body")
    expect(props).to_contain_text("Box Props")
    table.page.screenshot(path=PICTURES / "tree_props.png")
    table.field("color").locator("input[type=text]").fill("#28c83c")
    table.page.keyboard.press("Enter")
    table.wait_for_share(RED, lambda share: share == 0, "no red box")
    table.field("wireframe").get_by_role("checkbox").check()
    table.field("side").get_by_role("combobox").select_option("back")
    dimensions = table.field("dimensions").get_by_role("textbox")
    expect(dimensions).to_have_value("[1,1,1]")
    dimensions.fill("[2, 2, 0.5")
    dimensions.press("Enter")
    expect(table.field("dimensions").get_by_role("alert")).to_be_visible()
    dimensions.fill("[2, 2]")
    dimensions.press("Enter")
    expect(table.field("dimensions").get_by_role("alert")).to_contain_text("list of 3")
    dimensions.fill("[2, 2, 0.5]")
    table.field("dimensions").get_by_role("button", name="Save").click()
    expect(table.field("dimensions").get_by_role("alert")).to_have_count(0)
    expect(dimensions).to_have_value("[2,2,0.5]")
    # What the server says replaces it, and nothing else.
    opacity = table.field("opacity").get_by_role("textbox")
    opacity.fill("0.2")
    handle = table.server.scene.add_box("/robot/body", dimensions=(1.0, 1.0, 1.0), color=RED)
    handle.wireframe = False
    handle.dimensions = (1.5, 1.5, 1.5)
    expect(dimensions).to_have_value("[1.5,1.5,1.5]")
    expect(opacity).to_have_value("0.2")
    opacity.press("Enter")
    opacity.fill("null")
    opacity.press("Enter")

    # Another one closes the first; arrays can only be looked at.
    table.edit("/cloud")
    expect(table.props).to_have_count(1)
    expect(props).to_contain_text("Point Cloud Props")
    points = table.field("points").get_by_role("textbox")
    expect(points).to_have_value("Float32Array[15]")
    expect(points).to_be_disabled()
    expect(table.field("precision")).to_have_count(0)
    size = table.field("point_size").get_by_role("textbox")
    size.fill("Infinity")
    size.press("Enter")
    expect(size).to_have_value("Infinity")
    table.server.scene.remove_by_name("/cloud")
    expect(table.props).to_have_count(0)
    table.edit("/robot/body")
    table.page.mouse.click(200, 700)
    expect(table.props).to_have_count(0)


def test_thousands_of_nodes_are_a_few_lines_in_the_page(table):
    with table.server.atomic():
        for i in range(3_000):
            table.server.scene.add_frame(f"/many/n{i}", show_axes=False)
    table.line("/many").click()
    grid = table.grid
    expect(grid).to_have_attribute("aria-rowcount", "3004", timeout=30_000)
    assert table.page.locator("[data-scene-node]").count() < 100
    grid.focus()
    table.page.keyboard.press("End")
    table.line("/many/n2999").wait_for()
    expect(table.line("/many/n2999")).to_be_in_viewport()
    assert table.page.locator("[data-scene-node]").count() < 100
    table.page.keyboard.press("Home")
    expect(table.line("/WorldAxes")).to_be_in_viewport()
    # What comes above the line that keys are for does not move what the user looks at.
    table.line("/robot").click()
    table.page.keyboard.press("End")
    table.line("/many/n2999").wait_for()
    grid.evaluate("grid => { grid.scrollTop = 0; }")
    table.server.scene.add_frame("/robot/new")
    table.line("/robot/new").wait_for()
    table.page.wait_for_timeout(200)
    assert grid.evaluate("grid => grid.scrollTop") == 0
    table.page.get_by_role("searchbox").fill("n1777")
    table.expect_names(["/many", "/many/n1777"])


def test_choices_outlive_a_connection(open_viewer, scenecast_server):
    program = scenecast_server("examples/coordinate_frames", "0")
    port = program.url.split(":")[2].split("/")[0]
    viewer = open_viewer(program.url)
    viewer.expect_error("WebSocket connection")
    viewer.expect_error("Failed to load resource")
    table = Table(None, viewer).open()
    names = table.names()
    table.eye(names[1]).click()
    expect(table.eye(names[1])).to_have_attribute("aria-pressed", "false")
    program.stop()
    is_connected = lambda _: str(viewer.page.evaluate("__scenecast.stats().connected"))
    viewer.wait_for_value(is_connected, lambda now: now == "False", "not connected")
    scenecast_server("examples/coordinate_frames", port)
    viewer.wait_for_value(is_connected, lambda now: now == "True", "connected")
    viewer.page.wait_for_timeout(300)
    assert table.names() == names
    expect(table.eye(names[1])).to_have_attribute("aria-pressed", "false")
    expect(table.line(names[1]).locator(".eye")).to_have_class(re.compile("overridden"))
    expect(table.line(names[0]).locator(".eye")).not_to_have_class(re.compile("overridden"))


def test_gui_at_nodes_works_and_follows_them(table):
    scene = table.server.scene
    container = scene.add_3d_gui_container("/robot/sign")
    pressed = []
    with container:
        table.server.gui.add_button("Press me").on_click(lambda _: pressed.append("button"))
        slider = table.server.gui.add_slider("Amount", 0, 10, 1, 3)
    paper = table.page.locator("#anchors .paper")
    paper.get_by_role("button", name="Press me").click()
    table.viewer.wait_for_value(lambda _: pressed, lambda now: now == ["button"], "pressed once")
    slider.value = 7
    expect(paper.get_by_role("slider")).to_have_value("7")
    paper.get_by_role("slider").press("ArrowRight")
    table.viewer.wait_for_value(lambda _: slider.value, lambda now: now == 8, "8")
    place = lambda: paper.bounding_box()
    at = place()
    assert abs(at["x"] - 500) < 12 and abs(at["y"] - 400) < 12
    container.position = (0.0, 0.0, 1.0)
    table.viewer.wait_for_value(lambda _: place(), lambda now: now["y"] < at["y"] - 50, "higher up")
    container.position = (9.0, 0.0, 0.0)
    expect(paper).to_have_count(0)
    container.position = (0.0, 0.0, 0.0)
    expect(paper).to_have_count(1)
    container.visible = False
    expect(paper).to_have_count(0)
    container.visible = True
    expect(paper.get_by_role("slider")).to_have_value("8")
    container.remove()
    expect(paper).to_have_count(0)


def test_gui_at_nodes_of_our_server(open_viewer, scenecast_server):
    program = scenecast_server("examples/gui_in_scene", "0")
    page = open_viewer(program.url).page
    page.set_viewport_size({"width": 1000, "height": 800})
    remove = page.locator("#anchors").get_by_role("button", name="Remove 2")
    remove.click()
    assert program.wait_for(r"removed (true)")
    expect(remove).to_have_count(0)
    expect(page.locator("#anchors .paper")).to_have_count(1)
