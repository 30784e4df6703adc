"""Panels: placed by servers, moved by pointers and keys, and where viser's client has them.

The same program is served by our library (`examples/panels`) and by Python viser (`scenes/panels`).
"""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from side_by_side import with_server

# The widths of the page, and what regions add to their columns.
WIDTH, HEIGHT = 1200, 800
GUTTERS = 4

# Where each panel is: by its label, left, top, width and height.
OURS = """() => Object.fromEntries([...document.querySelectorAll("#gui .cell")].map(cell => {
  const r = cell.getBoundingClientRect();
  const tabs = [...cell.querySelectorAll(":scope > .head .tab")].map(tab => tab.textContent.trim());
  return [tabs[0] ?? "main", [r.left, r.top, r.width, r.height]];
}))"""
STOCK = """() => Object.fromEntries([...document.querySelectorAll("[data-dock-group]")]
  .filter(group => !group.parentElement.closest("[data-dock-group]")).map(group => {
  const r = group.getBoundingClientRect();
  const tabs = [...group.querySelectorAll("[data-dock-tab]")].map(tab => tab.textContent.trim());
  const isMain = group.querySelector("[data-dock-unmergeable-header]");
  return [isMain ? "main" : tabs[0], [r.left, r.top, r.width, r.height]];
}))"""


class Panels:
    """A page with panels."""

    def __init__(self, viewer):
        self.viewer = viewer
        self.page = viewer.page

    def rects(self):
        return self.page.evaluate(OURS)

    def wait_for(self, label, near, within=2):
        """Waits until a panel is at `[left, top, width, height]`; `None` is anywhere."""

        def is_there(_):
            rect = self.rects().get(label)
            return rect and all(
                b is None or abs(a - b) <= within for a, b in zip(rect, near, strict=True)
            )

        try:
            self.viewer.wait_for_value(lambda _: True, is_there, "", timeout_secs=6)
        except AssertionError:
            raise AssertionError(f"{label} is not at {near}: {self.rects()}") from None

    def wait_without(self, label):
        self.viewer.wait_for_value(
            lambda _: self.rects(), lambda rects: label not in rects, f"without {label}"
        )

    def press(self, name):
        """Presses a button of the program, whatever covers it."""
        self.page.get_by_role("button", name=name, exact=True, include_hidden=True).dispatch_event("click")

    def handle(self, label):
        """The middle of what a panel is dragged by, a little beside its mark."""
        left, top, width, _ = self.rects()[label]
        return left + width / 2 + 40, top + (20 if label == "main" else 6)

    def tab(self, label):
        box = self.page.get_by_role("tab", name=label, exact=True).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, start, *points, release=True):
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        for point in points:
            mouse.move(*point, steps=4)
        if release:
            mouse.up()

    def tabs_beside(self, label):
        """The labels of all tabs in the strip of one of them."""
        strip = self.page.get_by_role("tab", name=label, exact=True).locator("xpath=..")
        return strip.get_by_role("tab").all_inner_texts()


@pytest.fixture(params=["rust", "python"])
def panels(request, open_viewer, our_client, scenecast_server, viser_server):
    """Our client at each of the two servers."""
    if request.param == "rust":
        url = scenecast_server("examples/panels", "0").url
    else:
        url = viser_server("panels")
    return open_panels(open_viewer, with_server(our_client, url))


@pytest.fixture
def ours(open_viewer, our_client, scenecast_server):
    """Our client at our server."""
    program = scenecast_server("examples/panels", "0")
    return open_panels(open_viewer, with_server(our_client, program.url))


def open_panels(open_viewer, url, size=(WIDTH, HEIGHT)):
    viewer = open_viewer("about:blank")
    viewer.page.set_viewport_size({"width": size[0], "height": size[1]})
    viewer.page.emulate_media(reduced_motion="reduce")
    viewer.open(url)
    viewer.page.get_by_role("tab", name="Two", exact=True).wait_for(state="attached")
    return Panels(viewer)


