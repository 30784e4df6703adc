"""Every input of the panel, by pointer and keyboard, in both directions, on a Python viser server.

One server and one page serve all tests but those that need a page of their own.
"""

import itertools
import threading
import time
from random import Random

import pytest
from cut import Cut
from panel_program import Panel
from playwright.sync_api import expect
from side_by_side import with_server
from viewer import Viewer


def open_page(chromium, our_client, port):
    context = chromium.new_context(viewport={"width": 1000, "height": 1400}, device_scale_factor=1)
    viewer = Viewer(context.new_page())
    viewer.page.set_default_timeout(15_000)
    viewer.open(f"{our_client}?websocket=ws://127.0.0.1:{port}")
    viewer.page.get_by_role("button", name="Button", exact=True).wait_for()
    return viewer


@pytest.fixture(scope="module")
def panel(chromium, our_client):
    panel = Panel()
    viewer = open_page(chromium, our_client, panel.server.get_port())
    panel.page = viewer.page
    yield panel
    errors = viewer.unexpected_errors()
    viewer.page.context.close()
    panel.server.stop()
    assert not errors


def field(page, label):
    return page.get_by_label(label, exact=True)


def test_slider(panel):
    slider = field(panel.page, "Slider")
    assert slider.get_attribute("type") == "range"
    slider.focus()
    slider.press("ArrowRight")
    assert panel.wait("Slider", 51) == [51]
    place = slider.bounding_box()
    panel.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    panel.page.mouse.down()
    panel.page.mouse.move(place["x"] + place["width"] - 1, place["y"] + place["height"] / 2, steps=4)
    panel.page.mouse.up()
    panel.wait("Slider", 100)
    companion = panel.page.locator(".row", has=slider).locator("input").nth(1)
    expect(companion).to_have_value("100")
    companion.fill("7")
    assert panel.wait("Slider", 7) == [7]
    expect(slider).to_have_value("7")
    panel.handles["Slider"].value = 30
    expect(slider).to_have_value("30")
    expect(companion).to_have_value("30")


def test_multi_slider(panel):
    thumbs = panel.page.get_by_role("group", name="Multi").get_by_role("slider")
    expect(thumbs).to_have_count(2)
    thumbs.nth(0).focus()
    panel.page.keyboard.press("ArrowRight")
    assert panel.wait("Multi", (21, 80)) == [(21, 80)]
    first, second = (thumbs.nth(index).bounding_box() for index in (0, 1))
    y = first["y"] + first["height"] / 2
    panel.page.mouse.move(first["x"] + 3, y)
    panel.page.mouse.down()
    panel.page.mouse.move(second["x"] + 3, y, steps=5)
    panel.page.mouse.up()
    panel.wait("Multi", (70, 80))
    panel.handles["Multi"].value = (5, 95)
    expect(thumbs.nth(1)).to_have_attribute("aria-valuenow", "95")


def test_checkbox(panel):
    box = field(panel.page, "Checkbox")
    box.click()
    assert panel.wait("Checkbox", True) == [True]
    panel.handles["Checkbox"].value = False
    expect(box).not_to_be_checked()


@pytest.mark.parametrize("name", ["Text", "Lines"])
def test_text(panel, name):
    text = field(panel.page, name)
    text.fill("")
    text.press_sequentially("typed", delay=5)
    panel.wait(name, "typed")
    panel.page.keyboard.press("Tab")
    panel.handles[name].value = "set"
    expect(text).to_have_value("set")
    if name == "Lines":
        text.focus()
        text.press("End")
        text.press("Enter")
        text.press("x")
        panel.wait(name, "set\nx")


def test_number(panel):
    number = field(panel.page, "Number")
    number.fill("")
    number.press_sequentially("-2.5")
    panel.wait("Number", -2.5)
    number.fill("-")
    number.fill("99")
    time.sleep(0.2)
    assert panel.heard["Number"] == [], "neither is a value"
    number.blur()
    assert panel.wait("Number", 10) == [10]
    expect(number).to_have_value("10")
    number.press("ArrowDown")
    panel.wait("Number", 9.5)
    stepper = panel.page.locator(".row", has=number).locator(".steppers > .up")
    stepper.click()
    panel.wait("Number", 10)
    number.fill("abc3x")
    panel.wait("Number", 3)
    number.blur()
    panel.handles["Number"].value = -4.5
    expect(number).to_have_value("-4.5")


