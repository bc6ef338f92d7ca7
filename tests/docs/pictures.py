"""The pictures of the manual: ``python -m tests.docs.pictures`` makes them all anew.

Drawings are SVG; ``--drawings`` makes these alone. Screens are photographed, light and dark: that needs
chromium, what the page for a browser is built with, and tshark.
"""

from __future__ import annotations

import os
import sys

from tests.docs.charts import floods, growth, ratios, witnesses
from tests.docs.diagrams import flow, lookup, rooms
from tests.docs.packet_list import packet_list
from tests.docs.screens import FOLDER, ROOT, photograph

PACKET_LIST = "packet-list.svg"
DRAWINGS = {
    "floods.svg": floods,
    "speed.svg": ratios,
    "growth.svg": growth,
    "witnesses.svg": witnesses,
    "data-flow.svg": flow,
    "decision-table.svg": lookup,
    "rooms.svg": rooms,
}


def main() -> None:
    """Makes all of them."""
    os.chdir(ROOT)  # reports and screens name the capture as it is called
    FOLDER.mkdir(exist_ok=True)
    for name, draw in DRAWINGS.items():
        (FOLDER / name).write_text(draw(), encoding="utf-8")
    if sys.argv[1:] != ["--drawings"]:
        (FOLDER / PACKET_LIST).write_text(packet_list(), encoding="utf-8")
        photograph()


if __name__ == "__main__":
    main()