def test_every_command(panels):
    region = 300 + GUTTERS
    panels.wait_for("Beta", [2, None, 300, None])
    panels.wait_for("Alpha", [region + 15, 15, 300, None])
    panels.wait_for("main", [WIDTH - 320 - 15, 15, 320, None])
    canvas = panels.page.locator("#view").bounding_box()
    assert (canvas["x"], canvas["width"]) == (region, WIDTH - region)
    panels.press("left")
    panels.wait_for("Alpha", [2, None, 300, None])
    panels.wait_for("Beta", [2 + 305, None, 300, None])
    panels.press("right")
    panels.wait_for("Alpha", [WIDTH - 302, None, 300, None])
    panels.wait_for("main", [WIDTH - region - 335, 15, 320, None])
    panels.press("above")
    panels.wait_for("Alpha", [2, 15, 300, 390])
    panels.wait_for("Beta", [2, 410, 300, 390])
    panels.press("below")
    panels.wait_for("Beta", [2, 15, 300, None])
    panels.press("wide")
    panels.wait_for("Alpha", [2, None, 350, None])
    panels.press("minimize")
    panels.wait_for("Alpha", [2, None, 36, None])
    panels.press("expand")
    panels.wait_for("Alpha", [2, None, 350, None])
    panels.press("float")
    rect = panels.rects()["Beta"]
    panels.wait_for("Alpha", [350 + GUTTERS + 20, None, 300, None])
    assert rect[0] == 2
    left, top, width, height = panels.rects()["Alpha"]
    assert abs(top + height - (HEIGHT - 30)) < 2
    panels.press("minimize")
    panels.wait_for("Alpha", [left, HEIGHT - 30 - 26, 300, 26])
    panels.press("expand")
    panels.wait_for("Alpha", [left, top, width, height])
    panels.press("sized")
    panels.wait_for("Alpha", [WIDTH - 50 - 250, 60, 250, 180])
    panels.press("hide")
    panels.wait_without("Beta")
    panels.press("show")
    panels.wait_for("Beta", [2, None, 300, None])
    panels.press("main right")
    panels.wait_for("main", [WIDTH - 322, 15, 320, HEIGHT - 15])
    panels.press("main float")
    panels.wait_for("main", [304 + 10, 10, 300, None])
    panels.press("add")
    expect(panels.page.get_by_role("tab", name="Added")).to_be_visible()
    assert panels.tabs_beside("Alpha") == ["Alpha", "More", "Added"]
    panels.press("remove")
    panels.wait_without("Alpha")


def test_edges_are_where_viser_s_client_has_them(
    open_viewer, our_client, stock_client, viser_server
):
    """In each step, all panels are docked or of a given size, or only where they are counts."""
    url = viser_server("panels")
    ours = open_panels(open_viewer, with_server(our_client, url))
    stock = open_viewer("about:blank")
    stock.expect_error(".*")
    stock.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    stock.page.emulate_media(reduced_motion="reduce")
    stock.open(with_server(stock_client, url))
    stock.page.get_by_role("tab", name="Two", exact=True).wait_for(state="attached")
    steps = {
        "left": [2, 15, 300, None],
        "right": [WIDTH - 302, 15, 300, None],
        "above": [2, 15, 300, 390],
        "minimize": [2, 15, 36, None],
        "expand": [2, 15, 300, 390],
        "below": [2, 410, 300, 390],
        "wide": [2, 410, 350, 390],
        "sized": [WIDTH - 300, 60, 250, 180],
        "main right": [WIDTH - 324 - 300, 60, 250, 180],
        "main float": [WIDTH - 300, 60, 250, 180],
    }
    for step, alpha in steps.items():
        ours.press(step)
        ours.wait_for("Alpha", alpha)

        def differences(_):
            theirs, mine = stock.page.evaluate(STOCK), ours.rects()
            if theirs.keys() != mine.keys():
                return theirs, mine
            far = []
            for label, rect in theirs.items():
                # Windows are as high as their content, unless they were told.
                is_docked = rect[0] < 310 or rect[0] + rect[2] > WIDTH - 3
                depth = 4 if is_docked or (label, step) == ("Alpha", "sized") else 3
                if rect[2] == 36:
                    # In a rail, panels are as high as their labels.
                    depth = 1
                if np.abs(np.subtract(mine[label], rect))[:depth].max() > 2:
                    far.append((label, mine[label], rect))
            return far or "none"

        ours.viewer.wait_for_value(
            differences, lambda found: found == "none", f"as in viser's client after {step!r}", 60
        )


