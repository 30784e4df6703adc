"""Two browsers with our client at the inputs of one Python viser server."""

import time

from playwright.sync_api import expect
from test_panel import field, open_page, panel  # noqa: F401 (a fixture)


def test_a_second_viewer_sees_what_the_first_does(panel, chromium, our_client):
    other = open_page(chromium, our_client, panel.server.get_port())
    mine, theirs = (field(page, "Slider") for page in (panel.page, other.page))
    panel.handles["Slider"].value = 40
    expect(theirs).to_have_value("40")
    mine.focus()
    mine.press("ArrowRight")
    expect(theirs).to_have_value("41")
    panel.wait("Slider", 41)
    place = theirs.bounding_box()
    other.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + 8)
    other.page.mouse.down()
    panel.wait("Slider", 50)
    before = theirs.input_value()
    # Of two edits at once viser's server tells each viewer the other's: both would differ for good.
    expect(mine).to_have_value(before)
    mine.press("Home")
    panel.wait("Slider", 0)
    other.page.wait_for_timeout(200)
    assert theirs.input_value() == before, "it is being dragged"
    other.page.mouse.up()
    expect(theirs).to_have_value("0")
    field(panel.page, "Name").fill("dirty")
    form = other.page.locator(".folder", has=other.page.get_by_role("button", name="Form"))
    expect(form.locator(".dirty")).to_have_count(1)
    deadline = time.monotonic() + 10
    while panel.page.evaluate("__scenecast.digest()") != other.digest():
        assert time.monotonic() < deadline, "both viewers know the same"
        time.sleep(0.1)
    assert not other.unexpected_errors()
    other.page.context.close()


def test_two_viewers_at_one_input_end_with_the_server_s_value(panel, chromium, our_client):
    other = open_page(chromium, our_client, panel.server.get_port())
    handle, pages = panel.handles["Lines"], (panel.page, other.page)
    handle.value = ""
    mine, theirs = (field(page, "Lines") for page in pages)
    for text in mine, theirs:
        expect(text).to_have_value("")
        text.focus()
    panel.heard["Lines"].clear()
    for _ in range(12):
        panel.page.keyboard.press("a")
        other.page.keyboard.press("b")
    assert (mine.input_value(), theirs.input_value()) == ("a" * 12, "b" * 12), "each goes on typing"
    # After the last "b" for sure: of two edits that cross each viewer hears the other's.
    panel.page.wait_for_timeout(300)
    panel.page.keyboard.press("!")
    heard = panel.wait("Lines", "a" * 12 + "!")
    assert "b" * 12 in heard, "what each has typed has arrived"
    for text in mine, theirs:
        expect(text).to_have_value(handle.value)

    mine, theirs = (field(page, "Slider") for page in pages)
    panel.handles["Slider"].value = 50
    expect(theirs).to_have_value("50")
    place = mine.bounding_box()

    def move(page, share):
        page.mouse.move(place["x"] + place["width"] * share, place["y"] + place["height"] / 2)

    for page in pages:
        move(page, 0.5)
        page.mouse.down()
    for step in range(8):
        move(panel.page, 0.5 + step * 0.05)
        move(other.page, 0.5 - step * 0.05)
    values = mine.input_value(), theirs.input_value()
    assert int(values[0]) > 80 and int(values[1]) < 20, "each goes on dragging"
    panel.page.wait_for_timeout(300)
    move(other.page, 0.3)
    last = int(theirs.input_value())
    panel.wait("Slider", last)
    assert mine.input_value() == values[0], "it is being dragged"
    for page in pages:
        page.mouse.up()
    for slider in mine, theirs:
        expect(slider).to_have_value(str(last))
    assert panel.handles["Slider"].value == last
    assert not other.unexpected_errors()
    other.page.context.close()
