"""What is around the components: connection, settings, commands, dialogs, notes, theme, sharing."""

import os
import pathlib
import re
import sys
import urllib.error
import urllib.request

import pytest
from program import Program
from side_by_side import with_server

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))

# What Chromium says of each attempt to connect that fails.
FAILED = "WebSocket connection|Failed to load resource|CORS policy"

# A tunnel that leads nowhere: its host is reserved.
TUNNEL = "sh -c 'echo open at https://scene.example/$0; sleep 600' {port}"


@pytest.fixture
def open_example(open_viewer, our_client, scenecast_server):
    """Our page on one of our examples: `open_example(name) -> Viewer, Program`."""

    def open_page(name, parameters=""):
        server = scenecast_server(f"examples/{name}", "0")
        viewer = open_viewer(with_server(our_client, server.url) + parameters)
        wait_for_status(viewer, "Connected")
        return viewer, server

    return open_page


def wait_for_status(viewer, pattern):
    """Waits until the page says something that matches about the connection."""
    read = lambda viewer: viewer.page.evaluate("window.__scenecast?.stats().status ?? ''")
    viewer.wait_for_value(read, lambda status: re.search(pattern, status), pattern)


def serve(*options):
    """Our demo with options; to be stopped."""
    command = [str(PROGRAMS / "scenecast"), "demo", "--no-open", *options]
    program = Program(command)
    program.url = program.wait_for(r"(http://\S+)")
    return program


def shared_address(page):
    """Shares the scene; returns the address."""
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Request share URL").click()
    address = page.get_by_label("Public address")
    address.wait_for()
    return address.input_value()


def camera(viewer):
    """Where the camera is."""
    return viewer.page.evaluate("__scenecast.stats().camera.position")


def test_a_token_that_is_needed_can_be_entered(open_viewer, our_client):
    origin = our_client.rstrip("/")
    server = serve("--port", "0", "--token", "sesame", "--allow-origin", origin)
    try:
        address = server.url.split("?")[0]
        viewer = open_viewer(with_server(our_client, address))
        viewer.expect_error(FAILED)
        page = viewer.page
        wait_for_status(viewer, "Token needed .*asks for a token")
        assert page.inner_text("#status b") == "Token needed"
        assert page.inner_text("#gui .title") == "Token needed"
        page.get_by_label("Token", exact=True).fill("wrong")
        page.keyboard.press("Enter")
        wait_for_status(viewer, "Token needed .*not this server's")
        page.get_by_label("Token", exact=True).fill("sesame")
        page.get_by_role("button", name="Connect").click()
        wait_for_status(viewer, "Connected")
        assert page.get_by_label("Token", exact=True).count() == 0
        # It is nobody's business who looks at the screen.
        assert "sesame" not in page.url
    finally:
        server.stop()


def test_a_server_that_was_started_anew_asks_on_its_own_page(open_viewer):
    server = serve("--port", "0", "--token", "first")
    viewer = open_viewer(server.url)
    wait_for_status(viewer, "Connected")
    viewer.expect_error(FAILED)
    port = re.search(r":(\d+)", server.url)[1]
    server.stop()
    wait_for_status(viewer, "Reconnecting|gone")
    assert viewer.page.get_attribute("html", "data-offline") is not None
    server = serve("--port", port, "--token", "second")
    try:
        assert f":{port}/" in server.url
        wait_for_status(viewer, "Token needed")
        viewer.page.get_by_label("Token", exact=True).fill("second")
        viewer.page.keyboard.press("Enter")
        wait_for_status(viewer, "Connected")
        # The browser keeps it in a cookie.
        viewer.page.reload()
        wait_for_status(viewer, "Connected")
    finally:
        server.stop()


