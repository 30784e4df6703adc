"""Our GUI and its Python twin say the same, message for message, whatever viewers do."""

import difflib

import pytest
from conversation import camera, conversations


def value(label, value):
    return {"type": "GuiUpdateMessage", "uuid": label, "updates": {"value": value}}


def upload(name, size, parts):
    button = {"source_component_uuid": "@Upload", "transfer_uuid": name}
    yield {
        "type": "FileTransferStartUpload",
        **button,
        "filename": name,
        "mime_type": "text/plain",
        "part_count": len(parts),
        "size_bytes": size,
    }
    for index, content in enumerate(parts):
        yield {"type": "FileTransferPart", **button, "part_index": index, "content": content}


# What viewers do, and what both programs answer: they write down what they hear.
ACTIONS = {
    "click": [value("@Button", True)],
    "hold": [{"type": "GuiButtonHoldMessage", "uuid": "@Button", "frequency": 20}],
    "press one of a group": [value("@Group", "b")],
    "slide": [value("@Slider", 2)],
    "upload": list(upload("a.txt", 5, [b"abc", b"de"])),
    "upload nothing": list(upload("b.txt", 0, [])),
    "upload in disorder": [list(upload("c.txt", 3, [b"a", b"b", b"c"]))[i] for i in (0, 3, 1, 1, 2)],
    "submit": [
        value("@Field", "typed"),
        {"type": "GuiFormDirtyMessage", "uuid": "@Form"},
        {"type": "GuiFormSubmitMessage", "uuid": "@Form"},
    ],
    "trigger": [{"type": "CommandTriggerMessage", "uuid": "@Save"}],
}

TURNS = {
    **{step: [camera(step)] for step in range(12)},
    **ACTIONS,
    **{step: [camera(step)] for step in range(12, 18)},
}

# Where the order is open: of a viewer's own stream and that of all, and of a thread of Python's.
IN_ANY_ORDER = (12, 14, "submit")


@pytest.fixture(scope="module")
def both():
    """What our program says, and what the Python program says, turn by turn."""
    ours, theirs = conversations("twin_gui", "twin_gui.py", TURNS.values())
    return dict(zip(TURNS, ours)), dict(zip(TURNS, theirs))


@pytest.mark.parametrize("turn", TURNS)
def test_both_say_the_same(both, turn):
    ours, theirs = (said[turn] for said in both)
    assert theirs, "the turn says nothing: it tests nothing"
    if turn in IN_ANY_ORDER:
        ours, theirs = sorted(ours), sorted(theirs)
    difference = difflib.unified_diff(theirs, ours, "viser", "scenecast", n=0, lineterm="")
    assert ours == theirs, "\n".join(difference)
