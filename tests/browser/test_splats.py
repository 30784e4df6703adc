"""Gaussian splats: like viser's, sorted in a worker while they move, without work at rest, and in
colours that depend on the direction of view."""

import math
import os
import pathlib
import subprocess

import numpy as np
import pytest
import ssim
from program import Program
from scenes.splats import blob
from side_by_side import compare_clients, with_server
from viewer import share_of

import viser

PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", "target/debug"))

# Vertical, radians.
FOV = 0.9

# What viser's client says of all splats.
STOCK_COMPLAINT = "Computed radius is NaN"

# So many that they are not sorted before each picture.
MANY = 40_000

# Counts workers and the orders that they send.
WATCH = """(() => {
  const watched = (window.__watched = { workers: 0, orders: 0, errors: 0 });
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      watched.workers += 1;
      this.addEventListener("message", () => (watched.orders += 1));
      this.addEventListener("error", () => (watched.errors += 1));
    }
  };
})()"""


@pytest.fixture
def server():
    """A viser server of this test's own."""
    server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
    server.scene.configure_default_lights(True, cast_shadow=False)
    yield server
    server.stop()


def watched(viewer):
    return viewer.page.evaluate("window.__watched")


def frames(viewer):
    return viewer.page.evaluate("window.__scenecast.stats()")["frames"]


def open_watched(open_viewer, url):
    viewer = open_viewer(url)
    viewer.page.add_init_script(WATCH)
    viewer.page.reload()
    return viewer


def test_they_look_like_viser_s(open_viewer, our_client, stock_client, viser_server):
    def opened(url):
        viewer = open_viewer(url)
        viewer.expect_error(STOCK_COMPLAINT)
        return viewer

    likeness = compare_clients(opened, our_client, stock_client, viser_server("splats"), "splats")
    assert likeness.content_ssim >= 0.98, likeness


