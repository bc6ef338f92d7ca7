"""Scanners, packet generators and clients on the running kernel; helpers shared by all lab programs."""

from __future__ import annotations

import csv
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workbench.lab.agents import Agent, CommandError
from workbench.lab.netns import PEER, SUBJECT, two_namespaces
from workbench.lab.records import SignatureRecord, readable

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Program = tuple[str, ...]
"""One way of using a program: its name, its package (as `version_of` takes it), the words of the command with
blanks between, and more words. python, URL, HOST, PORT and FOLDER stand for what a run has.
"""

Row = TypeVar("Row", bound="DataclassInstance")

SEND = "from scapy.all import *; conf.verb = 0; send({})"


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
        for name, package, command in _commands(mac):
            if shutil.which(command[0]) is None:
                print(f"  left out: {name}: {command[0]} is absent")
                continue
            room.subject.packets.clear()
            try:
                room.subject.command("run", *command)
            except CommandError as error:
                print(f"  {name}: {error}")
            yield from _sent(room.subject, name, package_version(package), command)


def _sent(agent: Agent, name: str, known: str, command: tuple[str, ...]) -> Iterator[SignatureRecord]:
    words = " ".join(command).replace(sys.executable, "python").replace("␠", " ")
    for address in SUBJECT:
        if (":" in address) == (PEER[1] in words):
            for data in agent.wait_for_packet(address, "request"):
                yield from readable(name, known, "request", data, words)


def _commands(mac: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, package and command of each; scanners that write frames need the peer's hardware address."""
    plain, version6 = PEER
    for scan in ("-sS", "-sS -f", "-sS --mtu 24", "-sS -g 53", "-O --osscan-guess"):
        yield "Nmap", "nmap", ("nmap", "-Pn", "-n", "-p", "80,81", *scan.split(), plain)
    yield "Nmap", "nmap", ("nmap", "-6", "-Pn", "-n", "-p", "80", "-sS", version6)
    yield "Nmap, connect scan", "nmap", ("nmap", "-Pn", "-n", "-p", "80", "-sT", plain)
    zmap = ("-i", "cable", "-G", mac, "-S", SUBJECT[0], "-c", "1", "-b", "/dev/null", "--max-targets=1")
    yield "ZMap", "zmap", ("zmap", "-p", "80", *zmap, "-o", "/dev/null", plain)
    masscan = ("-e", "cable", "--adapter-ip", SUBJECT[0], "--router-mac", mac, "--wait", "1")
    yield "masscan", "masscan", ("masscan", "-p80", *masscan, plain)
    for words in ("", "-y", "--tcp-timestamp", "-w 1024"):
        yield "hping", "hping3", ("hping3", "-S", "-p", "80", "-c", "1", *words.split(), plain)
    for made in ("IP(dst='{0}')/TCP(dport=80)", "IPv6(dst='{1}')/TCP(dport=80)"):
        packet = made.format(plain, version6).replace(" ", "")
        yield "Scapy", "scapy", (sys.executable, "-c", SEND.format(packet).replace(" ", "␠"))
    yield from _clients(plain, version6)


def _clients(plain: str, version6: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for address in (plain, f"[{version6}]"):
        yield "curl", "curl", ("curl", "-s", "-m", "2", f"http://{address}/")
        yield "wget", "wget", ("wget", "-q", "-t", "1", "-T", "2", "-O", "/dev/null", f"http://{address}/")
    yield "Nmap's ncat", "ncat", ("ncat", "--send-only", plain, "80")


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
