"""Markdown, HTML, images, charts, figures and uploads of a Python viser in our client."""

import json
import re
import threading

import numpy as np
import pytest
import viser
import viser._messages as messages
from listener import listening
from side_by_side import with_server
from viser import uplot


@pytest.fixture
def listener():
    with listening() as listener:
        yield listener


@pytest.fixture
def page(open_viewer, our_client, listener):
    """Our client at the listener's server; the tests add to the GUI first or later."""
    viewer = open_viewer("about:blank")
    viewer.open(with_server(our_client, listener.url))
    listener.wait_for_viewer(viewer.page)
    viewer.page.viewer = viewer
    return viewer.page


def computed(locator, name):
    return locator.evaluate(f"(element) => getComputedStyle(element).{name}")


MARKDOWN = """# Heading

Text with **bold**, ~~gone~~, `code`, `#ff8800` and https://example.com/a_b.

| left | right |
|:-----|------:|
| a    |     1 |

- [x] done
- [ ] open

<kbd>raw</kbd> ![chair](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)
"""


def test_markdown_is_formatted(page, listener):
    text = listener.server.gui.add_markdown(MARKDOWN)
    shown = page.locator("#gui .markdown")
    shown.locator("h1", has_text="Heading").wait_for()
    assert shown.locator("strong").inner_text() == "bold"
    assert shown.locator("del").inner_text() == "gone"
    link = shown.locator("a")
    assert link.get_attribute("href") == "https://example.com/a_b"
    assert (link.get_attribute("target"), link.get_attribute("rel")) == ("_blank", "noopener noreferrer")
    assert computed(shown.locator("td").nth(1), "textAlign") == "right"
    assert shown.locator("input[type=checkbox]").evaluate_all("(all) => all.map((c) => [c.checked, c.disabled])") == [
        [True, True],
        [False, True],
    ]
    assert computed(shown.locator("code span"), "backgroundColor") == "rgb(255, 136, 0)"
    assert shown.locator("kbd").inner_text() == "raw"
    image = shown.locator("img")
    assert image.get_attribute("alt") == "chair"
    assert image.evaluate("(image) => image.complete && image.naturalWidth") == 1
    assert computed(image, "maxWidth") == "min(240px, 100%)" and computed(image, "borderRadius") != "0px"
    text.content = "*other*"
    shown.locator("em", has_text="other").wait_for()
    assert shown.locator("h1").count() == 0
    text.visible = False
    shown.wait_for(state="detached")


def test_html_keeps_looks_and_drawings(page, listener):
    listener.server.gui.add_html(
        "<p style='color:rgb(1,2,3);position:fixed'>text</p>"
        "<svg viewBox='0 0 9 9' width=40><defs><linearGradient id=g><stop stop-color=red /></linearGradient></defs>"
        "<rect width=9 height=9 fill='url(#g)' /></svg>"
    )
    shown = page.locator("#gui .html")
    shown.locator("p").wait_for()
    assert computed(shown.locator("p"), "color") == "rgb(1, 2, 3)"
    assert computed(shown.locator("p"), "position") == "static"
    assert shown.locator("linearGradient").get_attribute("id") == "content-g"
    assert shown.locator("rect").get_attribute("fill") == "url(#content-g)"


def test_icons_are_beside_labels(page, listener):
    listener.server.gui.add_upload_button("files", icon=viser.Icon.UPLOAD)
    glyph = page.locator("#gui .upload .glyph svg")
    glyph.wait_for()
    box = glyph.bounding_box()
    assert 8 < box["width"] < 20 and abs(box["width"] - box["height"]) < 1


def test_images_are_shown_and_seen_larger(page, listener):
    pixels = np.zeros((20, 1000, 3), np.uint8)
    pixels[..., 0] = 200
    handle = listener.server.gui.add_image(pixels, label="a bar", format="png")
    image = page.locator("#gui .image .figure > img")
    page.wait_for_function("document.querySelector('#gui .image img')?.naturalWidth === 1000")
    assert page.locator("#gui .image > p").inner_text() == "a bar"
    first = image.get_attribute("src")
    page.locator("#gui .image .figure").hover()
    page.locator("#gui .image .zoom").click()
    dialog = page.locator("#gui dialog[open]")
    dialog.wait_for()
    # min(90 %, max(880 px, the image's width)) of 800 px.
    assert dialog.bounding_box()["width"] == pytest.approx(720, abs=1)
    assert dialog.locator("img").bounding_box()["width"] > image.bounding_box()["width"]
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    handle.image = np.zeros((10, 30, 3), np.uint8)
    page.wait_for_function("document.querySelector('#gui .image img').naturalWidth === 30")
    gone = page.evaluate("(url) => fetch(url).then(() => false, () => true)", first)
    assert gone, "the address of the image before is given back"
    page.viewer.expect_error("blob:|ERR_FILE_NOT_FOUND")


