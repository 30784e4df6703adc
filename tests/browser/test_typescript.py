"""The TypeScript that is generated from the messages: it compiles, and a client lives on it."""

import os
import pathlib
import shutil
import subprocess

import pytest
from conftest import ROOT
from side_by_side import PICTURES
from viewer import share_of

EXAMPLE = ROOT / "server/examples/typescript_client"
RING = (200, 40, 40)


def compile_typescript(*arguments):
    tsc = os.environ.get("SCENECAST_TSC") or ROOT / "target/xtask/typescript/node_modules/.bin/tsc"
    done = subprocess.run([str(tsc), *map(str, arguments)], capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The example's client, compiled."""
    folder = tmp_path_factory.mktemp("typescript_client")
    assert compile_typescript("-p", EXAMPLE, "--outDir", folder) == ""
    shutil.copy(EXAMPLE / "index.html", folder)
    return folder


def test_viser_s_messages_compile_strictly():
    strict = ["--strict", "--noEmit", "--target", "es2022"]
    assert compile_typescript(*strict, ROOT / "server/typescript/messages.ts") == ""


def test_the_compiler_finds_wrong_uses(tmp_path):
    messages = ROOT / "server/typescript/messages"
    wrong = tmp_path / "wrong.ts"
    wrong.write_text(f"""
        import {{ isSceneNodeMessage, type Message }} from "{messages}";
        export function use(message: Message): number {{
          if (isSceneNodeMessage(message)) return message.name;
          if (message.type === "SetPositionMessage") return message.position[3];
          return message.type === "NoSuchMessage" ? 1 : 0;
        }}
    """)
    said = compile_typescript("--strict", "--noEmit", "--target", "es2022", wrong)
    for error in [
        "Type 'string' is not assignable to type 'number'",
        "Tuple type '[number, number, number]' of length '3' has no element at index '3'",
        "have no overlap",
    ]:
        assert error in said, said


def test_a_client_in_typescript_shows_and_moves_a_scene(page, open_viewer, scenecast_server):
    server = scenecast_server("examples/typescript_client", str(page))
    viewers = [open_viewer(server.url) for _ in range(2)]
    for viewer in viewers:
        viewer.page.wait_for_selector("body[data-ready]")
        viewer.wait_for(lambda pixels: share_of(pixels, RING) > 0.005, "the ring")
        assert viewer.page.inner_text("ul") == "/ring (PointCloudMessage)"
    before = viewers[1].pixels()
    viewers[0].page.locator("canvas").click(position={"x": 300, "y": 100})
    # Whoever clicks, all see where the ring goes.
    for viewer in viewers:
        viewer.page.wait_for_function(
            "document.querySelector('ul').innerText.includes('looks at 1.0, 1.0')"
        )
        viewer.wait_for(lambda pixels: (pixels != before).mean() > 0.005, "the ring elsewhere")
    path = pathlib.Path(PICTURES) / "typescript_client.png"
    viewers[1].page.screenshot(path=path)
    late = open_viewer(server.url)
    late.page.wait_for_selector("body[data-ready]")
    late.page.wait_for_function("document.querySelectorAll('li').length === 2")
