"""What learning costs when strangers choose the names: in proportion to the packets."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from huginn_cffi import Database
from huginn_cffi.explain.messages import Explainer
from huginn_workbench.learning import collisions, learn, programs
from huginn_workbench.learning.programs import SeenMessage
from sigcompiler.overlap import covers
from tests.support.captures import pcap
from tests.support.packets import NOP, Ip4, Tcp, mss, packet, wscale
from tests.support.sanitizers import SANITIZED

FEW, MANY = 125, 1000


def labelled(folder: Path, hosts: int) -> tuple[Path, Path]:
    """A SYN of each host with a window of its own, and labels that give each a name of its own."""
    capture, labels = folder / f"{hosts}.pcap", folder / f"{hosts}.csv"
    syn = packet(Ip4(), Tcp(options=mss(1399) + NOP * 5 + wscale(3), window=12345))
    rows = ["file,frame,direction,ip,os_family,os_version"]
    records = []
    for number in range(hosts):
        data = bytearray(syn)
        struct.pack_into("!I", data, 12, 0x0B000000 + number)
        struct.pack_into("!H", data, 34, 1000 + number)
        records.append((number, bytes(data)))
        name = "Acme" + "".join(chr(ord("A") + int(digit)) for digit in str(number))
        rows.append(f"{capture.name},{number + 1},request,11.0.{number >> 8}.{number & 255},{name},1")
    capture.write_bytes(pcap(records))
    labels.write_text("\n".join(rows) + "\n")
    return capture, labels


@pytest.mark.alone
@pytest.mark.skipif(SANITIZED, reason="measures the processor's time")
def test_names_of_their_own_cost_in_proportion(tmp_path: Path) -> None:
    """Eight times the hosts took 60 times as long while each line was compared with all others."""
    taken = []
    for hosts in (FEW, MANY):
        capture, labels = labelled(tmp_path, hosts)
        began = time.process_time()
        found = learn(capture, labels=labels)
        taken.append(time.process_time() - began)
        assert len(found.proposals) == hosts
    assert taken[1] < 3 * (MANY / FEW) * taken[0]


def test_a_line_that_nothing_touches_is_not_linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiler's warnings about the database are made once, not for each line anew."""
    calls: list[int] = []
    warnings_of = collisions.warnings_of

    def counted(signatures: list[object]) -> list[str]:
        calls.append(len(signatures))
        return warnings_of(signatures)  # type: ignore[arg-type]

    monkeypatch.setattr(collisions, "warnings_of", counted)
    capture, labels = labelled(tmp_path, 50)
    assert len(learn(capture, labels=labels).proposals) == 50
    assert len(calls) == 1


def test_a_message_is_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each was compared with all: 400 names of their own took 20 seconds."""
    compared = 0

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            nonlocal compared
            compared += 1
            return function(*arguments)

        return call

    monkeypatch.setattr(programs, "covers", counted(covers))
    monkeypatch.setattr(Explainer, "explain", counted(Explainer.explain))
    seen = [
        SeenMessage("request", f"1:Host,X-{number},Accept:Via:", "192.0.2.1", "a", 1, f"s:!:P{number}:")
        for number in range(100)
    ]
    found = programs.learn_heads(seen, Database.compile(text="classes = unix\n"), "captures", "http:request")
    assert len(found.proposals) == 100
    assert compared <= 2 * 100