@pytest.mark.parametrize("name, value", [("Vector2", (1, 2)), ("Vector3", (1, 2, 3))])
def test_vectors(panel, name, value):
    boxes = panel.page.get_by_role("group", name=name).get_by_role("spinbutton")
    assert boxes.count() == len(value)
    boxes.nth(0).fill("0.5")
    boxes.nth(1).fill("-3.5")
    expected = (0.5, -3.5, *value[2:])
    panel.wait(name, expected)
    panel.page.keyboard.press("Tab")
    panel.handles[name].value = value
    expect(boxes.nth(1)).to_have_value("2")


def test_dropdown(panel):
    page, box = panel.page, field(panel.page, "Dropdown").and_(panel.page.get_by_role("combobox"))
    box.click()
    page.get_by_role("option", name="blue").click()
    assert panel.wait("Dropdown", "blue") == ["blue"]
    expect(box).to_have_value("blue")
    box.click()
    page.keyboard.type("gre")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    panel.wait("Dropdown", "green")
    box.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    panel.wait("Dropdown", "red")
    box.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    panel.handles["Dropdown"].options = ("yellow", "blue")
    expect(box).to_have_value("yellow")
    panel.wait("Dropdown", "yellow")


def test_every_click_arrives(panel):
    button = panel.page.get_by_role("button", name="Button", exact=True)
    for _ in range(3):
        button.click()
    deadline = time.monotonic() + 5
    while len(panel.heard["Button"]) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.1)
    assert len(panel.heard["Button"]) == 3
    panel.page.get_by_role("button", name="two", exact=True).click()
    assert panel.wait("Group", "two") == ["two"]


def test_holding_a_button(panel):
    place = panel.page.get_by_role("button", name="Hold").bounding_box()
    panel.page.mouse.move(place["x"] + 20, place["y"] + 10)
    panel.page.mouse.down()
    panel.wait("held", True)
    time.sleep(0.5)
    panel.page.mouse.up()
    held = len(panel.heard["held"])
    assert 4 <= held <= 16, held
    time.sleep(0.3)
    assert len(panel.heard["held"]) <= held + 1
    assert len(panel.heard["Hold"]) == 1, "a click as well"


def test_what_is_typed_before_a_click_arrives_before_it(panel):
    seen = []
    panel.handles["Button"].on_click(lambda _: seen.append(panel.handles["Text"].value))
    # Both within the throttle's interval.
    panel.page.evaluate(
        """() => {
          const [text] = [...document.querySelectorAll("label")].filter((l) => l.innerText == "Text");
          for (const value of ["a", "ab", "abc"]) {
            text.control.value = value;
            text.control.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
          [...document.querySelectorAll("button")].find((b) => b.innerText == "Button").click();
        }"""
    )
    deadline = time.monotonic() + 5
    while not seen and time.monotonic() < deadline:
        time.sleep(0.02)
    assert seen == ["abc"]


def test_colours(panel):
    colour = field(panel.page, "Colour")
    expect(colour).to_have_value("rgb(255, 120, 0)")
    colour.fill("#0f0")
    time.sleep(0.15)
    assert panel.heard["Colour"] == []
    colour.press("Enter")
    assert panel.wait("Colour", (0, 255, 0)) == [(0, 255, 0)]
    colour.fill("nonsense")
    colour.blur()
    expect(colour).to_have_value("rgb(0, 255, 0)")
    shade = field(panel.page, "Shade")
    expect(shade).to_have_value("rgba(10, 120, 200, 0.4706)")
    shade.fill("#00ff0080")
    shade.blur()
    assert panel.wait("Shade", (0, 255, 0, 128)) == [(0, 255, 0, 128)]
    panel.handles["Shade"].value = (1, 2, 3, 255)
    expect(shade).to_have_value("rgba(1, 2, 3, 1)")
    row = panel.page.locator(".row", has=colour)
    row.locator("input[type=color]").fill("#102030")
    panel.wait("Colour", (16, 32, 48))


