"""Each GUI example starts, and does what it is about when viser's own client operates it.

But for `gui_in_scene`: viser's client ends with an error on GUI in the scene, its own server's too.
"""

import io
import re

import numpy as np
import pytest
import ssim
from PIL import Image
from playwright.sync_api import expect
from side_by_side import PICTURES, with_server


@pytest.fixture
def operate(open_viewer, stock_client, scenecast_server):
    """Starts an example and shows it: `operate(name, …) -> (program, page)`."""

    def start(name, *arguments):
        program = scenecast_server(f"examples/{name}", "0", *arguments)

        def open_page():
            viewer = open_viewer("about:blank")
            viewer.expect_error("Unable to preventDefault inside passive event listener")
            viewer.page.set_viewport_size({"width": 1000, "height": 900})
            viewer.page.set_default_timeout(15_000)
            viewer.open(with_server(stock_client, program.url))
            # What the example adds comes with all the rest.
            viewer.page.locator("[aria-label='Server controls'], .tabler-icon-cloud-check").first.wait_for()
            return viewer.page

        program.open_another = open_page
        return program, open_page()

    return start


def keep(page, name):
    """Keeps a picture for those who want to look at it."""
    pixels = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    ssim.save_sheet(PICTURES / f"gui_{name}.png", pixels, pixels)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def shows(page, text):
    page.get_by_text(text).first.wait_for()


def field(page, label, nth=0):
    """The input beside a label, which viser's client does not tie to it."""
    row = page.locator("label", has_text=re.compile(f"^{label}$")).locator("xpath=../../..")
    return row.locator("input:visible, textarea:visible").nth(nth)


def type_into(page, label, text):
    field(page, label).fill(text)
    return field(page, label)


def test_basic_controls(operate):
    program, page = operate("basic_controls")
    field(page, "Checkbox").click()
    assert program.wait_for(r"checkbox (false)")
    type_into(page, "Number", "7.5").press("Enter")
    assert program.wait_for(r"number (7\.5)")
    type_into(page, "Text", "typed")
    assert program.wait_for(r'text ("typed")')
    type_into(page, "Lines", "one\ntwo")
    assert program.wait_for(r'lines "(one\\ntwo)"')
    press(page, "two")
    assert program.wait_for(r'group ("two")')
    field(page, "Dropdown").click()
    page.get_by_role("option", name="blue").click()
    assert program.wait_for(r'dropdown ("blue")')
    type_into(page, "Colour", "#00ff00").press("Enter")
    assert program.wait_for(r"rgb (\[0, 255, 0\])")
    type_into(page, "Shade", "#00ff0080").press("Enter")
    assert program.wait_for(r"rgba (\[0, 255, 0, 12\d\])")
    field(page, "Vector2").fill("0.5")
    assert program.wait_for(r"vector2 (\[0\.5, 1\.0\])")
    field(page, "Vector3").fill("2.5")
    assert program.wait_for(r"vector3 (\[2\.5, 1\.0, 2\.0\])")
    slider = page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    assert program.wait_for(r"slider (51\.0)")
    press(page, "Slider to the middle")
    assert program.wait_for(r"slider (50\.0)")
    held = page.get_by_role("button", name="Hold me").bounding_box()
    page.mouse.move(held["x"] + 20, held["y"] + 10)
    page.mouse.down()
    assert program.wait_for(r"(held)")
    page.mouse.up()
    counter = field(page, "Counter").input_value()
    page.wait_for_function(
        "before => [...document.querySelectorAll('input')].some("
        "input => input.disabled && Number(input.value) > Number(before))",
        arg=counter,
    )
    keep(page, "basic_controls")


def test_callbacks_and_two_viewers(operate):
    program, page = operate("gui_callbacks")
    other = program.open_another()
    field(page, "Show frame").click()
    assert program.wait_for(r"shown (false)")
    expect(field(other, "Show frame")).not_to_be_checked()
    field(page, "Frame at").fill("1.5")
    assert program.wait_for(r"at (\[1\.5, 0\.0, 0\.0\])")
    press(other, "Reset")
    assert program.wait_for(r"shown (true)")
    expect(field(page, "Show frame")).to_be_checked()
    assert field(page, "Frame at").input_value() in ("0", "0.0")


def test_layouts(operate):
    program, page = operate("layouts")
    shows(page, "Aperture")
    page.get_by_text("Extra", exact=True).click()
    shows(page, "Filter")
    press(page, "Add a tab")
    assert program.wait_for(r"added (true)")
    shows(page, "Added")
    press(page, "Remove the extra tab")
    assert program.wait_for(r"removed (true)")
    page.get_by_text("Extra", exact=True).wait_for(state="detached")
    shows(page, "Nothing")
    press(page, "Dock the log")
    assert program.wait_for(r"docked (true)")
    page.wait_for_function(
        "() => { const text = [...document.querySelectorAll('p')].find("
        "p => p.textContent.startsWith('Nothing')); "
        "return text && text.getBoundingClientRect().top < 200; }"
    )
    keep(page, "layouts")


