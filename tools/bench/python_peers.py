"""Times a peer that is a Python package: ``python python_peers.py pyp0f|scapy FILE``.

Its own program, so that its imports burden nobody else. Prints one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter, process_time
from typing import Any


def _pyp0f() -> Callable[[Any], bool]:
    import_module("pyp0f.database").DATABASE.load()
    functions = import_module("pyp0f.fingerprint")

    def named(packet: Any) -> bool:
        functions.fingerprint_mtu(packet)
        return functions.fingerprint_tcp(packet).match is not None

    return named


def _scapy() -> Callable[[Any], bool]:
    module = import_module("scapy.modules.p0f")
    module.p0fdb.get_base()

    def named(packet: Any) -> bool:
        module.fingerprint_mtu(packet)
        return module.p0f(packet) is not None

    return named


def main() -> None:
    """Read the capture with scapy and ask the peer about each packet."""
    peer, path = sys.argv[1:]
    import_module("scapy.layers.all")  # without it scapy knows no link type
    reader_of = import_module("scapy.utils").PcapReader
    named = {"pyp0f": _pyp0f, "scapy": _scapy}[peer]()
    packets = names = 0
    began, cpu = perf_counter(), process_time()
    with reader_of(path) as reader:
        for packet in reader:
            names += named(packet)
            packets += 1
    spent = {"seconds": perf_counter() - began, "cpu": process_time() - cpu}
    print(json.dumps({"packets": packets, **spent, "names": names}))


if __name__ == "__main__":
    main()