def test_commands_are_found_and_triggered_by_keyboard(open_example):
    viewer, server = open_example("commands")
    page = viewer.page
    page.get_by_role("button", name="Commands").wait_for()
    page.keyboard.press("Control+K")
    box = page.get_by_role("combobox", name="Search commands")
    assert box.evaluate("(box) => box === document.activeElement")
    assert page.get_by_role("option").count() == 2
    page.keyboard.press("ArrowDown")
    selected = page.locator("[role=option][aria-selected=true]")
    assert "Greet" in selected.inner_text()
    assert box.get_attribute("aria-activedescendant") == selected.get_attribute("id")
    page.keyboard.type("sav the")
    assert page.get_by_role("option").count() == 1
    assert page.locator("[role=option] mark").all_inner_texts() == ["Sav", "the"]
    assert "Ctrl+Shift+S" in page.get_by_role("option").inner_text()
    page.keyboard.press("Enter")
    server.wait_for("(saved)")
    assert page.get_by_role("dialog").count() == 0

    page.keyboard.press("Control+Shift+P")
    page.keyboard.type("xyzzy")
    assert page.get_by_text("No matching commands").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_hotkeys_need_exactly_their_modifiers(open_example):
    viewer, server = open_example("commands")
    page = viewer.page
    page.get_by_role("button", name="Commands").wait_for()
    for keys in ("Control+G", "Shift+G", "Control+S", "Control+Alt+Shift+S"):
        page.keyboard.press(keys)
    # In a field it is a letter.
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Server URL").focus()
    page.keyboard.press("g")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Settings").focus()
    page.wait_for_timeout(300)
    with pytest.raises(AssertionError):
        server.wait_for("(saved|hello)", timeout_secs=0.1)
    page.keyboard.press("g")
    server.wait_for("(hello Some)")
    page.keyboard.press("Control+Shift+S")
    server.wait_for("(saved)")


def test_only_the_server_closes_its_dialogs(open_example):
    viewer, server = open_example("modals")
    page = viewer.page
    page.get_by_role("button", name="Ask only me").click()
    dialog = page.get_by_role("dialog", name="Dialog 2")
    dialog.wait_for()
    for _ in range(3):
        page.keyboard.press("Escape")
    page.mouse.click(5, 300)
    assert dialog.is_visible()
    for keys in ["Tab"] * 4 + ["Shift+Tab"] * 4:
        page.keyboard.press(keys)
        assert page.evaluate("!!document.activeElement.closest('dialog')"), keys
    page.get_by_role("button", name="Greet 2").click()
    server.wait_for("(hello)")
    dialog.wait_for(state="detached")


def test_notes_show_change_and_close(open_example):
    viewer, _ = open_example("notifications")
    page = viewer.page
    page.get_by_role("button", name="Do some work").click()
    note = page.locator(".note")
    page.locator(".note.loading").wait_for()
    assert note.get_by_role("button").count() == 0
    page.get_by_text("100 %").wait_for()
    page.get_by_text("Done").wait_for()
    assert page.locator(".note.loading").count() == 0
    note.get_by_role("button", name="Close notification").click()
    note.wait_for(state="detached")
    page.get_by_role("button", name="Short note").click()
    note.wait_for()
    box = note.bounding_box()
    assert box["x"] < 40 and box["y"] < 40
    page.mouse.move(400, 400)
    note.wait_for(state="detached", timeout=8000)


def test_the_page_looks_as_the_theme_says(open_example):
    viewer, _ = open_example("theming")
    page = viewer.page
    page.locator(".titlebar").wait_for()
    assert page.get_attribute("html", "data-theme") == "dark"
    color = "getComputedStyle(document.documentElement).getPropertyValue('--gui-primary')"
    assert re.fullmatch(r"#[0-9a-f]{6}", page.evaluate(color).strip())
    assert page.evaluate(color).strip() != "#1971c2"
    assert page.locator(".logo").count() == 0
    link = page.get_by_role("link", name="Documentation")
    assert link.get_attribute("href") == "https://viser.studio"
    assert page.locator("#view").bounding_box()["y"] > 30
    page.set_viewport_size({"width": 380, "height": 600})
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert link.is_visible()