def test_a_worker_sorts_many_splats_like_viser(open_viewer, our_client, stock_client, server):
    handles = [
        server.scene.add_gaussian_splats(f"/{i}", **blob(i, MANY // 2), position=(0.4 * i, 0, 0))
        for i in range(2)
    ]
    url = f"http://127.0.0.1:{server.get_port()}"
    ours = open_watched(open_viewer, with_server(our_client, url))
    stock = open_viewer(with_server(stock_client, url))
    stock.expect_error(STOCK_COMPLAINT)
    ours.page.wait_for_function("window.__watched.orders >= 1")
    # One moves among the other and turns, so that the order changes.
    handles[1].position = (-0.4, 0.5, 0.3)
    handles[1].wxyz = (0.0, 0.0, 1.0, 0.0)
    ours.page.wait_for_function("window.__watched.orders >= 2")
    likeness = ssim.compare(ours.wait_until_drawn(), stock.wait_until_drawn())
    assert likeness.content_ssim >= 0.98, likeness
    assert watched(ours)["workers"] == 1 and watched(ours)["errors"] == 0

    # At rest nothing is sorted and nothing drawn.
    before = (frames(ours), watched(ours)["orders"])
    ours.page.wait_for_timeout(700)
    assert (frames(ours), watched(ours)["orders"]) == before


def test_a_page_without_a_server_has_its_worker_too(open_viewer, server, tmp_path):
    server.scene.add_gaussian_splats("/a", **blob(0, MANY))
    recording, page = tmp_path / "splats.viser", tmp_path / "splats.html"
    recording.write_bytes(server.get_scene_serializer().serialize())
    subprocess.run([PROGRAMS / "scenecast", "export", recording, page], check=True)
    viewer = open_watched(open_viewer, page.as_uri())
    viewer.page.wait_for_function("window.__watched.orders >= 1")
    viewer.wait_until_drawn()
    assert watched(viewer) == {"workers": 1, "orders": 1, "errors": 0}


def test_few_splats_need_no_worker(open_viewer, our_client, server):
    server.scene.add_gaussian_splats("/a", **blob(0, 500))
    url = f"http://127.0.0.1:{server.get_port()}"
    viewer = open_watched(open_viewer, with_server(our_client, url))
    viewer.wait_until_drawn()
    assert watched(viewer)["workers"] == 0


def test_splats_go_when_their_node_goes(open_viewer, our_client, server):
    green = np.tile([0.0, 1.0, 0.0], (MANY, 1))
    node = server.scene.add_gaussian_splats("/a", **{**blob(0, MANY), "rgbs": green})
    url = f"http://127.0.0.1:{server.get_port()}"
    viewer = open_viewer(with_server(our_client, url))
    is_there = lambda pixels: share_of(pixels, (0, 255, 0), 90) > 0.01
    viewer.wait_for(is_there, "green splats")
    node.visible = False
    viewer.wait_for(lambda pixels: not is_there(pixels), "nothing")
    node.visible = True
    viewer.wait_for(is_there, "green splats again")
    node.remove()
    viewer.wait_for(lambda pixels: not is_there(pixels), "nothing")


def harmonics(directions):
    """The 15 real spherical harmonics of degree 1 to 3 as 3D Gaussian splatting has them, from
    their definition by associated Legendre polynomials; `[N, 15]`."""
    x, y, z = directions.T
    azimuth = np.arctan2(y, x)
    # Polynomials of degree and order in z, times the square root's power; no further sign.
    legendre = {
        (1, 0): z,
        (1, 1): 1.0,
        (2, 0): (3 * z**2 - 1) / 2,
        (2, 1): 3 * z,
        (2, 2): 3.0,
        (3, 0): (5 * z**3 - 3 * z) / 2,
        (3, 1): (15 * z**2 - 3) / 2,
        (3, 2): 15 * z,
        (3, 3): 15.0,
    }
    columns = []
    for degree in (1, 2, 3):
        for order in range(-degree, degree + 1):
            m = abs(order)
            ratio = math.factorial(degree - m) / math.factorial(degree + m)
            size = math.sqrt((2 * degree + 1) / (4 * math.pi) * ratio)
            wave = np.sin(m * azimuth) if order < 0 else np.cos(m * azimuth)
            in_plane = (1 - z**2) ** (m / 2) * wave * (math.sqrt(2) if m else 1.0)
            # Odd orders have the sign of Condon and Shortley.
            columns.append((-1) ** m * size * legendre[degree, m] * in_plane)
    return np.stack(columns, axis=1)


def write_ply(path, centers, dc, rest, deviation):
    """Balls as programs that train splats write them, all opaque; `rest` is `[N, 15, 3]`."""
    count = len(centers)
    names = ["x", "y", "z", "f_dc_0", "f_dc_1", "f_dc_2"]
    names += [f"f_rest_{i}" for i in range(45)]
    names += ["opacity", "scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3"]
    columns = [
        centers,
        dc,
        # All of red, then all of green, then all of blue.
        rest.transpose(0, 2, 1).reshape(count, 45),
        np.full((count, 1), 20.0),
        np.full((count, 3), np.log(deviation)),
        np.tile([1.0, 0.0, 0.0, 0.0], (count, 1)),
    ]
    header = ["ply", "format binary_little_endian 1.0", f"element vertex {count}"]
    header += [f"property float {name}" for name in names] + ["end_header", ""]
    rows = np.concatenate(columns, axis=1).astype("<f4")
    path.write_bytes("\n".join(header).encode() + rows.tobytes())


def errors_at(pixels, eye, splats, deviation):
    """Differences between the picture and the reference in the middles of the splats, 0 to 255."""
    centers, dc, rest = splats
    height, width, _ = pixels.shape
    ahead = -eye / np.linalg.norm(eye)
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    relative = centers - eye
    depth = relative @ ahead
    focal = height / 2 / math.tan(FOV / 2)
    x = width / 2 + focal * (relative @ right) / depth
    y = height / 2 - focal * (relative @ np.cross(right, ahead)) / depth

    basis = harmonics(relative / np.linalg.norm(relative, axis=1, keepdims=True))
    color = 0.5 + dc / (2 * math.sqrt(math.pi)) + np.einsum("nk,nkc->nc", basis, rest)
    color = 255 * np.clip(color, 0.0, 1.0)
    # Pixels are not quite in the middles; the page behind is white.
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    aside = (column + 0.5 - x) ** 2 + (row + 0.5 - y) ** 2
    alpha = np.exp(-aside / 2 / ((focal * deviation / depth) ** 2 + 0.3))[:, None]
    seen = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    expected = color * alpha + 255 * (1 - alpha)
    assert seen.sum() > 40
    return np.abs(pixels[row[seen], column[seen]] - expected[seen])


def test_harmonics_are_those_of_a_reference(open_viewer, tmp_path):
    rng = np.random.default_rng(7)
    grid = np.stack(np.meshgrid(*[np.linspace(-1.5, 1.5, 8)] * 2), axis=-1).reshape(-1, 2)
    centers = np.stack([grid[:, 0], 0.2 * np.sin(5 * grid[:, 1]), grid[:, 1]], axis=1)
    dc = rng.normal(0.0, 0.5, (len(grid), 3))
    rest = rng.normal(0.0, 0.15, (len(grid), 15, 3))
    deviation = 0.05
    # One more far below, on the grid that the program adds under everything.
    below = [np.append(rows, rows[:1], axis=0) for rows in (centers, dc, rest)]
    below[0][-1] = (0.0, 0.0, -3.0)
    write_ply(tmp_path / "balls.ply", *below, deviation)
    program = Program([PROGRAMS / "scenecast", "view", tmp_path / "balls.ply", "--port", "0"])
    try:
        address = program.wait_for(r"(http://\S+)")
        errors = []
        for eye in [(0.4, -4.0, 0.3), (1.5, -3.5, -0.8), (-1.7, 3.6, 1.2)]:
            place = ",".join(map(str, eye))
            start = f"initialCameraPosition={place}&initialCameraLookAt=0,0,0"
            start += f"&initialCameraUp=0,0,1&initialCameraFov={FOV}"
            page, _, token = address.partition("?")
            viewer = open_viewer(f"{page}?{start}&{token}")
            pixels = viewer.wait_until_drawn().astype(float)
            errors.append(errors_at(pixels, np.array(eye), (centers, dc, rest), deviation))
        errors = np.concatenate(errors)
        assert errors.mean() < 1.0, f"{errors.mean()} of 255 in the mean, {errors.max()} at most"
    finally:
        program.stop()
