"""The cost of finding the systems of a server's clients, in processor time per connection.

``python -m tools.bench.server`` prints three tables. First: each round makes, accepts and closes the same
number of loopback connections in each way; figures are medians over the rounds, and medians of the difference
to another way in the same round. Second: the same for uvicorn, by its own processor time. Third: requests per
second that it answers to wrk (Debian package wrk), with all processors busy; skipped without wrk.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from huginn_cffi import server
from huginn_cffi.server.sockets import TCP_SAVE_SYN, TCP_SAVED_SYN
from tools.bench.measure import processor_s

CONNECTIONS, ROUNDS, SERVER_ROUNDS, SECONDS = 3000, 15, 5, 3
Arm = Callable[[socket.socket], object]
Read = Callable[[socket.socket], object]


def named(connection: socket.socket) -> str | None:
    """The value that most servers need."""
    found = server.client(connection)
    return None if found is None else found.name


WAYS: dict[str, tuple[Arm, Read]] = {
    "nothing": (id, id),
    "bare options": (
        lambda listener: listener.setsockopt(socket.IPPROTO_TCP, TCP_SAVE_SYN, 1),
        lambda connection: connection.getsockopt(socket.IPPROTO_TCP, TCP_SAVED_SYN, 512),
    ),
    "arm, saved_syn": (server.arm, server.saved_syn),
    "arm, client and its name": (server.arm, named),
}


def spent(arm: Arm, read: Read, connections: int) -> float:
    """Processor seconds per connection. The listener is armed anew, as if it were one of many."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        address = listener.getsockname()
        began = time.process_time()
        for _ in range(connections):
            arm(listener)
            client = socket.socket()
            client.connect(address)
            accepted, _ = listener.accept()
            read(accepted)
            accepted.close()
            client.close()
        return (time.process_time() - began) / connections


def measure(connections: int, rounds: int) -> dict[str, list[float]]:
    """Microseconds per connection, for each way a figure per round."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for way in WAYS.values():
        spent(*way, min(connections, 500))  # loads everything that is loaded on first use
    for _ in range(rounds):
        for name, way in WAYS.items():
            found[name].append(spent(*way, connections) * 1e6)
    return found


def above(found: dict[str, list[float]], name: str, other: str) -> float:
    """The median difference between two ways, in microseconds."""
    return median(one - two for one, two in zip(found[name], found[other], strict=True))


APPLICATION = """
import sys
async def app(scope, receive, send):
    text = str(scope["state"].get("huginn.client")).encode()
    headers = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": text})
"""
SERVERS = {
    "uvicorn": "import uvicorn; run = uvicorn.run",
    "with the systems of clients": "from huginn_cffi.server.uvicorn import run",
}
SERVE = "run(app, port={port}, lifespan='off', log_level='critical')"


@contextmanager
def serving(start: str) -> Iterator[tuple[int, int]]:
    """Start a server in its own process and wait until it answers; gives process and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = "\n".join((APPLICATION, start, SERVE.format(port=port)))
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        try:
            while True:
                try:
                    asked(port)
                    break
                except ConnectionRefusedError:
                    assert process.poll() is None, "the server ended"
                    time.sleep(0.02)
            yield process.pid, port
        finally:
            process.terminate()


def served(start: str, requests: int) -> tuple[float, bytes]:
    """A server's processor seconds per request, each on its own connection; and the last answer."""
    with serving(start) as (process, port):
        before = processor_s(process)
        for _ in range(requests):
            answer = asked(port)
        return (processor_s(process) - before) / requests, answer


LOADS = {"a connection a request": ("--header", "Connection: close"), "16 connections that last": ()}


def loaded(start: str, words: tuple[str, ...], seconds: int) -> tuple[float, float]:
    """Requests per second that a server answers to 16 clients at once, and processor seconds per request."""
    with serving(start) as (process, port):
        command = ["wrk", "--threads=1", "--connections=16", f"--duration={seconds}s", *words]
        before = processor_s(process)
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}/"], check=True, capture_output=True, text=True
        )
        spent = processor_s(process) - before
    assert "Non-2xx" not in done.stdout, done.stdout
    (requests,) = re.findall(r"(\d+) requests in", done.stdout)
    return int(requests) / seconds, spent / int(requests)


def asked(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port)) as talk:
        talk.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return b"".join(iter(lambda: talk.recv(4096), b""))


def main() -> None:
    found = measure(CONNECTIONS, ROUNDS)
    print(f"{'a connection with':30}{'µs':>8}{'above nothing':>16}{'above bare options':>20}")
    for name, figures in found.items():
        beside = (above(found, name, other) for other in ("nothing", "bare options"))
        print(f"{name:30}{median(figures):8.1f}" + "{:16.1f}{:20.1f}".format(*beside))
    if importlib.util.find_spec("uvicorn") is None:
        return
    print(f"\n{'a request of a server':30}{'µs':>8}")
    taken: dict[str, list[float]] = {name: [] for name in SERVERS}
    for _ in range(SERVER_ROUNDS):
        for name, start in SERVERS.items():
            taken[name].append(served(start, CONNECTIONS)[0] * 1e6)
    for name, figures in taken.items():
        print(f"{name:30}{median(figures):8.1f}")
    if shutil.which("wrk") is None:
        return
    print(f"\n{'under load':55}{'requests/s':>12}{'µs':>8}")
    for load, words in LOADS.items():
        rounds = [
            {name: loaded(start, words, SECONDS) for name, start in SERVERS.items()}
            for _ in range(SERVER_ROUNDS)
        ]
        for name in SERVERS:
            rate, took = (median(figures) for figures in zip(*(one[name] for one in rounds), strict=True))
            print(f"{load + ', ' + name:55}{rate:12.0f}{took * 1e6:8.1f}")


if __name__ == "__main__":
    main()
