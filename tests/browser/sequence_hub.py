"""A hub with a timeline, in a page of Python: what a viewer of sequences has to get along with.

It serves bodies that swim around, and answers for their frames. A test can look at what it was
asked for, change frames, stop it and start it again at the same address.
"""

import contextlib
import math
import socket
import threading
import time

import msgspec
import numpy as np
import zstandard
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

# Who connects to this path is sent the scene as it is, and no frames.
WITHOUT_FRAMES = "/still"

COLORS = [(230, 60, 50), (60, 190, 90), (40, 120, 230), (240, 180, 40), (160, 90, 220)]


def window(messages):
    """Messages as a server sends them at once."""
    buffers = []

    def beside(value):
        if isinstance(value, np.ndarray):
            buffers.append(np.ascontiguousarray(value).tobytes())
            return {"__binary_index": len(buffers) - 1, "dtype": value.dtype.str}
        if isinstance(value, dict):
            return {key: beside(entry) for key, entry in value.items()}
        if isinstance(value, (list, tuple)):
            return [beside(entry) for entry in value]
        return value

    contents = {
        "messages": beside(messages),
        "timestampSec": time.perf_counter(),
        "binaryBufferLengths": [],
    }
    contents["binaryBufferLengths"] = [len(buffer) for buffer in buffers]
    packed = msgspec.msgpack.encode(contents)
    block = zstandard.ZstdCompressor(level=1).compress(packed)
    payload = bytearray(len(packed).to_bytes(8, "little") + len(block).to_bytes(8, "little"))
    payload += block
    for buffer in buffers:
        payload += bytes(-len(payload) % 8)
        payload += buffer
    return bytes(payload)


def sphere(rings, sectors):
    """Corners and triangles of a ball of radius 0.4."""
    up = np.linspace(0, np.pi, rings)
    around = np.linspace(0, 2 * np.pi, sectors, endpoint=False)
    corners = np.stack(
        [
            np.outer(np.sin(up), np.cos(around)),
            np.outer(np.sin(up), np.sin(around)),
            np.outer(np.cos(up), np.ones(sectors)),
        ],
        axis=-1,
    ).reshape(-1, 3)
    a = (np.arange(rings - 1)[:, None] * sectors + np.arange(sectors)).ravel()
    b = (np.arange(rings - 1)[:, None] * sectors + (np.arange(sectors) + 1) % sectors).ravel()
    faces = np.concatenate([np.stack([a, a + sectors, b]), np.stack([b, a + sectors, b + sectors])], 1)
    return (0.4 * corners).astype(np.float32), faces.T.astype(np.uint32)


