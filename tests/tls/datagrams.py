"""Hellos in datagrams: the harness `hellos.c`, which asks the core as its engine does."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import builds
from tests.support.core import sources
from tests.support.sanitizers import SANITIZERS

NEEDED = ("flow/runs", "base/cpu", "base/digest", "base/error", "base/memory")
MODULES = ("connections", "dtls", "quic", "quic_look")
MORE = ("names", "hello", "openvpn", "quic_packet")
PLENTY = 1 << 24
CLIENT, SERVER = 1, 2
NO_LIBCRYPTO = 77


@dataclass(frozen=True, slots=True)
class HandshakeMessage:
    """A handshake message: `datagram` ended it and `first` began its connection, both from 1."""

    datagram: int
    first: int
    transport: str
    kind: int
    version: int
    data: bytes
    """QUIC: header and body; DTLS: the body."""

    @property
    def whole(self) -> bytes:
        """Header of TLS and body."""
        if self.transport == "quic":
            return self.data
        return bytes([self.kind]) + len(self.data).to_bytes(3, "big") + self.data


@dataclass(frozen=True, slots=True)
class Datagrams:
    """The built program."""

    program: Path

    def ask(
        self, commands: Iterable[str], *, most_bytes: int = PLENTY, locked: bool = False
    ) -> tuple[list[HandshakeMessage], dict[str, int]]:
        """Messages, and what was counted."""
        *lines, counts = self.lines(commands, most_bytes=most_bytes, locked=locked)
        pairs = (one.split("=") for one in counts.split())
        return [_message(line) for line in lines], {name: int(value) for name, value in pairs if value != "0"}

    def lines(self, commands: Iterable[str], *, most_bytes: int = PLENTY, locked: bool = False) -> list[str]:
        """What the program prints."""
        arguments = [str(self.program), str(most_bytes), *(["locked"] if locked else [])]
        text = "".join(f"{line}\n" for line in commands)
        done = subprocess.run(arguments, input=text, capture_output=True, text=True, timeout=300)
        if done.returncode == NO_LIBCRYPTO:
            pytest.skip("there is no libcrypto on this system")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()


def _message(line: str) -> HandshakeMessage:
    datagram, first, transport, kind, version, data = line.split(" ")
    return HandshakeMessage(
        int(datagram), int(first), transport, int(kind), int(version, 16), bytes.fromhex(data)
    )


def command(flow: int, side: int, data: bytes) -> str:
    """A datagram of one side of a flow."""
    return f"take {flow} {int(side)} {data.hex()}"


def build(folder: Path, source: str = "hellos", *, flags: Sequence[str] = SANITIZERS) -> Datagrams:
    """Compile the harness; the test is skipped without a compiler."""
    own = Path(__file__).with_name(f"{source}.c")
    files = (own, *sources(*(f"tls/{name}" for name in (*MODULES, *MORE)), *NEEDED))
    builds.write_headers(folder)
    return Datagrams(builds.program(folder / source, files, [*builds.FLAGS, f"-I{folder}", *flags], ["-ldl"]))
