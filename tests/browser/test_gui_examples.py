"""Each GUI example starts, and does what it is about: ours operated by viser's own client, and the
same on viser's server operated by our client.

Viser's client ends with an error on GUI in the scene, its own server's too: no `gui_in_scene` there.
"""

import io
import re
import time

import numpy as np
import pytest
import ssim
from PIL import Image
from playwright.sync_api import expect
from side_by_side import PICTURES, with_server


class Shown:
    """A program, and a page with its panel."""

    def __init__(self, program, open_page):
        self.program = program
        self.open_page = open_page
        self.page = open_page(program)

    def wait_for(self, pattern):
        """Waits for a line of the program's; it must have a group."""
        assert self.program.wait_for(pattern)

    def open_another(self):
        """The same program in another browser."""
        return type(self)(self.program, self.open_page)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def shows(self, text):
        self.page.get_by_text(text).first.wait_for()

    def type_into(self, label, text):
        self.field(label).fill(text)
        return self.field(label)

    def keep(self, name):
        """Keeps a picture for those who want to look at it."""
        pixels = np.asarray(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB"))
        ssim.save_sheet(PICTURES / f"gui_{name}_{self.CLIENT}.png", pixels, pixels)


class InViser(Shown):
    """Viser's client."""

    CLIENT = "viser"
    # What the example adds comes with all the rest.
    READY = "[aria-label='Server controls'], .tabler-icon-cloud-check"
    UPLOADED = "File uploaded successfully."

    def field(self, label, nth=0):
        """The input beside a label, which is not tied to it."""
        row = self.page.locator("label", has_text=re.compile(f"^{label}$")).locator("xpath=../../..")
        return row.locator("input:visible, textarea:visible").nth(nth)

    def is_dark(self):
        return self.page.get_attribute("html", "data-mantine-color-scheme") == "dark"


class InOurs(Shown):
    """Our client."""

    CLIENT = "ours"
    READY = "#gui .state[data-level=fine]"
    UPLOADED = "Uploaded scan.bin"

    def field(self, label, nth=0):
        """The input that has a label, or one of those in the group that has it."""
        own = self.page.get_by_label(label, exact=True).and_(self.page.locator("input, textarea"))
        group = self.page.get_by_role("group", name=label, exact=True).locator("input")
        return own.or_(group).nth(nth)

    def is_dark(self):
        return self.page.get_attribute("html", "data-theme") == "dark"


@pytest.fixture
def show(open_viewer, stock_client, our_client):
    """Shows a program in one of the clients: `show(InOurs, program) -> Shown`. `plotly` is a script
    that our client has beside its page."""

    def start(shown, program, plotly=None):
        def open_page(program):
            viewer = open_viewer("about:blank")
            viewer.expect_error("Unable to preventDefault inside passive event listener")
            page = viewer.page
            page.set_viewport_size({"width": 1000, "height": 900})
            page.set_default_timeout(15_000)
            if plotly and shown is InOurs:
                settings = {"trustHtml": False, "plotly": "plotly.js"}
                page.route("**/page.json", lambda route: route.fulfill(json=settings))
                page.route("**/plotly.js", lambda route: route.fulfill(path=plotly))
            client = stock_client if shown is InViser else our_client
            viewer.open(with_server(client, program.url))
            page.locator(shown.READY).first.wait_for()
            return page

        return shown(program, open_page)

    return start


@pytest.fixture(params=[InViser, InOurs], ids=["our server", "our client"])
def operate(request, show, scenecast_server, viser_program):
    """Starts an example and shows it: `operate(name) -> Shown`. `plotly` is a script, which our
    server sends."""
    shown = request.param

    def start(name, plotly=None):
        if shown is InViser:
            arguments = [str(plotly)] if plotly else []
            return show(shown, scenecast_server(f"examples/{name}", "0", *arguments))
        return show(shown, viser_program(f"panels.{name}"), plotly)

    return start


@pytest.mark.parametrize("shown", [InViser, InOurs], ids=["viser's client", "our client"])
def test_on_our_server_edits_that_cross_end_alike(shown, show, scenecast_server):
    one = show(shown, scenecast_server("examples/basic_controls", "0"))
    other = one.open_another()
    texts = [shown.type_into("Lines", "") for shown in (one, other)]
    for text in texts:
        text.focus()
    # Both are further than what they hear of each other.
    for _ in range(8):
        one.page.keyboard.press("a")
        other.page.keyboard.press("b")
    # Half a second after the last key they are told; ours shows it once its user rests.
    one.page.wait_for_timeout(1500)
    deadline = time.monotonic() + 15
    while len({text.input_value() for text in texts}) > 1:
        assert time.monotonic() < deadline, [text.input_value() for text in texts]
        one.page.wait_for_timeout(100)
    one.wait_for(f'lines "({texts[0].input_value()})"')


def test_basic_controls(operate):
    shown = operate("basic_controls")
    shown.field("Checkbox").click()
    shown.wait_for(r"checkbox (false)")
    shown.type_into("Number", "7.5").press("Enter")
    shown.wait_for(r"number (7\.5)")
    shown.type_into("Text", "typed")
    shown.wait_for(r'text ("typed")')
    shown.type_into("Lines", "one\ntwo")
    shown.wait_for(r'lines "(one\\ntwo)"')
    shown.press("two")
    shown.wait_for(r'group ("two")')
    shown.field("Dropdown").click()
    shown.page.get_by_role("option", name="blue").click()
    shown.wait_for(r'dropdown ("blue")')
    shown.type_into("Colour", "#00ff00").press("Enter")
    shown.wait_for(r"rgb (\[0, 255, 0\])")
    shown.type_into("Shade", "#00ff0080").press("Enter")
    shown.wait_for(r"rgba (\[0, 255, 0, 12\d\])")
    shown.field("Vector2").fill("0.5")
    shown.wait_for(r"vector2 (\[0\.5, 1\.0\])")
    shown.field("Vector3").fill("2.5")
    shown.wait_for(r"vector3 (\[2\.5, 1\.0, 2\.0\])")
    slider = shown.page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    shown.wait_for(r"slider (51\.0)")
    shown.press("Slider to the middle")
    shown.wait_for(r"slider (50\.0)")
    held = shown.page.get_by_role("button", name="Hold me").bounding_box()
    shown.page.mouse.move(held["x"] + 20, held["y"] + 10)
    shown.page.mouse.down()
    shown.wait_for(r"(held)")
    shown.page.mouse.up()
    counter = shown.field("Counter").input_value()
    shown.page.wait_for_function(
        "before => [...document.querySelectorAll('input')].some("
        "input => input.disabled && Number(input.value) > Number(before))",
        arg=counter,
    )
    shown.keep("basic_controls")


def test_callbacks_and_two_viewers(operate):
    shown = operate("gui_callbacks")
    other = shown.open_another()
    shown.field("Show frame").click()
    shown.wait_for(r"shown (false)")
    expect(other.field("Show frame")).not_to_be_checked()
    shown.field("Frame at").fill("1.5")
    shown.wait_for(r"at (\[1\.5, 0\.0, 0\.0\])")
    other.press("Reset")
    shown.wait_for(r"shown (true)")
    expect(shown.field("Show frame")).to_be_checked()
    expect(shown.field("Frame at")).to_have_value(re.compile(r"^0(\.0)?$"))


def test_layouts(operate):
    shown = operate("layouts")
    shown.shows("Aperture")
    shown.page.get_by_text("Extra", exact=True).click()
    shown.shows("Filter")
    shown.press("Add a tab")
    shown.wait_for(r"added (true)")
    shown.shows("Added")
    shown.press("Remove the extra tab")
    shown.wait_for(r"removed (true)")
    shown.page.get_by_text("Extra", exact=True).wait_for(state="detached")
    shown.keep("layouts")


def test_panels(operate):
    shown = operate("layouts")
    shown.shows("Nothing")
    shown.press("Dock the log")
    shown.wait_for(r"docked (true)")
    shown.page.wait_for_function(
        "() => { const text = [...document.querySelectorAll('p')].find("
        "p => p.textContent.startsWith('Nothing')); "
        "return text && text.getBoundingClientRect().top < 200; }"
    )
    shown.keep("panels")


def test_markdown(operate):
    shown = operate("markdown")
    shown.page.get_by_role("heading", name="Scenecast").wait_for()
    shown.page.wait_for_function("() => document.querySelector('img[alt=\"The demo\"]').naturalWidth > 99")
    shown.keep("markdown")
    shown.press("Shorten")
    shown.shows("shorter")


def test_modals(operate):
    shown = operate("modals")
    other = shown.open_another()
    shown.press("Ask everyone")
    other.shows("Dialog 1")
    shown.type_into("Name", "Ada")
    shown.press("Greet 1")
    shown.wait_for(r"hello (Ada)")
    other.page.get_by_text("Dialog 1").wait_for(state="detached")
    shown.press("Ask only me")
    shown.shows("Dialog 2")
    assert other.page.get_by_text("Dialog 2").count() == 0
    shown.keep("modals")


def test_theming(operate):
    shown = operate("theming")
    shown.shows("Documentation")
    assert shown.is_dark()
    shown.keep("theming")
    shown.field("Dark").click()
    shown.field("Title bar").click()
    shown.press("Apply")
    shown.wait_for(r"applied (true)")
    expect(shown.page.get_by_text("Documentation")).to_have_count(0)
    assert not shown.is_dark()


def test_notifications(operate):
    shown = operate("notifications")
    shown.press("Short note")
    shown.shows("Gone in five seconds.")
    shown.press("Do some work")
    shown.shows("Done")
    shown.shows("100 %")


def test_uplot(operate):
    shown = operate("uplot")
    shown.page.locator(".uplot canvas").wait_for()
    shown.shows("Waves")
    drawn = "document.querySelector('.uplot canvas')?.toDataURL()"
    first = shown.page.evaluate(drawn)
    shown.page.wait_for_function(f"first => {drawn} !== first", arg=first)
    shown.keep("uplot")


def test_plotly(operate, tmp_path):
    pretended = tmp_path / "plotly.min.js"
    pretended.write_text(
        "window.Plotly = {purge: () => {}, react: (at, data, layout) => {"
        " at.textContent = `${layout.title.text} of ${data[0].x.length} points"
        " to ${data[0].x.at(-1).toFixed(1)}`; }};"
    )
    shown = operate("plotly_integration", pretended)
    shown.shows("Spiral of 300 points")
    drawn = shown.page.get_by_text("Spiral of").first.inner_text()
    slider = shown.page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    shown.page.get_by_text(drawn).wait_for(state="detached")


def test_plots_as_images(operate):
    shown = operate("plots_as_images")
    image = shown.page.locator("img[src^=blob]").first
    image.wait_for()
    before = image.get_attribute("src")
    slider = shown.page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    shown.wait_for(r"drawn (true)")
    shown.page.wait_for_function(
        "before => document.querySelector('img[src^=blob]')?.src !== before", arg=before
    )
    shown.keep("plots_as_images")


def test_commands(operate):
    shown = operate("commands")
    shown.shows("Saving allowed")
    shown.page.keyboard.press("g")
    shown.wait_for(r"hello (Some\(0\))")
    shown.page.keyboard.press("Control+k")
    shown.shows("Writes it to disk")
    shown.keep("commands")
    shown.page.get_by_text("Save the scan").click()
    shown.wait_for(r"(saved)")


def test_forms(operate):
    shown = operate("forms")
    other = shown.open_another()
    name = shown.type_into("Name", "Ada")
    name.blur()
    other.page.get_by_text(re.compile(r"Booking.*\*")).or_(other.page.get_by_text("*")).first.wait_for()
    name.press("Enter")
    shown.wait_for(r"booked (1 for Ada)")
    other.shows("for Ada.")
    other.type_into("Name", "Bob")
    other.press("Book")
    shown.wait_for(r"booked (1 for Bob)")
    shown.shows("for Bob.")


def test_upload(operate, tmp_path):
    shown = operate("upload")
    content = bytes(range(256)) * 6000
    (tmp_path / "scan.bin").write_bytes(content)
    shown.page.get_by_role("button", name="Upload").wait_for()
    shown.page.locator("input[type=file]").first.set_input_files(tmp_path / "scan.bin")
    shown.wait_for(r"got (scan\.bin with 1536000 bytes)")
    shown.shows("1536000 bytes")
    shown.shows(shown.UPLOADED)
    with shown.page.expect_download() as download:
        shown.press("Send it back")
    assert download.value.suggested_filename == "scan.bin"
    assert download.value.path().read_bytes() == content


@pytest.mark.parametrize("is_viser", [False, True], ids=["our server", "viser's server"])
def test_gui_in_scene(open_viewer, our_client, scenecast_server, viser_program, is_viser):
    start = viser_program if is_viser else scenecast_server
    program = start("panels.gui_in_scene") if is_viser else start("examples/gui_in_scene", "0")
    viewer = open_viewer(with_server(our_client, program.url))
    first, second = (viewer.page.get_by_role("region", name=f"/box{number}/sign") for number in (1, 2))
    first.get_by_label("Colour", exact=True).fill("#e01010")
    first.get_by_label("Colour", exact=True).press("Enter")
    red = lambda pixels: (pixels[..., 0] > 100) & (pixels[..., 1:].max(axis=-1) < 60)
    viewer.wait_for(lambda pixels: red(pixels).mean() > 0.005, "a red box")
    first.get_by_role("button", name="Remove 1").click()
    assert program.wait_for(r"removed (true)")
    expect(first).to_have_count(0)
    expect(second.get_by_role("button", name="Remove 2")).to_be_visible()
