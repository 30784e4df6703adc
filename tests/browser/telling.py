"""What a client tells its server while somebody moves a mouse, a finger or presses keys."""

import numpy as np
from side_by_side import with_server

# Longer than any of the intervals at which viewers tell of moves.
PAUSE_MS = 70


EYE = np.array([1.0, -6.0, 3.0])


def pixel(point):
    """Where a point is seen by a camera at `EYE` that looks at the origin, in CSS pixels."""
    forward = -EYE / np.linalg.norm(EYE)
    right = np.cross(forward, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    offset = np.array(point) - EYE
    per_unit = 300.0 / (offset @ forward * np.tan(np.radians(37.5)))
    x, y = offset @ right, offset @ np.cross(right, forward)
    return 400.0 + x * per_unit, 300.0 - y * per_unit


def ignore(_):
    """What scripts do with an event is of no interest here."""


def told(open_viewer, client, listener, act):
    """What a client tells the server while somebody acts."""
    viewer = open_viewer(with_server(client, listener.url))
    # Said by the stock client, when it drags.
    viewer.expect_error("Unable to preventDefault inside passive event listener")
    listener.wait_for_viewer(viewer.page)
    viewer.wait_until_drawn()
    listener.clear()
    act(viewer.page)
    heard = listener.heard()
    viewer.page.goto("about:blank")
    listener.wait_until_alone(viewer.page)
    return heard


def is_number(name, value):
    """Whether a field is a measure; whole ones travel as integers."""
    return isinstance(value, (float, list)) or name in ("fov", "near", "far")


def numbers(message):
    """All measures of a message, in order of their fields."""
    values = [np.ravel(np.array(v, dtype=float)) for k, v in sorted(message.items()) if is_number(k, v)]
    return np.concatenate(values) if values else np.zeros(0)


def words(message):
    """Everything else."""
    return {k: v for k, v in message.items() if not is_number(k, v)}


def assert_same(ours, stock):
    """Fails unless both lists tell the same, to a thousandth."""
    assert [words(m) for m in ours] == [words(m) for m in stock]
    for a, b in zip(ours, stock):
        assert np.allclose(numbers(a), numbers(b), atol=1e-3), (a, b)
