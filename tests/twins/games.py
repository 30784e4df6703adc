"""The same program as `server/examples/games.rs`, for Python viser."""

import time

import numpy as np
from twin import go_on, start
from viser.transforms import SO3

ROWS, COLUMNS = 6, 7
STEP_SECS = 0.033
WHITE = (255, 255, 255)
FACING = SO3.from_y_radians(np.pi / 2).wxyz


def ring(inner, outer, height, corners=48):
    """A disc with a hole, about z."""
    turn = 2 * np.pi * np.arange(corners) / corners
    profile = np.array([(inner, -1), (outer, -1), (outer, 1), (inner, 1)])
    at = [(r * np.cos(t), r * np.sin(t), side * height / 2) for t in turn for r, side in profile]
    faces = []
    for corner in range(corners):
        here, there = corner * 4, (corner + 1) % corners * 4
        for point in range(4):
            after = (point + 1) % 4
            faces += [(here + point, there + point, there + after)]
            faces += [(here + point, there + after, here + after)]
    return {"vertices": np.array(at, np.float32), "faces": np.array(faces), "flat_shading": True}


class ConnectFour:
    def __init__(self, server):
        self.scene, self.moves, self.pieces = server.scene, 0, [0] * COLUMNS
        server.scene.reset()
        server.initial_camera.position = (9.0, 3.0, 4.5)
        server.initial_camera.look_at = (0.0, 3.0, 2.5)
        hole = {**ring(0.45, 0.55, 0.125), "color": (60, 90, 190), "wxyz": FACING}
        for column in range(COLUMNS):
            for row in range(ROWS):
                name = f"/structure/{row}_{column}"
                self.scene.add_mesh_simple(name, **hole, position=(0, column, row))
        for column in range(COLUMNS):
            at = (0, column, ROWS - 0.25)
            ball = self.scene.add_icosphere(f"/spheres/{column}", 0.25, WHITE, position=at)
            ball.on_click(lambda _, ball=ball, column=column: self.drop(ball, column))

    def drop(self, ball, column):
        row = self.pieces[column]
        self.pieces[column] += 1
        self.moves += 1
        if row == ROWS - 1:
            ball.remove()
        color = (255, 255, 0) if self.moves % 2 else (255, 0, 0)
        look = {"color": color, "wxyz": FACING, "position": (0, column, ROWS - 1)}
        piece = self.scene.add_cylinder(f"/game_pieces/{row}_{column}", 0.4, 0.125, **look)
        for height in range(ROWS - 1, row - 1, -1):
            piece.position = (0, column, height)
            time.sleep(STEP_SECS)


class TicTacToe:
    def __init__(self, server):
        self.scene, self.moves = server.scene, 0
        server.scene.reset()
        line = np.array([(-0.5, -1.5, 0), (-0.5, 1.5, 0)])
        for side in range(4):
            wxyz = SO3.from_z_radians(np.pi / 2 * side).wxyz
            look = {"color": (127, 127, 127), "position": (1, 1, 0), "wxyz": wxyz}
            self.scene.add_spline_catmull_rom(f"/gridlines/{side}", line, **look)
        for i in range(3):
            for j in range(3):
                ball = self.scene.add_icosphere(f"/spheres/{i}_{j}", 0.25, WHITE, position=(i, j, 0))
                ball.on_click(lambda _, ball=ball, i=i, j=j: self.mark(ball, i, j))

    def mark(self, ball, i, j):
        ball.remove()
        self.moves += 1
        name, at = f"/symbols/{i}_{j}", (i, j, 0)
        for scale in np.linspace(0.2, 1, 5):
            if self.moves % 2:
                for stroke, turn in enumerate((np.pi / 4, -np.pi / 4)):
                    look = {"wxyz": SO3.from_z_radians(turn).wxyz, "position": at}
                    size = (0.7 * scale, 0.125 * scale, 0.125)
                    self.scene.add_box(f"{name}/{stroke}", (0, 0, 255), size, **look)
            else:
                circle = ring(0.25 * scale, 0.35 * scale, 0.125)
                self.scene.add_mesh_simple(name, **circle, color=(255, 0, 0), position=at)
            time.sleep(STEP_SECS)


def main():
    server = start()
    for label, game in ("Tic-Tac-Toe", TicTacToe), ("Connect 4", ConnectFour):
        server.gui.add_button(label).on_click(lambda _, game=game: game(server))
    ConnectFour(server)
    go_on(server)


if __name__ == "__main__":
    main()
