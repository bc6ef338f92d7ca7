"""Finds labels that are probably wrong, and tools that know the labels."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from tempfile import TemporaryDirectory

from huginn_cffi import Database
from huginn_workbench.benchmark.captures import handshakes_in
from huginn_workbench.benchmark.lists import LabelledHost
from huginn_workbench.benchmark.run import AnswerRow
from huginn_workbench.benchmark.score import grade, graded
from huginn_workbench.benchmark.tools import Adapter, ToolAnswer
from huginn_workbench.evaluation.answers import shown
from huginn_workbench.evaluation.run import contradictions


def doubtful_labels(
    hosts: Sequence[LabelledHost], captures: Mapping[str, Path], answers: Sequence[AnswerRow]
) -> Iterator[str]:
    """A sentence for each label that packets or all tools contradict, or whose host sends nothing."""
    sent = {(row.capture, end) for row in answers for end in (row.answer.host, row.answer.mac)}
    counted = [host for host in hosts if host.first.certainty != "doubtful"]
    for host in counted:
        if host.first.capture in captures and host.key not in sent:
            yield f"{host.first.capture}: {host.first.host}: no tool sees this host"
    yield from _refuted(counted, captures)
    grades: dict[tuple[tuple[str, str], str], set[tuple[str, str, str]]] = defaultdict(set)
    for one in graded(counted, answers):
        if one.said:
            grades[one.host.key, one.field].add((one.tool, one.grade, one.said))
    labels = {host.key: host.values for host in counted}
    for (key, field), some in grades.items():
        if {found for _, found, _ in some} == {"wrong"}:
            said = ", ".join(sorted({f"{tool} says {text}" for tool, _, text in some}))
            yield f"{key[0]}: {key[1]}: {field} {labels[key][field]} is contradicted: {said}"


def _refuted(hosts: Iterable[LabelledHost], captures: Mapping[str, Path]) -> Iterator[str]:
    """Labels that single packets refute, by rules that use no database of signatures."""
    by_key = {host.key: host for host in hosts if host.first.handshake and "family" in host.values}
    for capture in dict.fromkeys(capture for capture, _ in by_key):
        yield from dict.fromkeys(_reasons(capture, captures[capture], by_key) if capture in captures else ())


def _reasons(capture: str, path: Path, hosts: Mapping[tuple[str, str], LabelledHost]) -> Iterator[str]:
    """A sentence for each handshake packet that refutes the label of its host."""
    for direction, part in handshakes_in(path, Database.load_default()):
        if host := hosts.get((capture, part.source.ip)):
            packet = replace(host.as_packet(), direction=direction, evidence=host.first.evidence)
            for reason in contradictions(packet, shown(part)):
                yield f"{capture}: {packet.ip}: {packet.family} is refuted: {reason}"


def cheating(adapter: Adapter, hosts: Sequence[LabelledHost], captures: Mapping[str, Path]) -> Iterator[str]:
    """A sentence for each capture whose name, checksum or addresses alone give a tool its answers.

    The tool reads a copy of the capture with another name and checksum, whose packets are the same; then a
    file with the capture's name, in which each labelled address sends one empty datagram.
    """
    for capture, path in captures.items():
        with TemporaryDirectory() as folder:
            copy, decoy = Path(folder, f"copy{path.suffix}"), Path(folder, capture)
            copy.write_bytes(other_checksum(path.read_bytes()))
            if _answers(adapter, path) != _answers(adapter, copy):
                yield f"{adapter.NAME}: other answers about a renamed copy of {capture}"
            own = [host for host in hosts if host.first.capture == capture and _is_ip4(host.first.host)]
            decoy.write_bytes(decoy_capture(host.first.host for host in own))
            by_address = {host.first.host: host for host in own}
            for answer in _answers(adapter, decoy):
                known = by_address.get(answer.host)
                for field in known.values if known else ():
                    if known and grade(known, field, answer) == "right":
                        yield f"{adapter.NAME}: {field} of {answer.host} without evidence in {capture}"


def _answers(adapter: Adapter, path: Path) -> list[ToolAnswer]:
    try:
        return sorted(adapter.answers(path))
    except Exception:  # it fails on both copies, or they differ
        return []


def other_checksum(content: bytes) -> bytes:
    """The same packets in a file with another checksum."""
    if content[:4] != b"\x0a\x0d\x0d\x0a":  # the significant figures of times, which every reader ignores
        return content[:12] + bytes([content[12] ^ 1]) + content[13:]
    order = "<" if content[8:12] == b"\x4d\x3c\x2b\x1a" else ">"
    return content + struct.pack(f"{order}IIII", 0x0BAD, 16, 0, 16)  # a custom block


def decoy_capture(addresses: Iterable[str]) -> bytes:
    """A capture in which each address sends one empty UDP datagram."""
    packets = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)]
    for number, address in enumerate(addresses):
        head = struct.pack(">BBHHHBBH", 0x45, 0, 28, 0, 0, 64, 17, 0)
        head += IPv4Address(address).packed + IPv4Address("192.0.2.254").packed
        total = sum(struct.unpack(">10H", head))
        total = (total & 0xFFFF) + (total >> 16)
        head = head[:10] + struct.pack(">H", ~((total & 0xFFFF) + (total >> 16)) & 0xFFFF) + head[12:]
        packets.append(struct.pack("<IIII", number, 0, 28, 28) + head + struct.pack(">HHHH", 9, 9, 8, 0))
    return b"".join(packets)


def _is_ip4(host: str) -> bool:
    return host.count(".") == 3 and ip_address(host).version == 4
