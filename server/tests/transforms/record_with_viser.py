"""Prints what viser.transforms computes, for tests of ours: `record_with_viser.py > viser.json`."""

import json

import numpy as np
from viser.transforms import SE2, SE3, SO2, SO3

rng = np.random.default_rng(7)
# Sizes of tangent vectors from far below where series take over to near half a turn.
SIZES = (0.0, 1e-9, 1e-4, 0.005, 0.02, 0.7, 1.9, 3.1)


def tangent(size, dimensions, angular):
    """A tangent vector whose rotation has this angle."""
    vector = rng.uniform(-1.0, 1.0, dimensions)
    turn = vector[-angular:]
    vector[-angular:] = turn * (size / np.linalg.norm(turn))
    return vector


def cases(group, angular):
    space, dimensions = group.space_dim, group.tangent_dim
    other = group.exp(tangent(0.9, dimensions, angular))
    point = rng.uniform(-2.0, 2.0, space)
    for size in SIZES:
        v = tangent(size, dimensions, angular)
        x = group.exp(v)
        case = {
            "tangent": v,
            "parameters": x.parameters(),
            "log": x.log(),
            "matrix": x.as_matrix(),
            "adjoint": x.adjoint(),
            "inverse": x.inverse().parameters(),
            "other": other.parameters(),
            "product": (x @ other).parameters(),
            "point": point,
            "applied": x @ point,
        }
        if group is SO3:
            case["rpy"] = np.array(x.as_rpy_radians())
        yield {name: np.asarray(value).round(15).tolist() for name, value in case.items()}


groups = {"SO2": (SO2, 1), "SE2": (SE2, 1), "SO3": (SO3, 3), "SE3": (SE3, 3)}
recorded = {name: list(cases(*group)) for name, group in groups.items()}
lines = [
    f'"{name}": [\n' + ",\n".join(json.dumps(case) for case in found) + "\n]"
    for name, found in recorded.items()
]
print("{\n" + ",\n".join(lines) + "\n}")
