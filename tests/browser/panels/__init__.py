"""Panels as Python programs: what viser's examples are about, as `server/examples/` has it in Rust.

Both print the same lines of what viewers do.
"""

import json


def told(name, handle, event="on_update"):
    """Prints each value of an input with a name; returns the input."""
    getattr(handle, event)(lambda _: print(name, json.dumps(handle.value)))
    return handle
