"""Two games played on our example and on its Python twin leave the same scenes, move by move.

How pieces get to where they end is a matter of time, so that scenes are compared, not messages.
"""

import ast

import pytest
from conversation import camera, conversations


def click(name):
    here = {"ray_origin": [0.0] * 3, "ray_direction": [1.0, 0.0, 0.0], "screen_pos": [0.5, 0.5]}
    return {
        "type": "SceneNodeClickMessage",
        "name": name,
        "instance_index": None,
        "modifier": None,
        "owner": "",
        **here,
    }


def press(label):
    return {"type": "GuiUpdateMessage", "uuid": f"@{label}", "updates": {"value": True}}


TURNS = {
    "Connect 4": camera(1.0),
    **{f"piece {n} in a column": click("/spheres/3") for n in range(1, 7)},
    "another column": click("/spheres/0"),
    "Tic-Tac-Toe": press("Tic-Tac-Toe"),
    "cross": click("/spheres/1_1"),
    "ring": click("/spheres/0_2"),
    "again": press("Connect 4"),
    "first piece again": click("/spheres/3"),
}


def scenes(said):
    """The scene after each turn: by node, the last message of each kind about it."""
    nodes, after = {}, []
    for lines in said:
        for line in lines:
            kind, fields = line.split(" ", 1)
            fields = ast.literal_eval(fields)
            name = fields.get("name")
            if not name:
                continue
            if kind == "RemoveSceneNodeMessage":
                gone = [node for node in nodes if f"{node}/".startswith(f"{name}/")]
                for node in gone:
                    del nodes[node]
            else:
                if "props" in fields:
                    # Viser's server does not always say where a frame is that is nowhere special.
                    at = {"name": name, "owner": fields["owner"]}
                    nodes[name] = {
                        "SetOrientationMessage": {**at, "wxyz": [1.0, 0.0, 0.0, 0.0]},
                        "SetPositionMessage": {**at, "position": [0.0, 0.0, 0.0]},
                    }
                nodes.setdefault(name, {})[kind] = fields
        after.append({name: dict(about) for name, about in nodes.items()})
    return dict(zip(TURNS, after))


@pytest.fixture(scope="module")
def both():
    """Our scenes and the Python program's."""
    turns = [[turn] for turn in TURNS.values()]
    ours, theirs = conversations("games", "games.py", turns, "0")
    return scenes(ours), scenes(theirs)


@pytest.mark.parametrize("turn", TURNS)
def test_both_games_stand_alike(both, turn):
    ours, theirs = (scenes[turn] for scenes in both)
    assert sorted(ours) == sorted(theirs)
    for name in theirs:
        assert ours[name] == theirs[name], name


def test_moves_are_seen(both):
    _, theirs = both
    assert "/game_pieces/5_3" in theirs["piece 6 in a column"]
    assert "/spheres/3" not in theirs["piece 6 in a column"], "the column is full"
    assert {"/symbols/1_1/0", "/symbols/0_2"} <= set(theirs["ring"])
    assert "/symbols/0_2" not in theirs["again"]
