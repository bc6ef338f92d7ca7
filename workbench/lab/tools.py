"""Scanners, packet generators and clients on the running kernel; helpers shared by all lab programs."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import tomllib

from workbench.lab.agents import Agent, CommandError
from workbench.lab.netns import PEER, SUBJECT, two_namespaces
from workbench.lab.records import SignatureRecord, readable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


@cache
def table() -> dict[str, Any]:
    """The content of programs.toml."""
    return tomllib.loads(Path(__file__).with_name("programs.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Program:
    """One way of using a program: its name, its package (as `version_of` takes it), and its command."""

    name: str
    package: str
    words: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> Program:
        """With values for words in capitals."""
        texts = (filled(text, values) for text in (self.name, self.package, *self.words))
        return Program(next(texts), next(texts), tuple(texts))

    def command(self, values: Mapping[str, str]) -> list[str] | None:
        """The command with these values, and this Python for python; None, with a message, if absent."""
        words = [sys.executable if word == "python" else word for word in self.filled(values).words]
        if shutil.which(words[0]):
            return words
        print(f"  left out: {self.name}: {words[0]} is absent", file=sys.stderr)
        return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with values for words in capitals."""
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def programs(part: str, **more: Iterable[str]) -> Iterator[Program]:
    """Each way of using the programs of a part of the table; `more` are values that only a run knows."""
    for one in table()[part]:
        own = {name: value for name, value in one.items() if name.isupper()}
        for command in one["commands"]:
            words = (*command.split(), *([one["code"]] if "code" in one else []))
            program = Program(one["name"], one.get("package", ""), words)
            known = {**table()["values"], **more, **own}
            names = [name for name in known if any(name in word for word in words)]
            for values in product(*(known[name] for name in names)):
                yield program.filled(dict(zip(names, values, strict=True)))


def package_version(name: str) -> str:
    """The version of a Debian package, else of a Python package; "" if there is neither."""
    command = ["dpkg-query", "--show", "--showformat=${Version}", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def version_of(package: str) -> str:
    """The same; for a command (which has a blank) its first line of output; for "" this Python's version."""
    if not package:
        return sys.version.split()[0]
    if " " not in package:
        return package_version(package)
    done = subprocess.run(package.split(), capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).splitlines()[0].partition(" from ")[0].rpartition(": ")[2].strip()


def measure(program: Path) -> Iterator[SignatureRecord]:
    """Measure each tool once per way of using it; missing tools are left out."""
    with two_namespaces(program) as room:
        room.peer.command("listen", 80)
        mac = room.peer.command("cat", "/sys/class/net/cable/address")
        for one in programs("syn"):
            command = one.command({"HOST6": PEER[1], "HOST": PEER[0], "SOURCE": SUBJECT[0], "MAC": mac})
            if command is None:
                continue
            room.subject.packets.clear()
            try:
                room.subject.command("run", *(word.replace(" ", "␠") for word in command))
            except CommandError as error:
                print(f"  {one.name}: {error}")
            yield from _sent(room.subject, one, command)


def _sent(agent: Agent, one: Program, command: Sequence[str]) -> Iterator[SignatureRecord]:
    words = " ".join(command).replace(sys.executable, "python")
    for address in SUBJECT:
        if (":" in address) == (PEER[1] in words):
            for data in agent.wait_for_packet(address, "request"):
                yield from readable(one.name, package_version(one.package), "request", data, words)


class LoopbackServer:
    """Listens on this machine. Each connection has a thread, which a subclass lets do more than close it."""

    def __init__(self, port: int = 0, address: str = "127.0.0.1") -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.socket = socket.create_server((address, port), family=family)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        connection.close()


# ---- tables of measurements: CSV files with a dataclass of texts per row ------------------------------


def read_table(path: Path, kind: type[Row]) -> list[Row]:
    """All rows; empty if there is no file yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [kind(**row) for row in csv.DictReader(file)]


def write_table(path: Path, rows: Iterable[Row], kind: type[Row]) -> None:
    """Replace the table with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(field.name for field in fields(kind))
        out.writerows(map(astuple, rows))


def add_rows(path: Path, kind: type[Row], rows: Iterable[Row], keys: Sequence[str]) -> None:
    """Replace rows with the same values in `keys`; all other rows stay."""
    known = {tuple(getattr(one, key) for key in keys): one for one in (*read_table(path, kind), *rows)}
    write_table(path, sorted(known.values(), key=astuple), kind)
