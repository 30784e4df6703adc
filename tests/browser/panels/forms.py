"""A form that Enter and a button submit."""


def build(server):
    gui = server.gui
    result = gui.add_markdown("Nothing is booked.")
    with gui.add_form("Booking") as form:
        name = gui.add_text("Name", "")
        seats = gui.add_number("Seats", 1, min=1, max=9, step=1)
        gui.add_button("Book", icon="send").on_click(lambda _: form.submit())

    @form.on_submit
    def _(_):
        print(f"booked {seats.value} for {name.value}")
        result.content = f"**{seats.value}** for {name.value}."