def test_markdown(operate):
    _, page = operate("markdown")
    page.get_by_role("heading", name="Scenecast").wait_for()
    page.wait_for_function("() => document.querySelector('img[alt=\"The demo\"]').naturalWidth > 99")
    keep(page, "markdown")
    press(page, "Shorten")
    shows(page, "shorter")


def test_modals(operate):
    program, page = operate("modals")
    other = program.open_another()
    press(page, "Ask everyone")
    shows(other, "Dialog 1")
    type_into(page, "Name", "Ada")
    press(page, "Greet 1")
    assert program.wait_for(r"hello (Ada)")
    other.get_by_text("Dialog 1").wait_for(state="detached")
    press(page, "Ask only me")
    shows(page, "Dialog 2")
    assert other.get_by_text("Dialog 2").count() == 0
    keep(page, "modals")


def test_theming(operate):
    program, page = operate("theming")
    shows(page, "Documentation")
    scheme = "() => document.documentElement.getAttribute('data-mantine-color-scheme')"
    assert page.evaluate(scheme) == "dark"
    keep(page, "theming")
    field(page, "Dark").click()
    field(page, "Title bar").click()
    press(page, "Apply")
    assert program.wait_for(r"applied (true)")
    expect(page.get_by_text("Documentation")).to_have_count(0)
    assert page.evaluate(scheme) == "light"


def test_notifications(operate):
    _, page = operate("notifications")
    press(page, "Short note")
    shows(page, "Gone in five seconds.")
    press(page, "Do some work")
    shows(page, "Done")
    shows(page, "100 %")


def test_uplot(operate):
    _, page = operate("uplot")
    page.locator(".uplot canvas").wait_for()
    shows(page, "Waves")
    drawn = "document.querySelector('.uplot canvas')?.toDataURL()"
    first = page.evaluate(drawn)
    page.wait_for_function(f"first => {drawn} !== first", arg=first)
    keep(page, "uplot")


def test_plotly(operate, tmp_path):
    pretended = tmp_path / "plotly.min.js"
    pretended.write_text(
        "window.Plotly = {purge: () => {}, react: (at, data, layout) => {"
        " at.textContent = `${layout.title.text} of ${data[0].x.length} points"
        " to ${data[0].x.at(-1).toFixed(1)}`; }};"
    )
    _, page = operate("plotly_integration", str(pretended))
    shows(page, "Spiral of 300 points")
    drawn = page.get_by_text("Spiral of").first.inner_text()
    slider = page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    page.get_by_text(drawn).wait_for(state="detached")


def test_plots_as_images(operate):
    program, page = operate("plots_as_images")
    image = page.locator("img[src^=blob]").first
    image.wait_for()
    before = image.get_attribute("src")
    slider = page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowRight")
    assert program.wait_for(r"drawn (true)")
    page.wait_for_function(
        "before => document.querySelector('img[src^=blob]')?.src !== before", arg=before
    )
    keep(page, "plots_as_images")


def test_commands(operate):
    program, page = operate("commands")
    page.keyboard.press("g")
    assert program.wait_for(r"hello (Some\(0\))")
    page.keyboard.press("Control+k")
    shows(page, "Writes it to disk")
    keep(page, "commands")
    page.get_by_text("Save the scan").click()
    assert program.wait_for(r"(saved)")


def test_forms(operate):
    program, page = operate("forms")
    other = program.open_another()
    name = type_into(page, "Name", "Ada")
    name.blur()
    other.get_by_text(re.compile(r"Booking.*\*")).or_(other.get_by_text("*")).first.wait_for()
    name.press("Enter")
    assert program.wait_for(r"booked (1 for Ada)")
    shows(other, "for Ada.")
    type_into(other, "Name", "Bob")
    press(other, "Book")
    assert program.wait_for(r"booked (1 for Bob)")
    shows(page, "for Bob.")


def test_upload(operate, tmp_path):
    program, page = operate("upload")
    content = bytes(range(256)) * 6000
    (tmp_path / "scan.bin").write_bytes(content)
    page.locator("input[type=file]").set_input_files(tmp_path / "scan.bin")
    assert program.wait_for(r"got (scan\.bin with 1536000 bytes)")
    shows(page, "1536000 bytes")
    shows(page, "File uploaded successfully.")
    with page.expect_download() as download:
        press(page, "Send it back")
    assert download.value.suggested_filename == "scan.bin"
    assert download.value.path().read_bytes() == content
