"""Next year's system: its own lines are taken away, and the family's rules still name it, less surely."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.database.compiling import read_signatures
from huginn_cffi.run.observations import Match
from huginn_workbench.evaluation.answers import answers
from huginn_workbench.evaluation.judging import JudgedHost, judge_hosts
from huginn_workbench.evaluation.labels import LabelledPacket, read_labels
from huginn_workbench.evaluation.run import without
from sigcompiler.claims.flavors import family_names, label_text
from sigcompiler.model import SignatureFile, TcpSignature
from tests.support.core import handshake_files
from tests.support.spelled import spelled

WINDOWS_NOW = "Windows 10, 11, 2019, 2022 or 2025"
WINDOWS_THEN = "Windows Vista, 7, 8, 8.1, 10, 2008, 2008 R2, 2012, 2012 R2 or 2016"
WINDOWS_ANSWER = "Windows Vista or newer"
APPLE_NOW = "macOS 10.14 or newer / iOS 13 or newer"
LINUX_NOW = "Linux 4.19 or newer with larger buffers, or 6.16 or newer"
LINUX_THEN = "Linux 3.11-4.19"

CASES = [
    (WINDOWS_NOW, "request", "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", {"Windows"}),
    (WINDOWS_NOW, "request", "6:64:0:1440:64800,8:mss,nop,ws,nop,nop,sok:flow:0", {"Windows"}),
    (WINDOWS_NOW, "response", "4:128:0:1460:65535,8:mss,nop,ws,nop,nop,sok:df,id+:0", {"Windows"}),
    (WINDOWS_NOW, "response", "6:64:0:1440:65535,8:mss,nop,ws,sok,ts:flow:0", {"Windows"}),
    (WINDOWS_THEN, "request", "4:128:0:1460:8192,8:mss,nop,ws,nop,nop,sok:df,id+:0", {"Windows"}),
    (WINDOWS_ANSWER, "response", "4:128:0:1460:8192,8:mss,nop,ws,sok,ts:df,id+:0", {"Windows"}),
    (LINUX_NOW, "request", "4:64:0:1460:64240,10:mss,sok,ts,nop,ws:df,id+:0", {"Linux"}),
    (LINUX_NOW, "request", "6:64:0:1440:64800,10:mss,sok,ts,nop,ws:flow:0", {"Linux"}),
    (LINUX_NOW, "request", "4:64:0:1460:64240,10:mss,sok,ts,nop,ws,?30:df,id+:0", {"Linux"}),
    (LINUX_NOW, "response", "4:64:0:1460:65160,10:mss,sok,ts,nop,ws:df,ecn:0", {"Linux"}),
    (LINUX_NOW, "response", "6:64:0:1440:64800,10:mss,nop,nop,sok,nop,ws:flow:0", {"Linux"}),
    (LINUX_THEN, "request", "4:64:0:1460:29200,7:mss,sok,ts,nop,ws:df,id+:0", {"Linux"}),
    (LINUX_THEN, "response", "4:64:0:1460:28960,7:mss,sok,ts,nop,ws:df:0", {"Linux"}),
    (APPLE_NOW, "request", "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", {"macOS", "iOS"}),
    (APPLE_NOW, "request", "6:64:0:1440:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0", {"macOS", "iOS"}),
    (APPLE_NOW, "response", "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", {"macOS", "iOS"}),
    ("macOS 10.4-10.7", "request", "4:64:0:1460:65535,3:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+:0", {"macOS"}),
    (
        "FreeBSD 11 or newer / PlayStation 5",
        "request",
        "4:64:0:1460:65535,6:mss,nop,ws,sok,ts:df:0",
        {"FreeBSD"},
    ),
    ("FreeBSD 11 or newer", "response", "6:64:0:1440:65535,6:mss,nop,ws,sok,ts:flow:0", {"FreeBSD"}),
    (
        "OpenBSD 6 or newer",
        *("request", "4:64:0:1460:16384,6:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0", {"OpenBSD"}),
    ),
    (
        "NetBSD 6 or newer",
        *("request", "4:64:0:1460:32768,6:mss,nop,ws,sok,nop,nop,nop,nop,ts:df:0", {"NetBSD"}),
    ),
    (
        "Android 5 or newer / Linux 3 or newer",
        "request",
        "4:64:0:1460:65535,8:mss,sok,ts,nop,ws:df,id+:0",
        {"Android"},
    ),
]
"""A label whose lines are removed, a packet that they name, and the families that may be named instead."""


@lru_cache(maxsize=1)
def signatures() -> SignatureFile:
    return read_signatures(handshake_files(), None)[0]


def label_of(line: TcpSignature) -> str:
    return label_text(line.label.name, line.label.flavor)


@lru_cache(maxsize=32)
def database_without(label: str) -> hg.Database:
    lines = (line for line in signatures().tcp if label_of(line) == label)
    own = frozenset((line.place.file, line.place.line) for line in lines)
    assert own, label
    return without(signatures(), own)


def named(direction: str, packet: str, database: hg.Database | None = None) -> Match:
    data = spelled(direction, packet)
    result = hg.fingerprint(data) if database is None else hg.fingerprint(data, database)
    part = result.syn or result.syn_ack
    assert part is not None
    assert part.match is not None
    return part.match


@pytest.mark.parametrize(("label", "direction", "packet", "families"), CASES)
def test_the_family_is_still_named_and_less_sure(
    label: str, direction: str, packet: str, families: set[str]
) -> None:
    before, after = named(direction, packet), named(direction, packet, database_without(label))
    assert str(before) == label
    assert set(family_names(after.family)) & families
    assert not after.fuzzy
    assert after.confidence < before.confidence


@lru_cache(maxsize=1)
def labelled(corpus: Path) -> tuple[list[LabelledPacket], list[JudgedHost]]:
    """The labelled packets, and what the whole database says of their hosts."""
    packets = [row for row in read_labels(corpus / "labels.csv") if not row.suspect]
    return packets, judge_hosts(answers(corpus, packets, hg.Database.load_default(), lambda _: None))[0]


OWN = [(WINDOWS_NOW, 95), (WINDOWS_THEN, 95), ("Linux 4.19-6.15", 95), (LINUX_THEN, 95), (APPLE_NOW, 95)]
"""The least share in percent of labelled hosts that keep the right family."""


@pytest.mark.parametrize(("label", "least"), OWN)
def test_labelled_hosts_keep_their_family(corpus: Path, label: str, least: int) -> None:
    packets, known = labelled(corpus)
    own = {
        host.packet.host for host in known if host.answer.text == label and host.judgement.family == "right"
    }
    assert len(own) >= 5
    left, _ = judge_hosts(answers(corpus, packets, database_without(label), lambda _: None))
    right = sum(host.judgement.family == "right" for host in left if host.packet.host in own)
    assert 100 * right / len(own) >= least, (right, len(own))
