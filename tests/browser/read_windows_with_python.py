"""A client that knows messages as Python viser does: prints those that a server sends in windows, and
sends where its camera is once it has everything."""

import sys

import msgspec
import numpy as np
import websockets.sync.client
import zstandard
from viser import _messages


def read_window(frame):
    """The messages of a window, with arrays in the place of their placeholders."""
    size = int.from_bytes(frame[8:16], "little")
    window = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(frame[16 : 16 + size]))
    at, arrays = 16 + size, []
    for length in window["binaryBufferLengths"]:
        at = -(-at // 8) * 8
        arrays.append(frame[at : at + length])
        at += length
    assert at == len(frame)

    def resolve(value):
        if isinstance(value, dict):
            if "__binary_index" in value:
                return np.frombuffer(arrays[value["__binary_index"]], value["dtype"])
            return {key: resolve(inner) for key, inner in value.items()}
        return value

    return [resolve(message) for message in window["messages"]]


def describe(message):
    kind = message["type"]
    # Python knows each of the classes and all of their fields.
    known = _messages.Message._subclass_from_type_string()[kind]
    known._from_serializable_dict({k: v for k, v in message.items() if k != "type"})
    if kind == "PointCloudMessage":
        return f"{kind} {message['name']} {len(message['props']['points']) // 3} points"
    if kind == "SetPositionMessage":
        return f"{kind} {tuple(round(x) for x in message['position'])}"
    return f"{kind} {message['props']['text']}" if "props" in message else kind


with websockets.sync.client.connect(
    sys.argv[1], subprotocols=["viser-v1.1.1"], compression=None, max_size=None
) as socket:
    count = 0
    while count < 4:
        for message in read_window(socket.recv()):
            print(describe(message))
            count += 1
            if message["type"] != "ReplayDoneMessage":
                continue
            camera = _messages.ViewerCameraMessage(
                wxyz=(1.0, 0.0, 0.0, 0.0),
                position=(1.0, 2.0, 3.0),
                fov=1.0,
                near=0.01,
                far=1000.0,
                image_height=600,
                image_width=800,
                look_at=(1.0, 2.0, 0.0),
                up_direction=(0.0, 0.0, 1.0),
            )
            socket.send(msgspec.msgpack.encode(camera.as_serializable_dict()))
