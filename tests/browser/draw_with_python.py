"""A client of the whiteboard that knows messages as Python's `viser.infra` does: it prints the ids
of the strokes that are there, and draws one."""

import dataclasses
import sys

import msgspec
import numpy as np
import viser.infra
import websockets.sync.client


class Board(viser.infra.Message):
    """What is said at the board."""

    def redundancy_key(self):
        return type(self).__name__


@dataclasses.dataclass
class Stroke(Board):
    id: str
    color: str
    points: np.ndarray


@dataclasses.dataclass
class Clear(Board):
    pass


@dataclasses.dataclass
class People(Board):
    count: int


with websockets.sync.client.connect(sys.argv[1], subprotocols=["viser-v1.1.1"]) as socket:
    assert socket.subprotocol == "viser-v1.1.1"
    while not isinstance(said := Board.deserialize(socket.recv()), Stroke):
        pass
    points = np.frombuffer(said.points, np.float32).reshape(-1, 2)
    assert points[0].tolist() == [100, 100] and points[-1].tolist() == [300, 200]
    stroke = Stroke("python", "#00aa00", np.array([[10, 20], [30, 40.5]], np.float32))
    socket.send(msgspec.msgpack.encode(stroke.as_serializable_dict()))
    print(said.id)