class SequenceHub:
    """A hub of `bodies` whose corners move over `frames`; body 1 has half as many frames."""

    def __init__(self, bodies=3, frames=120, rings=12, sectors=16, fps=60.0):
        self.rest, self.faces = sphere(rings, sectors)
        self.lengths = [frames if body != 1 else frames // 2 for body in range(bodies)]
        self.twist = [0.0] * bodies
        self.frame, self.is_playing, self.loops, self.fps = 0, False, True, fps
        self.requests, self.commands, self.greetings = [], [], 0
        self.errors = []
        self._lock = threading.RLock()
        self._connections = []
        self._port = 0
        self._began = time.monotonic()
        self.start()

    def start(self):
        """Serves, at the address of before if there was one."""
        self._server = serve(
            self._handle, "127.0.0.1", self._port, select_subprotocol=lambda _, offered: offered[0]
        )
        self._port = self._server.socket.getsockname()[1]
        self.url = f"ws://127.0.0.1:{self._port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        """Hangs up on everybody and ends."""
        self._server.shutdown()
        with self._lock:
            connections, self._connections = self._connections, []
        for connection in connections:
            # Without a word, as a program that is killed. Who has left has no socket any more.
            with contextlib.suppress(OSError):
                connection.socket.shutdown(socket.SHUT_RDWR)

    @property
    def length(self):
        """Frames of the timeline."""
        return max(self.lengths)

    def vertices(self, body, frame):
        """Where a body's corners are in a frame of its own, `[V, 3]`."""
        turn = 2 * np.pi * frame / self.lengths[body] + self.twist[body]
        at = np.array([1.6 * np.cos(turn + body), 1.6 * np.sin(turn + body), 0.25 * body - 0.5])
        wave = 1.0 + 0.3 * np.sin(3 * turn + 4 * self.rest[:, 2:])
        return (self.rest * wave + at).astype(np.float32)

    def frame_messages(self, body, frame):
        """What brings a body to a frame."""
        return [
            {
                "name": name(body),
                "updates": {"vertices": self.vertices(body, frame)},
                "owner": "",
                "type": "SceneNodeUpdateMessage",
            },
            {
                "name": name(body),
                "position": [0.0, 0.0, 0.3 * math.sin(2 * math.pi * frame / self.lengths[body])],
                "owner": "",
                "type": "SetPositionMessage",
            },
        ]

    def now(self):
        """The frame of the shared timeline."""
        if self.is_playing:
            passed = int((time.monotonic() - self._began) * self.fps)
            return (self.frame + passed) % self.length
        return self.frame

    def timeline(self, **change):
        """Changes the shared timeline, and tells everybody."""
        with self._lock:
            self.frame = change.pop("frame", self.now())
            self._began = time.monotonic()
            for field, value in change.items():
                setattr(self, field, value)
            self._broadcast([self._timeline_state()])

    def change(self, body, twist):
        """Moves a body elsewhere, in all of its frames."""
        with self._lock:
            self.twist[body] = twist
            self._broadcast(
                [
                    {
                        "name": name(body),
                        "revision": body,
                        "first": 0,
                        "count": self.lengths[body],
                        "type": "ScenecastTrackChangeMessage",
                    }
                ]
            )

    def _timeline_state(self):
        return {
            "frame": self.now(),
            "length": self.length,
            "is_playing": self.is_playing,
            "loops": self.loops,
            "fps": self.fps,
            "type": "ScenecastTimelineMessage",
        }

    def _scene(self):
        messages = []
        for body, frames in enumerate(self.lengths):
            frame = min(self.now(), frames - 1)
            messages += [
                mesh(body, self.vertices(body, frame), self.faces),
                *self.frame_messages(body, frame),
                {
                    "name": name(body),
                    "frames": frames,
                    "bytes_per_frame": self.rest.nbytes + 200,
                    "revision": body,
                    "type": "ScenecastTrackMessage",
                },
            ]
        return [*messages, self._timeline_state(), {"type": "ReplayDoneMessage"}]

    def _broadcast(self, messages):
        payload = window(messages)
        for connection in self._connections:
            try:
                connection.send(payload)
            except ConnectionClosed:
                pass

    def _handle(self, connection):
        with self._lock:
            connection.send(window(self._scene()))
            self._connections.append(connection)
        try:
            for payload in connection:
                self._hear(connection, msgspec.msgpack.decode(payload))
        except (ConnectionClosed, OSError):
            pass
        except Exception as error:
            self.errors.append(repr(error))
            raise
        with self._lock:
            if connection in self._connections:
                self._connections.remove(connection)

    def _hear(self, connection, message):
        kind = message.pop("type")
        if kind == "ScenecastPlaysSequencesMessage":
            self.greetings += 1
        elif kind == "ScenecastTimelineCommandMessage":
            self.commands.append(message)
            self.timeline(**{key: v for key, v in message.items() if v is not None})
        elif kind == "ScenecastFramesRequestMessage":
            body = int(message["name"].rsplit("-", 1)[1])
            first, count = message["first"], message["count"]
            if connection.request.path == WITHOUT_FRAMES:
                return
            self.requests.append((body, first, count))
            with self._lock:
                end = min(first + count, self.lengths[body])
                frames = [self.frame_messages(body, frame) for frame in range(first, end)]
                answer = {
                    "name": name(body),
                    "revision": body,
                    "first": first,
                    "frames": frames,
                    "type": "ScenecastFramesMessage",
                }
                connection.send(window([answer]))


def name(body):
    """A body's scene node."""
    return f"/hub/body-{body}"


def mesh(body, vertices, faces):
    """The message that adds a body."""
    return {
        "name": name(body),
        "owner": "",
        "virtual": False,
        "props": {
            "vertices": vertices,
            "faces": faces,
            "color": list(COLORS[body % len(COLORS)]),
            "wireframe": False,
            "opacity": None,
            "flat_shading": False,
            "side": "front",
            "material": "standard",
            "scale": 1.0,
            "cast_shadow": False,
            "receive_shadow": False,
        },
        "type": "MeshMessage",
    }
