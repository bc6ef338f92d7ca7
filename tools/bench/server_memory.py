"""What strangers leave in the kernel's memory: connections of which half say nothing and half are cut.

``unshare --net python -m tools.bench.server_memory`` as root prints a table: how many objects of the
size of a saved SYN the kernel has more than before, while 10,000 connections are open and after their end,
without `arm`, with `arm` alone, and with `client` too. The kernel counts for the whole machine: a difference
of some hundred is what others did meanwhile.
"""

from __future__ import annotations

import os
import resource
import socket
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

from huginn_cffi import server

CONNECTIONS = 10_000
SYNS = "kmalloc-96"
SLABS = Path("/proc/slabinfo")
WAYS: dict[str, tuple[Callable[[socket.socket], object], Callable[[socket.socket], object]]] = {
    "nothing": (id, id),
    "arm": (server.arm, id),
    "arm, client": (server.arm, server.client),
}


def objects() -> int:
    """How many objects of that size the kernel has."""
    (line,) = [line for line in SLABS.read_text().splitlines() if line.startswith(f"{SYNS} ")]
    return int(line.split()[1])


def strangers(address: tuple[str, int], count: int, until: int) -> None:
    """Connect, wait until the pipe is closed, then cut every other connection and close the rest."""
    held = [socket.create_connection(address) for _ in range(count)]
    os.read(until, 1)
    for cut in held[::2]:
        cut.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for one in held:
        one.close()


def measure(name: str, count: int) -> tuple[int, int]:
    """Objects more than before: while all connections are open, and after their end."""
    arm, read = WAYS[name]
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        arm(listener)
        before = objects()
        until, end = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(end)
                strangers(listener.getsockname(), count, until)
            finally:
                os._exit(0)
        os.close(until)
        accepted = [listener.accept()[0] for _ in range(count)]
        for one in accepted:
            read(one)
        during = objects()
        os.close(end)
        os.waitpid(child, 0)
        for one in accepted:
            one.close()
        return during - before, objects() - before


def main() -> None:
    """Print the table."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    print(f"{CONNECTIONS} connections with{'open':>16}{'closed':>16}")
    for name in WAYS:
        print(f"{name:22}" + "".join(f"{more:16}" for more in measure(name, CONNECTIONS)))


if __name__ == "__main__":
    main()
