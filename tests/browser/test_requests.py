"""What a real Python viser asks of our page: pictures, files, texts to keep."""

import threading

import numpy as np
import pytest
import ssim
from listener import listening
from side_by_side import PICTURES, with_server
from viewer import share_of


@pytest.fixture
def connected(open_viewer, our_client):
    """A server, our page on it, and the server's handle of the page."""
    with listening() as listener:
        server = listener.server
        server.initial_camera.position = (2.0, -3.0, 1.5)
        server.initial_camera.look_at = (0.0, 0.0, 0.0)
        server.scene.add_box("/box", color=(230, 60, 50), dimensions=(1.0, 1.0, 1.0))
        points = np.random.default_rng(1).uniform(-1, 1, (200, 3))
        server.scene.add_point_cloud("/points", points, colors=(20, 20, 220), point_size=0.03)
        server.scene.add_line_segments(
            "/line",
            points=np.array([[[-1.5, 0, -0.8], [1.5, 0, -0.8]]], dtype=np.float32),
            colors=(20, 140, 60),
            thickness=4.0,
            thickness_units="screen",
        )
        server.scene.add_label("/label", "A label", position=(0.0, 0.0, 0.9))
        viewer = open_viewer(with_server(our_client, listener.url))
        client = listener.wait_for_viewer(viewer.page)
        yield server, viewer, client


def meanwhile(page, ask):
    """Asks something that the page has to answer; returns what `ask` returns."""
    result = {}

    def run():
        try:
            result["value"] = ask()
        except Exception as error:  # The test is to see it, not the thread.
            result["error"] = error

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive():
        page.wait_for_timeout(20)
    if "error" in result:
        raise result["error"]
    return result["value"]


def render(client, height, width, **options):
    """A picture with the page's own camera."""
    camera = client.camera
    pose = {"wxyz": camera.wxyz, "position": camera.position, "fov": camera.fov}
    return client.get_render(height=height, width=width, timeout=20, **pose, **options)


def test_pictures_show_what_the_page_shows(connected):
    _, viewer, client = connected
    shown = viewer.wait_until_drawn()
    frames = viewer.page.evaluate("__scenecast.stats().frames")
    jpeg = meanwhile(viewer.page, lambda: render(client, 600, 800))
    assert jpeg.shape == (600, 800, 3)
    ssim.save_sheet(PICTURES / "get_render.png", jpeg, shown)
    assert ssim.compare(jpeg, shown).content_ssim > 0.9
    # The page itself is not redrawn for that.
    assert viewer.page.evaluate("__scenecast.stats().frames") == frames
    assert np.array_equal(viewer.pixels(), shown)


def test_pictures_of_any_size_have_everything_to_scale(connected):
    _, viewer, client = connected
    viewer.wait_until_drawn()
    small = meanwhile(viewer.page, lambda: render(client, 450, 600, transport_format="png"))
    large = meanwhile(viewer.page, lambda: render(client, 900, 1200, transport_format="png"))
    assert small.shape == (450, 600, 4) and large.shape == (900, 1200, 4)
    assert small[0, 0, 3] == 0 and small[225, 300, 3] == 255
    # What is measured in scene units covers the same part of both. Lines in pixels do not: they
    # are as thick as on a screen of that size.
    def pixels(picture, color):
        rgb = picture[picture[..., 3] > 250][:, :3].astype(int)
        return (np.abs(rgb - color).max(axis=-1) < 30).sum()

    for color, growth in [((206, 44, 36), 4.0), ((20, 20, 220), 4.0), ((20, 140, 60), 2.0)]:
        ratio = pixels(large, color) / pixels(small, color)
        assert ratio == pytest.approx(growth, rel=0.25), color


