"""Recordings as one file each: opened from the disk, without any network, and in other pages."""

import html
import os
import pathlib
import subprocess

import pytest
from firefox import Firefox
from player import wait_until_ready
from record import ROOT


@pytest.fixture(scope="module")
def exported(recordings, tmp_path_factory):
    """Exported pages by the recording's name."""
    programs = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", ROOT / "target/debug"))
    folder = tmp_path_factory.mktemp("exported")
    pages = {}
    for name, options in {"moving": ["--dark"], "still": []}.items():
        pages[name] = folder / f"{name}.html"
        command = [programs / "scenecast", "export", recordings[name].path, pages[name], *options]
        subprocess.run(command, check=True, capture_output=True)
    return pages


def check_moving(viewer, page, recording):
    """An exported recording plays, and jumps where it should."""
    page.wait_for_function("window.scenecast?.state.ready")
    assert page.get_attribute(":root", "data-theme") == "dark"
    times = [0.0, 3.3, 17.9, 8.1]
    digests = page.evaluate(
        "times => times.map((t) => (scenecast.seek(t), __scenecast.digest()))", times
    )
    assert digests == recording.digests(times)
    assert page.is_visible("#player-position")


def test_opens_from_the_disk(open_viewer, exported, recordings):
    viewer = open_viewer("about:blank")
    asked = []
    viewer.page.on("request", lambda request: asked.append(request.url[:60]))
    viewer.page.context.set_offline(True)
    viewer.open(exported["moving"].as_uri())
    check_moving(viewer, viewer.page, recordings["moving"])
    viewer.open(exported["still"].as_uri() + "?initialCameraPosition=4,0,1")
    wait_until_ready(viewer)
    assert viewer.page.evaluate("scenecast.camera.position") == pytest.approx([4, 0, 1])
    viewer.wait_until_drawn()
    assert not [url for url in asked if url.startswith("http")]


@pytest.mark.parametrize("kind", ["src", "srcdoc"])
def test_opens_in_a_frame(open_viewer, exported, recordings, tmp_path, kind):
    source = exported["moving"].as_uri()
    value = html.escape(exported["moving"].read_text()) if kind == "srcdoc" else source
    around = tmp_path / "around.html"
    around.write_text(f'<!DOCTYPE html><iframe {kind}="{value}" width="700" height="500"></iframe>')
    viewer = open_viewer(around.as_uri())
    check_moving(viewer, viewer.page.frames[1], recordings["moving"])
    # A page around it that has no origin commands it all the same.
    viewer.page.evaluate(
        """() => new Promise((resolve) => {
            addEventListener("message", ({ data }) => data.scenecast === "reply" && resolve());
            const call = { scenecast: "call", id: 1, method: "seek", args: [6.5] };
            document.querySelector("iframe").contentWindow.postMessage(call, "*");
        })"""
    )
    frame = viewer.page.frames[1]
    assert frame.evaluate("scenecast.state.time") == 6.5
    assert [frame.evaluate("__scenecast.digest()")] == recordings["moving"].digests([6.5])


def test_opens_in_firefox(exported, recordings, tmp_path):
    with Firefox(tmp_path) as firefox:
        firefox.open(exported["moving"].as_uri())
        firefox.wait_for("window.scenecast?.state.ready")
        times = [0.0, 3.3, 17.9, 8.1]
        digests = firefox.evaluate(
            f"{times}.map((t) => (scenecast.seek(t), __scenecast.digest()))"
        )
        assert digests == recordings["moving"].digests(times)
        firefox.evaluate("scenecast.play()")
        firefox.wait_for("scenecast.state.time > 9")
        frames = "__scenecast.stats().frames"
        firefox.wait_for(f"{frames} > 2")
        firefox.open(exported["still"].as_uri())
        firefox.wait_for("window.scenecast?.state.ready")
        firefox.wait_for(f"{frames} > 0")
        assert firefox.said == []
