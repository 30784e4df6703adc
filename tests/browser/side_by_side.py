"""Our client and viser's own on the same running server."""

import os
import pathlib
from urllib.parse import quote

import ssim

PICTURES = pathlib.Path(os.environ.get("SCENECAST_PICTURES", "target/xtask/pictures"))


def with_server(client_url, server_url):
    """The address of a client that is to talk to the given server."""
    websocket = server_url.replace("http://", "ws://", 1)
    return f"{client_url}?websocket={quote(websocket, safe=':/')}"


def compare_clients(open_viewer, our_client, stock_client, server_url, name):
    """Shows a server's scene in both clients; returns the `Likeness` and keeps a sheet of both."""
    stock = open_viewer(with_server(stock_client, server_url)).wait_until_drawn()
    ours = open_viewer(with_server(our_client, server_url)).wait_until_drawn()
    likeness = ssim.compare(ours, stock)
    ssim.save_sheet(PICTURES / f"{name}.png", ours, stock)
    return likeness