def chart(listener, **options):
    x = np.linspace(0.0, 10.0, 101)
    return listener.server.gui.add_uplot(
        data=(x, np.sin(x)),
        series=(uplot.Series(label="x"), uplot.Series(label="sin", stroke="#e8590c", width=2)),
        title="A chart",
        aspect=1.5,
        **options,
    )


def x_labels(page):
    """The x scale of the chart, by what its legend says at the left and right edge."""
    over = page.locator("#gui .figure > .plot .u-over")
    box = over.bounding_box()
    values = []
    for at in (1, box["width"] - 1):
        page.mouse.move(box["x"] + at, box["y"] + box["height"] / 2)
        page.wait_for_timeout(150)
        values.append(float(page.locator("#gui .figure > .plot .u-value").first.inner_text()))
    return values


def zoom_in(page):
    """Drags over the middle half."""
    box = page.locator("#gui .figure > .plot .u-over").bounding_box()
    y = box["y"] + box["height"] / 2
    page.viewer.drag((box["x"] + box["width"] * 0.25, y), (box["x"] + box["width"] * 0.75, y))
    page.wait_for_timeout(200)


LINEAR = {"x": uplot.Scale(time=False), "y": uplot.Scale(auto=True)}


def test_charts_are_drawn_and_keep_their_zoom(page, listener):
    handle = chart(listener, scales=LINEAR)
    page.locator("#gui .u-over").wait_for()
    plot = page.locator("#gui .figure > .plot")
    size = plot.locator("canvas").bounding_box()
    assert size["width"] / size["height"] == pytest.approx(1.5, rel=0.03)
    assert x_labels(page) == pytest.approx([0, 10], abs=0.2)
    zoom_in(page)
    assert x_labels(page) == pytest.approx([2.5, 7.5], abs=0.4)
    # The same part of other data.
    x = np.linspace(100.0, 140.0, 101)
    handle.data = (x, np.cos(x))
    page.wait_for_timeout(300)
    assert x_labels(page) == pytest.approx([110, 130], abs=1.5)
    # Options make another chart, which shows the same part.
    handle.title = "Another"
    page.locator("#gui .u-title", has_text="Another").wait_for()
    page.wait_for_timeout(200)
    assert x_labels(page) == pytest.approx([110, 130], abs=1.5)


def test_a_range_is_seen_first_and_after_a_double_click(page, listener):
    handle = chart(listener, scales={"x": uplot.Scale(time=False, range=(2.0, 6.0))})
    page.locator("#gui .u-over").wait_for()
    page.wait_for_timeout(200)
    assert x_labels(page) == pytest.approx([2, 6], abs=0.2)
    zoom_in(page)
    assert x_labels(page) == pytest.approx([3, 5], abs=0.25)
    x = np.linspace(0.0, 20.0, 201)
    handle.data = (x, np.sin(x))
    page.wait_for_timeout(300)
    assert x_labels(page) == pytest.approx([3, 5], abs=0.25)
    page.locator("#gui .figure > .plot .u-over").dblclick()
    page.wait_for_timeout(300)
    assert x_labels(page) == pytest.approx([2, 6], abs=0.2)


def test_the_library_is_loaded_for_charts_only(page, listener):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    listener.server.gui.add_markdown("**text**")
    page.locator("#gui strong").wait_for()
    assert not any("uplot" in url for url in asked)
    chart(listener)
    page.locator("#gui .u-over").wait_for()
    assert sum("uplot" in url for url in asked) == 1


FAKE_PLOTLY = """window.Plotly = {
    react: (place, data, layout, config) => { place.textContent = JSON.stringify([data, layout, config]); return Promise.resolve(); },
    purge: (place) => { window.purged = true; },
};"""


def test_figures_are_drawn_by_the_page_s_own_plotly(page, listener):
    page.route("**/page.json", lambda route: route.fulfill(json={"trustHtml": False, "plotly": "plotly.js"}))
    page.route("**/plotly.js", lambda route: route.fulfill(body=FAKE_PLOTLY, content_type="text/javascript"))
    handle = add_plotly(listener, '{"data": [1], "layout": {"title": "t"}, "config": {"a": true}}', 0.5)
    plot = page.locator("#gui .plot", has_text="uirevision")
    plot.wait_for()
    data, layout, config = json.loads(plot.inner_text())
    assert (data, layout["title"], config) == ([1], "t", {"a": True})
    assert layout["height"] == pytest.approx(layout["width"] / 2) and layout["uirevision"] == "true"
    handle.remove()
    page.wait_for_function("window.purged")


def add_plotly(listener, text, aspect):
    """A figure without the library that makes them."""

    class Figure:
        def to_json(self):
            return text

    gui = listener.server.gui
    gui._setup_plotly_js = True
    return gui.add_plotly(Figure(), aspect=aspect)


