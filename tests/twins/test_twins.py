"""A program of ours and its Python twin say the same, message for message.

Names that each server makes up (uuids) are numbered in the order of their appearance, and numbers
are compared as such: Python sends some whole numbers as integers, arrays may differ in width.
"""

import asyncio
import concurrent.futures
import difflib
import io
import os
import pathlib
import re
import struct
import sys

import msgspec
import numpy as np
import pytest
import websockets
import zstandard
from PIL import Image
from program import Program

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", HERE.parents[1] / "target/debug"))

STEPS = 25

# A viewer has heard everything when it hears nothing for so long.
SILENCE_SECS = 0.25

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def decode(frame):
    """The messages of a window, with arrays in their places."""
    size, compressed = struct.unpack_from("<QQ", frame, 0)
    block = frame[16 : 16 + compressed]
    raw = zstandard.ZstdDecompressor().decompress(block, max_output_size=size)
    window = msgspec.msgpack.decode(raw)
    buffers, at = [], 16 + compressed
    for length in window["binaryBufferLengths"]:
        at = (at + 7) // 8 * 8
        buffers.append(frame[at : at + length])
        at += length

    def restore(value):
        if isinstance(value, dict):
            if "__binary_index" in value:
                buffer = buffers[value["__binary_index"]]
                return np.frombuffer(buffer, np.dtype(value["dtype"]))
            return {key: restore(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [restore(entry) for entry in value]
        return value

    return [restore(message) for message in window["messages"]]


class Plain:
    """Brings the messages of one server into a form that can be compared."""

    def __init__(self):
        self._names = {}

    def messages(self, messages):
        """Each message as one line of text, without the GUI, which both have their own of."""
        lines = []
        for message in messages:
            name = message.pop("type")
            if name not in ("ReplayDoneMessage", "SetGuiPanelLabelMessage") and not (
                name.startswith("GuiSetPanel")
            ):
                lines.append(f"{name} {self._plain(message)}")
        return lines

    def _plain(self, value):
        if isinstance(value, dict):
            # A message's own fields come in the same order; properties may not.
            return {key: self._plain(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return [self._plain(entry) for entry in value]
        if isinstance(value, np.ndarray):
            kind = "float" if value.dtype.kind == "f" else value.dtype.name
            return (kind, *np.round(value.astype(float), 3).tolist())
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            return round(float(value), 6) + 0.0
        if isinstance(value, bytes):
            return self._bytes(value)
        return UUID.sub(lambda uuid: self._name(uuid[0]), value)

    def _name(self, uuid):
        return self._names.setdefault(uuid, f"uuid-{len(self._names)}")

    @staticmethod
    def _bytes(value):
        """Compressors differ; what they compress does not."""
        if value.startswith(b"\x89PNG"):
            return ("png", np.asarray(Image.open(io.BytesIO(value))).tolist())
        if value.startswith(b"\xff\xd8") and len(value) < 2000:
            picture = Image.open(io.BytesIO(value))
            # Coarse, since each JPEG encoder rounds in its own way.
            small = np.asarray(picture.resize((1, 1))).reshape(-1)
            return ("jpeg", picture.size, [round(int(channel) / 16) for channel in small])
        return value.hex() if len(value) < 4000 else (len(value), hash(value))


async def converse(url):
    """What a viewer hears: at first, and after each of its moves."""
    said = []
    plain = Plain()
    async with websockets.connect(
        url.replace("http", "ws"), subprotocols=["viser-v1.1.1"], max_size=None
    ) as socket:
        for step in range(STEPS + 1):
            camera = {
                "type": "ViewerCameraMessage",
                "wxyz": [0.5, -0.5, 0.5, -0.5],
                "position": [step, 3.0, 3.0],
                "fov": 1.3,
                "near": 0.01,
                "far": 1000.0,
                "image_height": 600,
                "image_width": 800,
                "look_at": [0.0, 0.0, 0.0],
                "up_direction": [0.0, 0.0, 1.0],
            }
            await socket.send(msgspec.msgpack.encode(camera))
            heard = []
            while True:
                try:
                    heard += decode(await asyncio.wait_for(socket.recv(), SILENCE_SECS))
                except TimeoutError:
                    if heard or step > 0:
                        break
            said.append(plain.messages(heard))
    return said


@pytest.fixture(scope="module")
def conversations():
    """What our program says, and what the Python program says."""
    programs = [
        Program([str(PROGRAMS / "examples/twin")]),
        Program([sys.executable, str(HERE / "twin.py")]),
    ]
    urls = [program.wait_for(r"serving (http://\S+)") for program in programs]

    async def both():
        return await asyncio.gather(*(converse(url) for url in urls))

    # In a thread of its own: playwright keeps an event loop in this one.
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        yield thread.submit(lambda: asyncio.run(both())).result()
    for program in programs:
        program.stop()


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_both_say_the_same(conversations, step):
    ours, theirs = (conversation[step] for conversation in conversations)
    assert theirs, "the step says nothing: it tests nothing"
    difference = difflib.unified_diff(theirs, ours, "viser", "scenecast", n=0, lineterm="")
    assert ours == theirs, "\n".join(difference)
