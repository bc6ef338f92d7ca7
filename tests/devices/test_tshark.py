"""mDNS and SSDP against tshark, on the captures beside the project."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.run.results import AnnouncementObservation

SHARED = Path(__file__).parents[2].parent / "shared" / "devices"
MOST_FILES = 8
BETWEEN = "\x1f"


def captures(column: str) -> list[Path]:
    """The smallest captures that the list says to have such messages."""
    if not SHARED.is_dir():
        return []
    with (SHARED / "devices.csv").open(encoding="utf-8") as table:
        endings = {row["sha256"][:8] for row in csv.DictReader(table) if row[column] == "y"}
    files = [one for one in (SHARED / "captures").iterdir() if one.name.split("__")[-1][:8] in endings]
    return sorted(files, key=lambda one: one.stat().st_size)[:MOST_FILES]


def tshark(path: Path, wanted: str, *fields: str) -> dict[int, list[str]]:
    """Values of fields, by the number of the packet."""
    options = [option for field in ("frame.number", *fields) for option in ("-e", field)]
    command = ["tshark", "-n", "-r", str(path), "-Y", wanted, "-T", "fields", "-E", f"aggregator={BETWEEN}"]
    out = subprocess.run([*command, *options], capture_output=True, check=False).stdout.decode(
        errors="replace"
    )
    rows = (line.split("\t") for line in out.splitlines())
    return {int(row[0]): row[1:] for row in rows}


def announced(path: Path, protocol: str) -> Iterator[tuple[int, list[str]]]:
    for result in hg.Analyzer(None, protocols=(protocol,), host_names=True).analyze_pcap(path):
        found = result.announcement
        if isinstance(found, AnnouncementObservation):
            yield result.packet_number, list(found.announced)


def plain(text: str) -> str:
    """Letters and digits alone: programs show other bytes in several ways."""
    return "".join(one for one in text.lower() if one.isascii() and one.isalnum())


@pytest.mark.skipif(
    shutil.which("tshark") is None or not SHARED.is_dir(), reason="tshark or the captures are absent"
)
@pytest.mark.parametrize("path", captures("mdns"), ids=lambda path: path.name[-20:])
def test_answers_of_mdns(path: Path) -> None:
    wanted = "mdns && dns.flags.response==1 && udp.srcport==5353"
    names = ("dns.resp.name", "dns.ptr.domain_name", "dns.srv.target")
    parts = ("dns.srv.name", "dns.srv.service", "dns.srv.proto")
    expected = tshark(path, wanted, "dns.txt", *names, *parts)
    found = dict(announced(path, "mdns"))
    assert found.keys() <= expected.keys()
    for number, texts in found.items():
        pairs, *others = ([plain(one) for one in value.split(BETWEEN)] for value in expected[number])
        spoken = "".join(one for value in others for one in value)
        for kind, _, text in (one.partition(" ") for one in texts):
            service, _, rest = text.partition(" ")
            if kind == "name" or not rest:
                assert all(plain(label) in spoken for label in text.split("."))
            elif rest.startswith("name="):
                assert plain(rest[5:]) in spoken
            elif service != "hinfo":
                assert any(one.startswith(plain(rest)) for one in pairs)


@pytest.mark.skipif(
    shutil.which("tshark") is None or not SHARED.is_dir(), reason="tshark or the captures are absent"
)
@pytest.mark.parametrize("path", captures("ssdp"), ids=lambda path: path.name[-20:])
def test_messages_of_ssdp(path: Path) -> None:
    expected = tshark(path, "ssdp", "http.request.method", "http.server", "http.user_agent")
    found = dict(announced(path, "ssdp"))
    assert found.keys() <= expected.keys()
    for number, (method, server, agent) in expected.items():
        said = found.get(number, [])
        if method == "M-SEARCH":
            assert (f"ssdp-agent {agent}" in said) == bool(agent)
        elif said:
            assert [one for one in said if one.startswith("server ")] == [f"server {server}"] * bool(server)
