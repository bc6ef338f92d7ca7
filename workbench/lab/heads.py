"""Measure HTTP clients and servers: ``python -m workbench.lab.heads [NAME ...]``.

Each installed client sends a request to a server here, which records the head of the first request and
answers. Each installed server gets a request like curl's. Results are added to the table beside this file;
existing rows stay. Values that vary between runs (times, host names) are left out.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.lab.tools import LoopbackServer, Program, add_rows, filled, programs, table, version_of

TABLE = Path(__file__).resolve().parent / "heads.csv"
LONGEST_S = 30
HIDDEN = {"host", "date", "last-modified", "etag", "content-length", "set-cookie", "sec-ch-ua"}
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
QUESTION = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n\r\n"


@dataclass(frozen=True, slots=True)
class CapturedHead:
    """A head. ``kind`` is request or response; ``head`` is version and headers, separated by |."""

    program: str
    version: str
    kind: str
    command: str
    head: str
    date: str


Run = Callable[[list[str], int], bytes]


def described(head: bytes, response: bool) -> str:
    """The digit of the version, then the headers as sent; varying values are left out."""
    first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    version = (first.split(" ")[0] if response else first.rsplit(" ", 1)[-1])[-1]
    shown = []
    for line in lines:
        name, _, value = line.partition(":")
        shown.append(name if name.lower() in HIDDEN else f"{name}:{value}")
    return "|".join((version, *shown))


class HeadServer(LoopbackServer):
    """Records the heads of requests, one per connection."""

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        super().__init__(port)

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(LONGEST_S)
            try:
                head = read_head(connection)
                if b"favicon" not in head and head:
                    self.heads.append(head)
                connection.sendall(ANSWER)
            except OSError:
                return


def read_head(connection: socket.socket) -> bytes:
    """The bytes up to the empty line."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(65536)
        if not more:
            break
        head += more
    return head


def first_head(command: list[str], look: Callable[[], bytes]) -> bytes:
    """The first result of `look` while a program runs."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + LONGEST_S
        while not (head := look()) and running.poll() is None and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(0.2)
        head = head or look()
        running.kill()
    return head


def asked_by(command: list[str], port: int) -> bytes:
    server = HeadServer(port)
    with server.socket:
        return first_head(command, lambda: b"".join(server.heads[:1]))


def answered_by(command: list[str], port: int) -> bytes:
    def ask() -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
                connection.sendall(QUESTION)
                return read_head(connection)
        except OSError:
            return b""

    return first_head(command, ask)


def measure(names: Iterable[str]) -> Iterator[CapturedHead]:
    """Heads of the programs whose names begin with `names` (default: all). Each has its own folder."""
    wanted = tuple(names) or ("",)
    runs: dict[str, Run] = {"request": asked_by, "response": answered_by}
    for kind, run in runs.items():
        for one in programs(kind):
            if one.name.startswith(wanted):
                with TemporaryDirectory() as folder:
                    yield from _measured(
                        one.filled({"URL": "http://127.0.0.1:PORT/"}), kind, run, Path(folder)
                    )


def _measured(one: Program, kind: str, run: Run, folder: Path) -> Iterator[CapturedHead]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    values = {"PORT": str(port), "FOLDER": str(folder)}
    command = one.command(values)
    if command is None:
        return
    for file, text in table()["files"].items():
        (folder / file).write_text(filled(text, values))
    head = run(command, port)
    seen = described(head, kind == "response") if head else ""
    print(f"{kind:9}{one.name:20}{seen or 'nothing'}")
    if seen:
        shown = " ".join(one.words).replace("\n", "; ")
        yield CapturedHead(one.name, version_of(one.package), kind, shown, seen, date.today().isoformat())


def main() -> None:
    add_rows(TABLE, CapturedHead, measure(sys.argv[1:]), ("program", "version", "kind", "command"))


if __name__ == "__main__":
    main()