def test_panels_are_dragged_to_edges_and_beside_each_other(ours):
    ours.wait_for("Beta", [2, None, 300, None])
    # Without a target it stays where it is let go.
    ours.drag(ours.handle("Alpha"), (700, 500))
    ours.wait_for("Alpha", [700 - 190, 494, 300, None])
    # To the right edge, and with it the scene gets narrower.
    ours.drag(ours.handle("Alpha"), (WIDTH - 5, 500))
    ours.wait_for("Alpha", [WIDTH - 302, 15, 300, HEIGHT - 15])
    canvas = ours.page.locator("#view").bounding_box()
    assert (canvas["x"], canvas["width"]) == (304, WIDTH - 608)
    # Below the other one.
    ours.drag(ours.handle("Alpha"), (150, HEIGHT - 20))
    ours.wait_for("Beta", [2, 15, 300, 390])
    ours.wait_for("Alpha", [2, 410, 300, 390])
    # Above it.
    ours.drag(ours.handle("Alpha"), (150, 20))
    ours.wait_for("Alpha", [2, 15, 300, 390])
    # In a column of its own between the other and the scene.
    ours.drag(ours.handle("Alpha"), (298, 600))
    ours.wait_for("Alpha", [307, 15, 300, None])
    ours.wait_for("Beta", [2, 15, 300, None])
    # The control panel docks as well.
    ours.drag(ours.handle("main"), (WIDTH - 3, 300))
    ours.wait_for("main", [WIDTH - 322, 15, 320, HEIGHT - 15])


def test_tabs_are_ordered_torn_off_and_merged(ours):
    assert ours.tabs_beside("Alpha") == ["Alpha", "More"]
    x, y = ours.tab("More")
    ours.drag(ours.tab("Alpha"), (x + 15, y))
    assert ours.tabs_beside("Alpha") == ["More", "Alpha"]
    # Out of the strip it is a window.
    ours.drag(ours.tab("More"), (600, 500))
    assert ours.tabs_beside("More") == ["More"]
    ours.wait_for("More", [600 - 40, 485, 300, None])
    # Onto the tabs of another panel.
    x, y = ours.tab("Beta")
    ours.drag(ours.handle("More"), (x - 10, y))
    assert ours.tabs_beside("Beta") == ["More", "Beta"]
    # Onto its middle.
    ours.drag(ours.handle("Alpha"), (150, 400))
    assert ours.tabs_beside("Beta") == ["More", "Beta", "Alpha"]
    expect(ours.page.get_by_role("tab", name="Alpha")).to_have_attribute("aria-selected", "true")
    # A tab group's tabs are panels too, and find back.
    ours.drag(ours.tab("Two"), (600, 600))
    ours.wait_for("Two", [560, 585, 300, None])
    assert ours.tabs_beside("One") == ["One"]
    x, y = ours.tab("One")
    ours.drag(ours.handle("Two"), (x + 10, y))
    assert ours.tabs_beside("One") == ["One", "Two"]


def test_escape_puts_everything_back(ours):
    before = ours.rects()
    ours.drag(ours.handle("Beta"), (600, 400), (WIDTH - 3, 400), release=False)
    expect(ours.page.locator("#gui .hint")).to_be_visible()
    ours.page.keyboard.press("Escape")
    expect(ours.page.locator("#gui .hint")).to_be_hidden()
    ours.page.mouse.up()
    assert ours.rects() == before
    ours.drag(ours.tab("More"), (600, 600), release=False)
    assert ours.tabs_beside("Alpha") == ["Alpha"]
    ours.page.keyboard.press("Escape")
    ours.page.mouse.up()
    assert ours.rects() == before
    assert ours.tabs_beside("Alpha") == ["Alpha", "More"]