def test_progress(panel):
    bar = panel.page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", "40")
    panel.handles["Progress"].value = 75.0
    expect(bar).to_have_attribute("aria-valuenow", "75")
    assert bar.locator(".bar").bounding_box()["width"] == pytest.approx(
        bar.bounding_box()["width"] * 0.75, abs=1
    )


def test_folders(panel):
    inside, hidden = field(panel.page, "Inside"), field(panel.page, "Hidden")
    expect(inside).to_be_visible()
    expect(hidden).to_be_hidden()
    inside.fill("kept")
    panel.wait("Inside", "kept")
    heading = panel.page.get_by_role("button", name="Folder", exact=True)
    heading.click()
    expect(inside).to_be_hidden()
    expect(heading).to_have_attribute("aria-expanded", "false")
    heading.press("Enter")
    expect(inside).to_have_value("kept")
    panel.page.get_by_role("button", name="Closed").click()
    expect(hidden).to_be_visible()


def test_tabs(panel):
    first, second = field(panel.page, "In First"), field(panel.page, "In Second")
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    expect(panel.page.get_by_role("tab", name="First").locator("svg")).to_have_count(0)
    expect(panel.page.get_by_role("tab", name="Second").locator("svg")).to_be_visible()
    panel.page.get_by_role("tab", name="First").press("ArrowRight")
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    panel.page.get_by_role("tab", name="First").click()
    expect(first).to_be_visible()