def test_settings_do_what_they_say(open_viewer, our_client, scenecast_server):
    servers = [scenecast_server("examples/basic_controls", "0") for _ in range(2)]
    viewer = open_viewer(with_server(our_client, servers[0].url))
    wait_for_status(viewer, "Connected")
    page = viewer.page
    page.get_by_role("button", name="Settings").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save Canvas").click()
    assert download.value.suggested_filename == "render.png"
    assert pathlib.Path(download.value.path()).read_bytes().startswith(b"\x89PNG")

    start = camera(viewer)
    viewer.drag((200, 400), (300, 420))
    viewer.wait_for_value(camera, lambda now: now != start, "moved")
    page.get_by_role("button", name="Reset View").click()
    is_back = lambda now: all(abs(a - b) < 1e-3 for a, b in zip(now, start))
    viewer.wait_for_value(camera, is_back, "back at its start")

    page.get_by_label("Dev Settings").check()
    page.get_by_label("Dark Mode").check()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.get_by_label("WebGL Stats").check()
    page.wait_for_selector("#stats", state="visible")
    page.get_by_label("Show Logo").uncheck()
    assert page.locator(".logo").count() == 0
    page.get_by_label("Device Pixel Ratio").select_option("0.5")
    page.wait_for_function("document.getElementById('view').width === 400")

    other = servers[1].url.replace("http", "ws")
    page.get_by_label("Server URL").fill(other)
    page.keyboard.press("Enter")
    page.wait_for_function("(port) => location.search.includes(port)", arg=other.split(":")[-1])
    wait_for_status(viewer, "Connected")


def test_both_versions_are_told(open_example):
    viewer, _ = open_example("basic_controls")
    page = viewer.page
    page.get_by_role("button", name="About Scenecast").click()
    page.get_by_text(re.compile(r"Scenecast \d+\.\d+\.\d+ \(viser's protocol 1\.1\.1\)")).first.wait_for()
    page.wait_for_function(
        "document.querySelectorAll('dialog dd')[1].textContent.startsWith('Scenecast ')"
    )
    # The tests' browser has no graphics card.
    page.get_by_text(re.compile("SwiftShader.*no graphics card")).wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the tunnel is a shell")
def test_a_tunnel_s_address_is_shown_and_ended(open_viewer):
    server = serve("--port", "0", "--share-command", TUNNEL)
    try:
        viewer = open_viewer(server.url)
        wait_for_status(viewer, "Connected")
        page = viewer.page
        address = shared_address(page)
        port = re.search(r":(\d+)", server.url)[1]
        assert address.startswith(f"https://scene.example/{port}?token=")
        page.get_by_role("button", name="QR code").click()
        assert page.get_by_role("img", name="QR code of the address").is_visible()
        page.get_by_role("button", name="Disconnect").click()
        page.get_by_role("button", name="Request share URL").wait_for()
    finally:
        server.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="the tunnel is a shell")
def test_while_shared_only_pages_that_were_there_need_no_token(open_viewer):
    server = serve("--port", "0", "--share-command", TUNNEL)
    try:
        viewer = open_viewer(server.url)
        wait_for_status(viewer, "Connected")
        token = shared_address(viewer.page).split("?token=")[1]
        viewer.page.reload()
        wait_for_status(viewer, "Connected")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(server.url)
        # It stays shared, and does not draw beside the other.
        viewer.page.goto("about:blank")
        wait_for_status(open_viewer(f"{server.url}/?token={token}"), "Connected")
    finally:
        server.stop()


def test_a_server_without_a_tunnel_says_so(open_example):
    viewer, _ = open_example("basic_controls")
    page = viewer.page
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Request share URL").click()
    page.get_by_text("--share-command").wait_for()
    # The dialog waits for nothing any more.
    page.get_by_role("button", name="Request share URL").wait_for()


def test_a_page_that_may_not_connect_says_so(open_viewer, our_client, scenecast_server):
    server = scenecast_server("scenecast", "demo", "--no-open", "--port", "0")
    viewer = open_viewer(with_server(our_client, server.url))
    viewer.expect_error(FAILED)
    wait_for_status(viewer, "Connection refused .*--allow-origin")