def test_folding(ours):
    column = ours.page.get_by_role("button", name="Collapse column")
    column.click()
    ours.wait_for("Beta", [2, 15, 36, HEIGHT - 15])
    canvas = ours.page.locator("#view").bounding_box()
    assert (canvas["x"], canvas["width"]) == (40, WIDTH - 40)
    ours.page.get_by_role("tab", name="Beta").click()
    ours.wait_for("Beta", [2, 15, 300, HEIGHT - 15])
    ours.page.get_by_role("button", name="Minimize panel").first.click()
    ours.wait_for("main", [WIDTH - 335, 15, 320, 41])
    ours.page.get_by_role("button", name="Expand panel").first.click()
    ours.wait_for("main", [WIDTH - 335, 15, 320, None])
    # The whole handle folds, and a name unfolds to its tab.
    ours.page.mouse.click(*ours.handle("Alpha"))
    ours.wait_for("Alpha", [319, 15, 300, 26])
    ours.page.mouse.click(*ours.tab("More"))
    expect(ours.page.get_by_role("tab", name="More")).to_have_attribute("aria-selected", "true")
    ours.viewer.wait_for_value(
        lambda _: ours.rects()["Alpha"][3], lambda height: height > 60, "as high as its content"
    )
    # What is folded stays so where it is put.
    ours.page.mouse.click(*ours.handle("Alpha"))
    ours.wait_for("Alpha", [319, 15, 300, 26])
    left, top, width, _ = ours.rects()["Alpha"]
    ours.drag((left + width - 40, top + 13), (WIDTH - 5, 600))
    ours.wait_for("Alpha", [WIDTH - 38, 15, 36, HEIGHT - 15])


def test_sizes_are_dragged(ours):
    # The edge of a region, but the scene keeps its least width.
    ours.drag((303, 500), (403, 500))
    ours.wait_for("Beta", [2, 15, 400, None])
    ours.drag((403, 500), (WIDTH - 5, 500))
    ours.wait_for("Beta", [2, 15, WIDTH - 120 - GUTTERS, None])
    assert ours.page.locator("#view").bounding_box()["width"] == 120
    ours.drag((WIDTH - 121, 500), (303, 500))
    ours.press("below")
    ours.wait_for("Alpha", [2, 410, 300, 390])
    ours.drag((150, 407), (150, 507))
    ours.wait_for("Alpha", [2, 510, 300, 290])
    # Close to the height of the content the window has it, and keeps it.
    ours.press("sized")
    ours.wait_for("Alpha", [WIDTH - 300, 60, 250, 180])
    left, top, width, height = ours.rects()["Alpha"]
    ours.drag((left + width + 2, top + 100), (left + width - 38, top + 100))
    ours.wait_for("Alpha", [left, top, 210, 180])
    ours.drag((left + 100, top + height + 2), (left + 100, top + 300))
    ours.wait_for("Alpha", [left, top, 210, 298])
    content = ours.page.evaluate(
        """() => { const tab = [...document.querySelectorAll("#gui .tab")].find(t => t.textContent == "Alpha");
        const cell = tab.closest(".cell");
        return cell.querySelector(".head").offsetHeight + cell.querySelector(".content").offsetHeight }"""
    )
    ours.drag((left + 100, top + 300), (left + 100, top + content + 8))
    ours.wait_for("Alpha", [left, top, 210, content])


