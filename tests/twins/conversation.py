"""Talks to two programs as a viewer, and brings what they say into a form that can be compared.

Names that each server makes up (uuids) are numbered in the order of their appearance, and numbers
are compared as such: Python sends some whole numbers as integers, arrays may differ in width.
"""

import asyncio
import concurrent.futures
import io
import json
import os
import pathlib
import re
import struct
import sys

import msgspec
import numpy as np
import websockets
import zstandard
from PIL import Image
from program import Program

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = pathlib.Path(os.environ.get("SCENECAST_PROGRAMS", HERE.parents[1] / "target/debug"))

# A viewer has heard everything when it hears nothing for so long.
SILENCE_SECS = 0.25

# Every turn is answered, sooner or later.
PATIENCE_SECS = 10

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
        self._labels = {}

    def messages(self, messages):
        """Each message as one line of text."""
        messages = [message for message in messages if message["type"] != "ReplayDoneMessage"]
        for message in messages:
            props = message.get("props", {})
            if "label" in props:
                self._labels["@" + str(props["label"])] = message["uuid"]
            # A node's own order among GUIs is the time of day.
            if message["type"] == "Gui3DMessage":
                del props["order"]
        for at, message in enumerate(messages):
            self._forget_updated(message, messages[at + 1 :])
        return [f"{message.pop('type')} {self._plain(message)}" for message in messages]

    @staticmethod
    def _forget_updated(creation, later):
        """Leaves out what is updated anyway: Python creates components as they are by then."""
        if "uuid" not in creation or "props" not in creation:
            return
        for update in later:
            if update.get("uuid") == creation["uuid"]:
                for name in update.get("updates", {}):
                    creation["props"].pop(name, None)

    def real(self, message):
        """A message to send, with uuids in place of labels such as `@Slider`."""
        return {key: self._labels.get(str(value), value) for key, value in message.items()}

    def _plain(self, value):
        if isinstance(value, dict):
            # A message's own fields come in the same order; properties may not.
            return {key: self._entry(key, value[key]) for key in sorted(value)}
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

    def _entry(self, key, value):
        if key == "run_id":
            return self._name(value)
        if key == "_plotly_json_str" and value:
            return json.dumps(json.loads(value), sort_keys=True)
        return self._plain(value)

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


def camera(x):
    return {
        "type": "ViewerCameraMessage",
        "wxyz": [0.5, -0.5, 0.5, -0.5],
        "position": [x, 3.0, 3.0],
        "fov": 1.3,
        "near": 0.01,
        "far": 1000.0,
        "image_height": 600,
        "image_width": 800,
        "look_at": [0.0, 0.0, 0.0],
        "up_direction": [0.0, 0.0, 1.0],
    }


async def converse(url, turns):
    """What a viewer hears after each of its turns, which are lists of messages."""
    said = []
    plain = Plain()
    async with websockets.connect(
        url.replace("http", "ws"), subprotocols=["viser-v1.1.1"], max_size=None
    ) as socket:
        for messages in turns:
            for message in messages:
                await socket.send(msgspec.msgpack.encode(plain.real(message)))
            heard = []
            while True:
                patience = SILENCE_SECS if heard else PATIENCE_SECS
                try:
                    heard += decode(await asyncio.wait_for(socket.recv(), patience))
                except TimeoutError:
                    break
            said.append(plain.messages(heard))
    return said


def conversations(example, script, turns, *arguments):
    """What our program says at each turn, and what the Python program says. The arguments are for
    ours."""
    programs = [
        Program([str(PROGRAMS / "examples" / example), *arguments]),
        Program([sys.executable, str(HERE / script)]),
    ]
    urls = [program.wait_for(r"(?:serving|open) (http://\S+)") for program in programs]

    async def both():
        return await asyncio.gather(*(converse(url, turns) for url in urls))

    # In a thread of its own: playwright keeps an event loop in this one.
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        both_said = thread.submit(lambda: asyncio.run(both())).result()
    for program in programs:
        program.stop()
    return both_said
