"""An agent in a namespace or a virtual machine, controlled line by line."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

AGENT = Path(__file__).resolve().parent / "agent"
BOOT_S = 180.0
ANSWER_S = 60.0
PACKET_S = 1.0


class CommandError(Exception):
    """The agent could not execute a command: for example, this kernel lacks a sysctl."""


def build_agent(target: Path) -> Path:
    """Compile the agent into a program without dependencies, not even on a C library."""
    command = ["go", "build", "-trimpath", "-o", str(target), "."]
    subprocess.run(command, cwd=AGENT, check=True, env={**os.environ, "CGO_ENABLED": "0"})
    return target


@dataclass(slots=True)
class Agent:
    """A running agent. `addresses` are the source addresses of its packets."""

    process: subprocess.Popen[str]
    addresses: tuple[str, str]
    packets: list[bytes] = field(default_factory=list)
    """Observed SYNs and SYN+ACKs, from the IP header on; the caller empties the list."""
    _answers: Queue[str] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        Thread(target=self._read, daemon=True).start()

    def command(self, *words: object) -> str:
        """Run a command. Returns the text after "ok"; raises `CommandError` with the text after "error"."""
        line = " ".join(map(str, words))
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer(line, ANSWER_S)

    def wait_for_packet(self, source: str, direction: str) -> list[bytes]:
        """The different packets of a sender in a direction; empty if none comes in time."""
        deadline = time.monotonic() + PACKET_S
        while True:
            found = dict.fromkeys(data for data in list(self.packets) if is_from(data, source, direction))
            if found or time.monotonic() > deadline:
                return list(found)
            time.sleep(0.002)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, _, rest = line.strip().partition(" ")
            if word == "packet":
                self.packets.append(bytes.fromhex(rest))
            elif word in ("ok", "error"):
                self._answers.put(line.strip())
        self._answers.put("error the agent has ended")

    def answer(self, what: str, limit_s: float) -> str:
        """The answer to `what`; raises `CommandError` if none comes in time."""
        try:
            word, _, rest = self._answers.get(timeout=limit_s).partition(" ")
        except Empty:
            raise CommandError(f"{what}: no answer within {limit_s} s") from None
        if word == "error":
            raise CommandError(f"{what}: {rest}")
        return rest


@contextmanager
def running(command: list[str], addresses: tuple[str, str]) -> Iterator[Agent]:
    """A program that is or contains an agent; yielded when the agent reports that it watches."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            agent = Agent(process, addresses)
            agent.answer("to begin", BOOT_S)
            yield agent
        finally:
            process.kill()


def is_from(data: bytes, source: str, direction: str) -> bool:
    """Whether an IP packet is a SYN ("request") or a SYN+ACK ("response") from this sender."""
    version = data[0] >> 4
    header, address = ((data[0] & 15) * 4, data[12:16]) if version == 4 else (40, data[8:24])
    acknowledges = bool(data[header + 13] & 0x10)
    return address == ip_address(source).packed and acknowledges == (direction == "response")