def test_what_is_typed_stays_when_a_panel_moves(ours):
    name = ours.page.get_by_label("Name", exact=True)
    name.click()
    name.press("End")
    name.type(" lov")
    element = name.element_handle()
    for command in ["left", "below", "float"]:
        ours.press(command)
        assert element.evaluate("e => e === document.activeElement")
        ours.page.keyboard.type("e")
    ours.drag(ours.tab("Alpha"), (700, 600))
    assert element.evaluate("e => e.isConnected && e.value") == "ada loveee"


def test_keys_do_what_dragging_does(ours):
    page = ours.page
    move = page.get_by_role("button", name="Move Alpha, More")
    move.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Minimize")).to_be_focused()
    page.keyboard.press("Escape")
    expect(move).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    ours.wait_for("Alpha", [329, 65, 300, None])
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Dock right")).to_be_focused()
    page.keyboard.press("Enter")
    ours.wait_for("Alpha", [WIDTH - 302, 15, 300, None])
    edge = page.get_by_role("separator", name="Width of the panels on the right")
    edge.focus()
    page.keyboard.press("ArrowLeft")
    ours.wait_for("Alpha", [WIDTH - 318, 15, 316, None])
    page.get_by_role("tab", name="Alpha").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="More")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Alpha")).to_have_attribute("tabindex", "-1")
    # One tab alone, by its own menu.
    page.get_by_role("tab", name="More").click(button="right")
    page.get_by_role("menuitem", name="Join “Beta”").click()
    assert ours.tabs_beside("Beta") == ["Beta", "More"]
    page.get_by_role("tab", name="More").click(button="right")
    page.get_by_role("menuitem", name="Reset panel layout").click()
    assert ours.tabs_beside("Alpha") == ["Alpha", "More"]
    ours.wait_for("Alpha", [319, 15, 300, None])


@pytest.mark.parametrize("kind", ["Card", "Dialog"])
def test_tabs_elsewhere_stay_where_they_are(open_viewer, our_client, viser_server, kind):
    viewer = open_viewer(with_server(our_client, viser_server("tabs_elsewhere")))
    page = viewer.page
    page.get_by_role("tab", name="Card second").wait_for(state="attached")
    if kind == "Dialog":
        page.get_by_role("button", name="Ask").click()
    first, second = (page.get_by_role("tab", name=f"{kind} {name}") for name in ["first", "second"])
    expect(first).to_have_attribute("aria-selected", "true")
    field = page.get_by_label(f"{kind} first name")
    field.fill("grace")
    second.click()
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label(f"{kind} second name")).to_be_visible()
    expect(field).to_be_hidden()
    box = second.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 150, steps=4)
    page.mouse.up()
    expect(page.locator("#gui .cell")).to_have_count(1)
    second.press("ArrowLeft")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_value("grace")


def test_the_user_s_layout_survives_a_reconnection(open_viewer, our_client, scenecast_server):
    program = scenecast_server("examples/panels", "0")
    viewer = open_viewer("about:blank")
    viewer.expect_error("WebSocket")
    sockets = []

    def connect(route):
        sockets.append((route, route.connect_to_server()))

    viewer.page.route_web_socket(re.compile("^ws:"), connect)
    viewer.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    viewer.open(with_server(our_client, program.url))
    ours = Panels(viewer)
    viewer.page.get_by_role("tab", name="Two", exact=True).wait_for()
    ours.press("minimize")
    ours.wait_for("Alpha", [319, 15, 300, 26])
    ours.page.mouse.click(*ours.tab("More"))
    ours.drag(ours.tab("More"), (400, 300))
    ours.drag(ours.handle("Beta"), (WIDTH - 3, 500))
    ours.wait_for("Beta", [WIDTH - 302, 15, 300, None])
    ours.drag(ours.tab("Two"), (300, 650))
    ours.wait_for("Two", [260, 635, 300, None])
    before = ours.rects()
    # Not their opacity, which takes a moment.
    usable = """() => [".contents", ".body > .pane:not(.main) > .content"].map(what =>
        getComputedStyle(document.querySelector(`#gui ${what}`)).pointerEvents != "none")"""
    assert ours.page.evaluate(usable) == [True, True]
    ours.page.evaluate(
        f"""() => new MutationObserver(() => window.offline ??= ({usable})())
            .observe(document.documentElement, {{ attributeFilter: ["data-offline"] }})"""
    )
    sockets[0][0].close(code=1012)
    viewer.wait_for_value(lambda _: len(sockets), lambda count: count > 1, "another connection")
    ours.page.wait_for_timeout(1500)
    assert ours.rects() == before
    assert ours.page.evaluate("() => offline") == [False, False], "all panels were dimmed"
    # What the server says anew applies.
    ours.press("left")
    ours.wait_for("Alpha", [2, 15, 300, None])
    # And a page that is loaded again begins anew.
    viewer.page.reload()
    ours.wait_for("Beta", [2, 15, 300, None])
    assert ours.tabs_beside("Alpha") == ["Alpha", "More"]