def test_several_pictures_are_taken_one_after_the_other(connected):
    server, viewer, client = connected
    viewer.wait_until_drawn()
    box = server.scene.get_handle_by_name("/box")

    def ask():
        pictures = {}

        def take(i):
            pictures[i] = render(client, 60 + i, 80, transport_format="png")

        threads = [threading.Thread(target=take, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        # A picture shows what was changed just before it was asked for.
        box.color = (40, 220, 60)
        return pictures, render(client, 300, 400)

    pictures, last = meanwhile(viewer.page, ask)
    assert [pictures[i].shape for i in range(4)] == [(60 + i, 80, 4) for i in range(4)]
    assert share_of(last, (30, 180, 50), tolerance=60) > 0.01


def test_pictures_wait_for_images(connected):
    server, viewer, client = connected
    viewer.wait_until_drawn()
    noise = np.random.default_rng(3).integers(0, 80, (1500, 1500, 3), dtype=np.uint8)
    noise[..., 1] += 170

    def ask():
        server.scene.add_image("/image", noise, 3.0, 3.0, wxyz=(0.7071, 0.7071, 0, 0))
        picture = render(client, 300, 400)
        server.scene.remove_by_name("/image")
        return picture, render(client, 300, 400)

    with_image, without = meanwhile(viewer.page, ask)
    green = [share_of(p, (40, 210, 40), tolerance=55) for p in (with_image, without)]
    assert green[0] > 0.05 > 0.02 > green[1], green


def test_impossible_pictures_fail_at_once(connected):
    _, viewer, client = connected
    viewer.wait_until_drawn()
    for height, width in [(0, 10), (100_000, 100_000)]:
        with pytest.raises(RuntimeError):
            meanwhile(viewer.page, lambda: render(client, height, width))
    assert meanwhile(viewer.page, lambda: render(client, 30, 40)).shape == (30, 40, 3)


def test_files_are_saved(connected):
    _, viewer, client = connected
    content = np.random.default_rng(2).bytes(3_000_000)
    with viewer.page.expect_download() as download:
        client.send_file_download("cloud.bin", content, save_immediately=True)
    assert download.value.suggested_filename == "cloud.bin"
    assert open(download.value.path(), "rb").read() == content
    notice = viewer.page.locator("#downloads div")
    notice.filter(has_text="Received cloud.bin (2.9M)").wait_for()
    notice.wait_for(state="detached")


def test_files_are_offered(connected):
    _, viewer, client = connected
    client.send_file_download("note.txt", b"hello", save_immediately=False)
    link = viewer.page.locator("#downloads a")
    link.filter(has_text="note.txt (5.0B)").wait_for()
    with viewer.page.expect_download() as download:
        link.click()
    assert open(download.value.path(), "rb").read() == b"hello"
    viewer.page.get_by_role("button", name="Close").click()
    link.wait_for(state="detached")


def test_texts_are_kept_for_programs(connected):
    _, viewer, client = connected
    page = viewer.page
    page.evaluate("localStorage.setItem('other', 'page')")
    storage = client.local_storage
    assert meanwhile(page, lambda: storage.get_item("k", timeout=10)) is None
    storage.set_item("k", "v")
    assert meanwhile(page, lambda: storage.get_item("k", timeout=10)) == "v"
    assert page.evaluate("localStorage.getItem('viser-user:k')") == "v"
    storage.remove_item("k")
    assert meanwhile(page, lambda: storage.get_item("k", timeout=10)) is None
    storage.set_item("a", "1")
    storage.clear()
    assert meanwhile(page, lambda: storage.get_item("a", timeout=10)) is None
    assert page.evaluate("localStorage.getItem('other')") == "page"


def test_gui_containers_follow_their_nodes(connected):
    server, viewer, _ = connected
    container = server.scene.add_3d_gui_container("/gui", position=(0.0, 0.0, 0.0))
    anchor = viewer.page.locator("#anchors > div")
    anchor.wait_for(state="attached")

    def place():
        viewer.page.wait_for_timeout(300)
        return anchor.evaluate("e => [new DOMMatrix(e.style.transform).e, new DOMMatrix(e.style.transform).f]")

    assert np.allclose(place(), (400, 300), atol=1)
    container.position = (0.0, 0.0, 0.5)
    x, y = place()
    assert abs(x - 400) < 1 and y < 280
    container.visible = False
    anchor.wait_for(state="detached")
    container.visible = True
    anchor.wait_for(state="attached")
    container.remove()
    anchor.wait_for(state="detached")