def test_figures_say_what_they_lack(page, listener):
    add_plotly(listener, '{"data": [], "layout": {}}', 1.0)
    page.locator("#gui .trouble", has_text="Builder::plotly_js").wait_for()


def uploads(listener, **options):
    """An upload button, and the files that come."""
    button = listener.server.gui.add_upload_button("Choose", **options)
    files, came = [], threading.Event()

    @button.on_upload
    def _(event):
        files.append(event.target.value)
        came.set()

    return button, files, came


def wait(page, condition, what, timeout=20_000):
    for _ in range(timeout // 50):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError(what)


def test_files_are_uploaded_whole(page, listener):
    _, files, came = uploads(listener)
    button = page.locator("#gui .upload .button")
    button.wait_for()
    content = np.random.default_rng(0).bytes(3 * 524_288 + 17)
    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files({"name": "noise.bin", "mimeType": "application/x-noise", "buffer": content})
    wait(page, came.is_set, "no file comes")
    assert (files[0].name, files[0].content == content) == ("noise.bin", True)
    page.locator("#gui .sending", has_text="Uploaded noise.bin").wait_for()
    start = listener.heard("StartUpload")[0]
    assert (start["part_count"], start["size_bytes"]) == (4, len(content))
    assert start["mime_type"] == "application/x-noise"
    assert [len(part["content"]) for part in listener.heard("TransferPart")] == [524_288] * 3 + [17]
    # The same file again, and an empty one.
    for expected in (content, b""):
        came.clear()
        page.locator("#gui .upload .button:enabled").wait_for()
        page.locator("#gui .upload input").set_input_files(
            {"name": "noise.bin", "mimeType": "", "buffer": expected}
        )
        wait(page, came.is_set, "no file comes")
        assert files[-1].content == expected


DROP = """([text, name, type]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type }));
    const place = document.querySelector("#gui .upload .button");
    for (const kind of ["dragenter", "dragover", "drop"])
        place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_files_are_dropped_on_the_button(page, listener):
    _, files, came = uploads(listener, mime_type="image/*")
    page.locator("#gui .upload .button").wait_for()
    assert page.locator("#gui .upload input").get_attribute("accept") == "image/*"
    page.evaluate(DROP, ["text", "a.txt", "text/plain"])
    page.locator("#gui .upload .trouble", has_text="a.txt is not of the kind").wait_for()
    page.evaluate(DROP, ["pixels", "a.png", "image/png"])
    wait(page, came.is_set, "no file comes")
    assert (files[0].name, files[0].content) == ("a.png", b"pixels")


def test_uploads_wait_for_the_server_and_can_be_cancelled(page, listener, monkeypatch):
    _, files, _ = uploads(listener)
    page.locator("#gui .upload .button").wait_for()
    # A server that takes nothing in.
    handlers = listener.server._websock_server._incoming_handlers
    monkeypatch.setitem(handlers, messages.FileTransferPart, [lambda *_: None])
    buffer = bytes(20 * 524_288)
    page.locator("#gui .upload input").set_input_files({"name": "slow.bin", "mimeType": "", "buffer": buffer})
    bar = page.locator("#gui .sending progress")
    bar.wait_for()
    assert page.locator("#gui .upload .button").is_disabled()
    page.wait_for_timeout(1000)
    assert len(listener.heard("TransferPart")) == 8, "4 MiB are on their way, no more"
    page.locator("#gui .sending button[aria-label=Cancel]").click()
    page.locator("#gui .sending").wait_for(state="detached")
    assert page.locator("#gui .upload .button").is_enabled()
    wait(page, lambda: listener.heard("TransferPart")[-1]["part_index"] == -1, "no cancelling part")
    assert files == []


def test_uploads_begin_anew_on_the_next_connection(open_viewer, our_client, listener, monkeypatch):
    viewer, sockets = open_viewer("about:blank"), []

    def through(socket):
        sockets.append(socket)
        socket.connect_to_server()

    page = viewer.page
    page.route_web_socket(re.compile("ws://"), through)
    _, files, came = uploads(listener)
    viewer.open(with_server(our_client, listener.url))
    page.locator("#gui .upload .button").wait_for()
    handlers = listener.server._websock_server._incoming_handlers
    content = np.random.default_rng(1).bytes(12 * 524_288)
    with monkeypatch.context() as patch:
        patch.setitem(handlers, messages.FileTransferPart, [lambda *_: None])
        file = {"name": "noise.bin", "mimeType": "", "buffer": content}
        page.locator("#gui .upload input").set_input_files(file)
        wait(page, lambda: len(listener.heard("TransferPart")) == 8, "not sent")
    sockets[0].close(code=1012, reason="gone")
    wait(page, came.is_set, "no file comes")
    assert files[0].content == content
    first, second = listener.heard("StartUpload")
    assert first["transfer_uuid"] != second["transfer_uuid"]
    assert first["source_component_uuid"] == second["source_component_uuid"]
