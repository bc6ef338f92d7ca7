"""Answers name the packets of captures behind them; the packets are read here without huginn."""

from __future__ import annotations

import json
import shlex
import struct
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from huginn_cffi.cli import main
from tests.audit.made import Printed, policy, rule
from tests.support.captures import pcap
from tests.support.devices.made import datagram
from tests.support.hosts import BEGAN
from tests.support.office import PATH

HEAD = 24
RULES = (
    rule("No old Windows", "flavor LIKE '1%'", where="\"family = 'Windows'\""),
    rule("No SSH", "port != 22", of='"services"'),
    rule("SSH for one", "peer = '192.0.2.11'", of='"peers"', where="\"direction = 'from' AND port = 22\""),
    rule("Another MAC", "mac != '00:00:5e:00:53:30'"),
    rule("No printers", "type != 'printer'", of='"devices"'),
    rule("No MTU", "mtu IS NULL", where="\"ip = '192.0.2.30'\""),
)


def frames(path: str) -> list[bytes]:
    data, found, at = Path(path).read_bytes(), [], HEAD
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at + 8)
        found.append(data[at + 16 : at + 16 + size])
        at += 16 + size
    return found


def split(folder: Path, after: int) -> list[str]:
    """The office's capture as two captures."""
    data, at = PATH.read_bytes(), HEAD
    for _ in range(after):
        at += 16 + int(struct.unpack_from("<I", data, at + 8)[0])
    paths = [folder / "first.pcap", folder / "second.pcap"]
    for path, body in zip(paths, (data[HEAD:at], data[at:]), strict=True):
        path.write_bytes(data[:HEAD] + body)
    return [*map(str, paths)]


def failures(printed: Printed, *words: str) -> dict[str, list[dict[str, Any]]]:
    main(["audit", *words, "--format", "json"])
    return {one["name"]: one["failures"] for one in json.loads(printed.readouterr().out)["rules"]}


@pytest.mark.parametrize("after", [0, 37, 69])
def test_each_answer_names_packets_by_their_numbers_in_each_capture(
    tmp_path: Path, capsys: Printed, after: int
) -> None:
    captures = split(tmp_path, after) if after else [str(PATH)]
    found = failures(capsys, policy(tmp_path, *RULES), *captures)
    assert [len(found[name]) for name in ("No old Windows", "No SSH", "SSH for one", "Another MAC")] == [
        1
    ] * 4
    events: dict[str, set[str]] = {}
    for name, answers in found.items():
        for answer in answers:
            assert answer["packets"], name
            for packet in answer["packets"]:
                frame = frames(packet["capture"])[packet["number"] - 1]
                assert ip_address(answer["ip"]).packed in frame
                events.setdefault(name, set()).add(packet["event"])
                if packet["event"] in ("syn", "syn_ack"):
                    assert frame[14 + 20 + 13] == (2 if packet["event"] == "syn" else 0x12)
    assert events["No old Windows"] == {"syn", "http_request"}
    assert events["Another MAC"] == {"arp"}
    assert events["No MTU"] == {"mtu"}
    assert {"syn", "syn_ack"} <= events["SSH for one"]
    assert "syn" not in events["No SSH"]


def test_the_packets_of_a_peer_are_of_its_connections(tmp_path: Path, capsys: Printed) -> None:
    [answer] = failures(capsys, policy(tmp_path, *RULES), str(PATH))["SSH for one"]
    for packet in answer["packets"]:
        frame = frames(str(PATH))[packet["number"] - 1]
        assert {frame[26:30], frame[30:34]} == {ip_address(f"192.0.2.{one}").packed for one in (10, 40)}
        assert b"\0\x16" in frame[34:38]


def test_the_commands_explain_the_packet(tmp_path: Path, capsys: Printed) -> None:
    [answer] = failures(capsys, policy(tmp_path, *RULES), *split(tmp_path, 20))["No old Windows"]
    assert answer["explain"].split()[:3] == ["huginn", "explain", "--packet"]
    assert main(shlex.split(answer["explain"])[1:]) == 0
    assert "Windows Vista, 7" in capsys.readouterr().out


def test_a_device_that_no_event_shows(tmp_path: Path, capsys: Printed) -> None:
    """Datagrams of an unknown protocol, from two MACs with one address in turn, after another host."""
    path, names = tmp_path / "sent.pcap", ((1, 1), (2, 2), (2, 2), (3, 2), (3, 2))
    sent = (
        datagram(b"unknown", 7000, 7001, source=f"192.0.2.{ip}", mac=f"00:00:5e:00:53:0{mac}")
        for mac, ip in names
    )
    path.write_bytes(pcap([(BEGAN + 600 * at * 10**9, frame) for at, frame in enumerate(sent)], linktype=1))
    known = rule("Known", "mac LIKE '%:01'", of='"devices"')
    found = failures(capsys, policy(tmp_path, known), str(path))["Known"]
    numbers = {one["mac"][-2:]: [each["number"] for each in one["packets"]] for one in found}
    assert numbers == {"02": [2], "03": [4]}


def test_text_names_packets_and_a_store_has_none(tmp_path: Path, capsys: Printed) -> None:
    path, kept = policy(tmp_path, RULES[0]), str(tmp_path / "office.sqlite")
    main(["audit", path, str(PATH)])
    line = capsys.readouterr().out.splitlines()[0]
    assert f", packet 38 (syn) and 41 (http_request) of {PATH}  # huginn hosts " in line
    assert line.endswith(f"; huginn explain --packet 38 {shlex.quote(str(PATH))}")
    main(["hosts", str(PATH), "--store", kept])
    capsys.readouterr()
    [answer] = failures(capsys, path, "--store", kept)["No old Windows"]
    assert (answer["packets"], answer["explain"]) == ([], None)


def test_standard_input_is_read_once(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PATH.open("rb") as file:
        monkeypatch.setattr("sys.stdin", file)
        import os

        before = os.dup(0)
        os.dup2(file.fileno(), 0)
        try:
            [answer] = failures(capsys, policy(tmp_path, *RULES), "-")["No old Windows"]
        finally:
            os.dup2(before, 0)
            os.close(before)
    assert answer["packets"] == []