def test_the_scene_stays_in_the_middle_and_never_goes_blank(ours):
    page = ours.page

    def middle_of_ball():
        red, green, blue = np.moveaxis(ours.viewer.pixels().astype(int), -1, 0)
        is_ball = (red > 120) & (red - green > 60) & (red - blue > 60)
        # Beside the panels, in which there is no red.
        assert is_ball.sum() > 500, "the scene is blank"
        return np.argwhere(is_ball)[:, 1].mean()

    page.get_by_role("button", name="Minimize panel").first.click()
    ours.press("left")
    ours.wait_for("Alpha", [2, 15, 300, None])
    canvas = page.locator("#view").bounding_box()
    assert abs(middle_of_ball() - (canvas["x"] + canvas["width"] / 2)) < 3
    # While its edge is dragged.
    mouse = page.mouse
    start = canvas["x"] - 1
    mouse.move(start, 600)
    mouse.down()
    for step in range(1, 9):
        mouse.move(start + 12 * step, 600)
        middle = middle_of_ball()
        canvas = page.locator("#view").bounding_box()
        assert abs(canvas["x"] - (start + 12 * step + 1)) < 2
        assert abs(middle - (canvas["x"] + canvas["width"] / 2)) < 3
    mouse.up()


def test_narrow_pages_have_a_sheet(open_viewer, our_client, scenecast_server):
    url = with_server(our_client, scenecast_server("examples/panels", "0").url)
    ours = open_panels(open_viewer, url, (390, 844))
    page = ours.page
    sheet = page.locator("#gui .dock > .sheet")
    box = sheet.bounding_box()
    assert box["y"] + box["height"] == 844 and box["height"] <= 0.6 * 844 + 1
    # As wide as the control panel elsewhere, in ems of narrow pages.
    assert box["x"] + box["width"] == 390 and abs(box["width"] - 266) < 2
    assert page.locator("#view").bounding_box()["width"] == 390
    title = page.get_by_role("button", name="Alpha · More")
    expect(title).to_have_attribute("aria-expanded", "false")
    title.click()
    expect(title).to_have_attribute("aria-expanded", "true")
    page.get_by_role("tab", name="More").click()
    expect(page.get_by_label("Extra")).to_be_visible()
    ours.press("minimize")
    expect(title).to_have_attribute("aria-expanded", "false")
    ours.press("expand")
    expect(title).to_have_attribute("aria-expanded", "true")
    ours.press("hide")
    expect(page.get_by_role("button", name="Beta", exact=True)).to_have_count(0)
    # A tap and a swipe fold the sheet.
    left, top = box["x"] + 150, box["y"] + 20
    page.mouse.click(left, top)
    expect(page.locator("#gui .sheet-body")).to_be_hidden()
    box = sheet.bounding_box()
    ours.drag((left, box["y"] + 20), (left, box["y"] - 60))
    expect(page.locator("#gui .sheet-body")).to_be_visible()
    # A wide page has panels again, with what is in them.
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    ours.wait_for("Alpha", [15, 15, 300, None])
    expect(page.get_by_label("Extra")).to_be_visible()