def test_visible_disabled_order_and_label(panel):
    handle, text = panel.handles["Text"], field(panel.page, "Text")
    handle.disabled = True
    expect(text).to_be_disabled()
    handle.disabled = False
    expect(text).to_be_enabled()
    handle.visible = False
    expect(text).to_have_count(0)
    handle.visible = True
    expect(text).to_be_visible()
    order, handle.order = handle.order, panel.handles["Lines"].order + 0.5
    deadline = time.monotonic() + 5
    lines = field(panel.page, "Lines")
    while text.bounding_box()["y"] < lines.bounding_box()["y"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    handle.order = order
    handle.label = "Renamed"
    expect(field(panel.page, "Renamed")).to_be_visible()
    handle.label = "Text"
    expect(text).to_be_visible()


def test_names_tell_inputs_apart(panel):
    names = panel.page.evaluate(
        """() => [...document.querySelectorAll("#gui .contents :is(input, textarea, [role=slider])")].map((input) => {
          const group = input.closest(".group");
          const around = group ? document.getElementById(group.getAttribute("aria-labelledby")).innerText : "";
          return `${around} ${input.ariaLabel ?? input.labels[0].innerText}`;
        })"""
    )
    assert len(names) > 20
    assert len(set(names)) == len(names), names


def test_any_order_of_components(panel):
    """They follow the server's order, come and go; what stays is never made anew."""
    gui, random = panel.server.gui, Random(7)
    with gui.add_folder("Shuffled") as folder:
        handles = {str(number): gui.add_text(str(number), "") for number in range(8)}
    content = panel.page.locator(".folder", has=panel.page.get_by_role("button", name="Shuffled"))
    labels = content.locator(".label")
    mark = "(rows) => rows.forEach((row) => row.mark ??= row.innerText.trim())"
    for number in range(8, 14):
        names = random.sample(sorted(handles), len(handles))
        for order, name in enumerate(names):
            handles[name].order = 100.0 + order
        handles.pop(names[0]).remove()
        with folder:
            handles[str(number)] = gui.add_text(str(number), "", order=100.5 + random.randrange(8))
        expected = sorted(handles, key=lambda name: handles[name].order)
        expect(labels).to_have_text(expected)
        labels.evaluate_all(mark)
    marked = labels.evaluate_all("(rows) => rows.map((row) => row.mark)")
    assert marked == labels.all_inner_texts()
    folder.remove()
    expect(content).to_have_count(0)


def test_hints(panel):
    slider = field(panel.page, "Slider")
    tooltip = panel.page.locator(f"#{slider.get_attribute('aria-describedby')}")
    expect(tooltip).to_have_text("A number\non a track")
    expect(tooltip).to_be_hidden()
    slider.hover()
    expect(tooltip).to_be_visible()
    panel.page.mouse.move(10, 900)
    expect(tooltip).to_be_hidden()
    field(panel.page, "Checkbox").focus()
    panel.page.keyboard.press("Shift+Tab")
    panel.page.keyboard.press("Shift+Tab")
    slider.focus()
    expect(tooltip).to_be_visible()


def test_forms(panel):
    name = field(panel.page, "Name")
    name.fill("you")
    panel.wait("Name", "you")
    form = panel.page.locator(".folder", has=panel.page.get_by_role("button", name="Form"))
    expect(form.locator(".dirty")).to_have_count(1)
    name.press("Enter")
    assert panel.wait("submitted", "you") == ["you"]
    expect(form.locator(".dirty")).to_have_count(0)
    name.fill("they")
    expect(form.locator(".dirty")).to_have_count(1)
    panel.handles["Form"].submit()
    expect(form.locator(".dirty")).to_have_count(0)


def test_typing_is_not_disturbed_by_the_server(panel):
    handle, text = panel.handles["Inside"], field(panel.page, "Inside")
    handle.on_update(lambda event: event.client and setattr(handle, "value", handle.value.upper()))
    text.fill("")
    text.press_sequentially("abcdefghij", delay=60)
    expect(text).to_have_value("abcdefghij", timeout=500)
    # The server's own words show once the user rests.
    expect(text).to_have_value("ABCDEFGHIJ")


def test_nothing_that_was_typed_is_lost_when_the_connection_breaks(panel, chromium, our_client):
    cut = Cut(panel.server.get_port())
    viewer = open_page(chromium, our_client, cut.port)
    # The page asks why it is not let in, which nobody answers either.
    viewer.expect_error("WebSocket connection|scenecast.json")
    text, number = field(viewer.page, "In First"), field(viewer.page, "Number")
    text.press_sequentially("before")
    panel.wait("In First", "before")
    cut.cut()
    text.press_sequentially(" and after", delay=20)
    number.fill("-")
    viewer.page.wait_for_timeout(300)
    assert panel.heard["In First"] == []
    cut.mend()
    panel.wait("In First", "before and after", timeout_secs=20)
    expect(text).to_have_value("before and after")
    expect(number).to_have_value("-")
    expect(number).to_be_focused()
    number.press_sequentially("7")
    panel.wait("Number", -7)
    assert not viewer.unexpected_errors()
    viewer.page.context.close()
    cut.close()


def test_what_has_the_keyboard_may_go(panel):
    gui = panel.server.gui
    added = [
        gui.add_number("Passing", 1.0),
        gui.add_rgb("Passing", (1, 2, 3)),
        gui.add_dropdown("Passing", ("a", "b")),
        gui.add_text("Passing", "x"),
        gui.add_slider("Passing", 0, 1, 0.1, 0.5),
    ]
    for handle in added:
        handle.label = "This one"
        box = field(panel.page, "This one").first
        box.focus()
        box.press("1")
        if handle is added[-1]:
            place = box.bounding_box()
            panel.page.mouse.move(place["x"] + 20, place["y"] + 8)
            panel.page.mouse.down()
        handle.visible = False
        expect(field(panel.page, "This one")).to_have_count(0)
        panel.page.mouse.up()
        handle.remove()
    assert panel.page.evaluate("__scenecast.stats().connected")


def drawn_share(page, label):
    """How far along its track a slider of that label is drawn."""
    shift = page.locator(".row", has=field(page, label)).locator(".shift")
    return float(shift.evaluate("(node) => node.style.transform").split("(")[1].split("%")[0]) / 100


def test_keys_arrive_while_fifty_sliders_move(panel, chromium, our_client):
    gui = panel.server.gui
    sliders = [gui.add_slider(f"s{index}", 0, 1, 0.001, 0) for index in range(50)]
    text = field(panel.page, "Text")
    text.fill("")
    text.focus()
    typed = "the quick brown fox jumps over the lazy dog"
    for step, letter in enumerate(typed):
        with panel.server.atomic():
            for index, slider in enumerate(sliders):
                slider.value = round((step + index) % 100 / 100, 3)
        panel.page.keyboard.press(letter if letter != " " else "Space")
    panel.wait("Text", typed)
    expect(text).to_have_value(typed)
    last = field(panel.page, "s49")
    expect(last).to_have_value(str(sliders[49].value))
    for label in ("s0", "s49"):
        share = drawn_share(panel.page, label)
        assert share == pytest.approx(sliders[int(label[1:])].value, abs=1e-3)
    for slider in sliders:
        slider.remove()
    expect(last).to_have_count(0)


# Counts, for a second, how often what a slider draws moves, and how often its number changes.
COUNT_CHANGES = """async (slider) => {
  const row = slider.closest(".row");
  const counts = { moved: 0, read: 0 };
  const count = (node, attribute, name) => {
    const observer = new MutationObserver((changes) => { counts[name] += changes.length; });
    observer.observe(node, { attributes: true, attributeFilter: [attribute] });
  };
  count(row.querySelector(".shift"), "style", "moved");
  count(row.querySelector("[role=spinbutton]"), "aria-valuenow", "read");
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return counts;
}"""


def test_numbers_that_keep_changing_can_be_read(panel):
    slider = field(panel.page, "Slider")
    companion = panel.page.locator(".row", has=slider).locator("input").nth(1)
    is_done = threading.Event()

    def move():
        for step in itertools.count():
            panel.handles["Slider"].value = step % 90
            if is_done.wait(1 / 60):
                break

    mover = threading.Thread(target=move)
    mover.start()
    try:
        counts = slider.evaluate(COUNT_CHANGES)
    finally:
        is_done.set()
        mover.join()
    assert 2 <= counts["read"] <= 6
    assert counts["moved"] > counts["read"]
    last = str(panel.handles["Slider"].value)
    expect(companion).to_have_value(last)
    expect(slider).to_have_value(last)
    # What the user does shows at once.
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    assert companion.input_value() == slider.input_value() == str(int(last) + 3)
    panel.wait("Slider", int(last) + 3)


def test_a_slider_draws_its_thumb_where_the_browser_has_its_own(panel):
    slider = field(panel.page, "Slider")
    shift = panel.page.locator(".row", has=slider).locator(".shift")
    track, half_a_thumb = slider.bounding_box(), 0.25 * 0.925 * 16
    for share in (0, 0.3, 1):
        panel.handles["Slider"].value = round(100 * share)
        expect(slider).to_have_value(str(round(100 * share)))
        thumb = shift.bounding_box()["x"] + half_a_thumb
        at = track["x"] + half_a_thumb + share * (track["width"] - 2 * half_a_thumb)
        assert thumb == pytest.approx(at, abs=0.5)
        # Where it is drawn it can be taken: pressed there, it stays where it is.
        panel.page.mouse.click(thumb, track["y"] + track["height"] / 2)
        expect(slider).to_have_value(str(round(100 * share)))


def test_our_server_hears_the_same(open_viewer, our_client, scenecast_server):
    program = scenecast_server("examples/basic_controls", "0")
    viewer = open_viewer("about:blank")
    page = viewer.page
    page.set_viewport_size({"width": 1000, "height": 1200})
    page.set_default_timeout(15_000)
    viewer.open(with_server(our_client, program.url))
    field(page, "Checkbox").click()
    assert program.wait_for(r"checkbox (false)")
    field(page, "Number").fill("7.5")
    assert program.wait_for(r"number (7\.5)")
    field(page, "Text").fill("typed")
    assert program.wait_for(r'text ("typed")')
    field(page, "Lines").fill("one\ntwo")
    assert program.wait_for(r'lines "(one\\ntwo)"')
    page.get_by_role("button", name="two", exact=True).click()
    assert program.wait_for(r'group ("two")')
    field(page, "Dropdown").click()
    page.get_by_role("option", name="blue").click()
    assert program.wait_for(r'dropdown ("blue")')
    field(page, "Colour").fill("#00ff00")
    field(page, "Colour").press("Enter")
    assert program.wait_for(r"rgb (\[0, 255, 0\])")
    page.get_by_role("group", name="Vector3").get_by_role("spinbutton").first.fill("2.5")
    assert program.wait_for(r"vector3 (\[2\.5, 1\.0, 2\.0\])")
    slider = field(page, "Slider")
    slider.press("ArrowRight")
    assert program.wait_for(r"slider (51\.0)")
    page.get_by_role("button", name="Slider to the middle").click()
    expect(slider).to_have_value("50")
