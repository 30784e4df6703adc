"""Two panels that buttons place, and a tab group."""


def build(server):
    gui = server.gui
    server.scene.add_icosphere("/ball", radius=0.5, color=(220, 40, 40), cast_shadow=False)
    alpha, beta = gui.add_panel(), gui.add_panel()
    with alpha.add_tab("Alpha"):
        gui.add_text("Name", "ada")
        gui.add_slider("Size", 0, 10, 1, 3)
    with alpha.add_tab("More"):
        gui.add_checkbox("Extra", True)
    with beta.add_tab("Beta"):
        for index in range(3):
            gui.add_slider(f"Level {index}", 0, 10, 1, index)
    beta.dock_left()
    commands = {
        "left": alpha.dock_left,
        "right": alpha.dock_right,
        "above": lambda: alpha.dock_above(beta),
        "below": lambda: alpha.dock_below(beta),
        "float": lambda: alpha.float(x=20, y=-30),
        "sized": lambda: alpha.float(x=-50, y=60, width=250, height=180),
        "wide": lambda: alpha.set_width(350),
        "minimize": alpha.minimize,
        "expand": alpha.expand,
        "main right": gui.main_panel.dock_right,
        "main float": lambda: gui.main_panel.float(x=10, y=10),
        "hide": lambda: setattr(beta, "visible", False),
        "show": lambda: setattr(beta, "visible", True),
        "add": lambda: alpha.add_tab("Added"),
        "remove": alpha.remove,
    }
    for label, command in commands.items():
        # A lambda in a loop sees the last command only.
        gui.add_button(label).on_click(lambda _, command=command: command())
    tabs = gui.add_tab_group()
    with tabs.add_tab("One"):
        gui.add_text("Note", "hello")
    with tabs.add_tab("Two"):
        gui.add_checkbox("Second", True)
