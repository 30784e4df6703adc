"""A program of ours and its Python twin say the same, message for message."""

import difflib

import pytest
from conversation import camera, conversations

STEPS = 25


@pytest.fixture(scope="module")
def both():
    """What our program says, and what the Python program says."""
    return conversations("twin", "twin.py", [[camera(step)] for step in range(STEPS + 1)])


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_both_say_the_same(both, step):
    ours, theirs = (said[step] for said in both)
    assert theirs, "the step says nothing: it tests nothing"
    difference = difflib.unified_diff(theirs, ours, "viser", "scenecast", n=0, lineterm="")
    assert ours == theirs, "\n".join(difference)
