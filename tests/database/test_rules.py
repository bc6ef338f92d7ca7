"""Rules of whole families: window arithmetic at any MTU, and systems that are not listed."""

from __future__ import annotations

import pytest

from sigcompiler.model import SignatureFile, TcpSignature
from sigcompiler.vocabulary import Direction
from tests.database.observe import observe
from tests.reference.matcher import ReferenceMatch, find_match

SYN, SYN_ACK = Direction.REQUEST, Direction.RESPONSE
MTUS = range(1280, 1501)
LARGE = "4.19 or newer with larger buffers, or 6.16 or newer"
ANDROID_WINDOW = 65535
"""What the rule gives for one MSS, 1285; there Linux and Android are one."""


def name_of(match: ReferenceMatch | None) -> tuple[str, str] | None:
    if match is None:
        return None
    return match.signature.label.name, match.signature.label.flavor


def header(version: int) -> int:
    return 40 if version == 4 else 60


@pytest.mark.parametrize(("scale", "flavor"), [(7, "4.19-6.15"), (10, LARGE), (12, "4.19 or newer")])
@pytest.mark.parametrize(("version", "quirks"), [(4, "df,id+"), (6, "flow")])
def test_linux_syn_at_every_mtu(
    database: SignatureFile, version: int, quirks: str, scale: int, flavor: str
) -> None:
    wrong = {}
    for mtu in MTUS:
        mss = mtu - header(version)
        window = 65536 // mss * mss
        if window == ANDROID_WINDOW:
            continue
        packet = f"{version}:64:0:{mss}:{window},{scale}:mss,sok,ts,nop,ws:{quirks}:0"
        found = name_of(find_match(database.tcp, observe(SYN, packet)))
        if found != ("Linux", flavor):
            wrong[packet] = found
    assert wrong == {}


@pytest.mark.parametrize(("scale", "flavor"), [(7, "4.19-6.15"), (10, LARGE)])
@pytest.mark.parametrize(("version", "quirks"), [(4, "df"), (6, "flow")])
@pytest.mark.parametrize(("layout", "stolen"), [("mss,sok,ts,nop,ws", 12), ("mss,nop,nop,sok,nop,ws", 0)])
def test_linux_answer_at_every_mtu(
    database: SignatureFile, layout: str, stolen: int, version: int, quirks: str, scale: int, flavor: str
) -> None:
    wrong = {}
    for mtu in MTUS:
        mss = mtu - header(version)
        window = 65535 // (mss - stolen) * (mss - stolen)
        packet = f"{version}:64:0:{mss}:{window},{scale}:{layout}:{quirks}:0"
        found = name_of(find_match(database.tcp, observe(SYN_ACK, packet)))
        if found != ("Linux", flavor):
            wrong[packet] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("version", "ttl", "quirks"), [(4, 128, "df,id+"), (6, 128, "flow"), (6, 64, "flow")]
)
def test_windows_syn_at_every_mtu(database: SignatureFile, version: int, ttl: int, quirks: str) -> None:
    wrong = {}
    for mtu in MTUS:
        mss = mtu - header(version)
        window = 65535 // mss * mss
        packet = f"{version}:{ttl}:0:{mss}:{window},8:mss,nop,ws,nop,nop,sok:{quirks}:0"
        found = name_of(find_match(database.tcp, observe(SYN, packet)))
        if found != ("Windows", "10, 11, 2019, 2022 or 2025"):
            wrong[packet] = found
    assert wrong == {}


@pytest.mark.parametrize("mss", [1200, 1300, 1400, 1440])
def test_lowered_mss_keeps_the_multiple(database: SignatureFile, mss: int) -> None:
    """A middlebox lowers the MSS of a host whose link has MTU 1500; the window stays."""
    packet = f"4:52:0:{mss}:64240,7:mss,sok,ts,nop,ws:df,id+:0"
    assert name_of(find_match(database.tcp, observe(SYN, packet))) == ("Linux", "4.19-6.15")


UNLISTED = [
    (SYN, "4:128:0:1460:50000,11:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows"),
    (SYN, "6:64:0:1440:50000,8:mss,nop,ws,nop,nop,sok:flow:0", "Windows"),
    (SYN, "4:64:0:1460:50000,13:mss,sok,ts,nop,ws:df,id+:0", "Linux"),
    (SYN, "6:64:0:1440:50000,13:mss,sok,ts,nop,ws:flow:0", "Linux"),
    (SYN, "6:64:0:1440:50000,13:mss,sok,ts,nop,ws::0", "Linux"),
    (SYN, "4:64:0:1460:65535,12:mss,sok,ts,nop,ws:df,id+:0", "Android or Linux"),
    (SYN, "4:64:0:1460:50000,9:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", "macOS or iOS"),
    (SYN, "6:64:0:1440:50000,9:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0", "macOS or iOS"),
    (SYN, "4:64:0:1460:50000,9:mss,nop,ws,sok,ts:df:0", "FreeBSD or PlayStation 5"),
    (SYN, "4:64:0:1460:50000,9:mss,nop,nop,sok,nop,ws,nop,nop,ts:df,id+:0", "OpenBSD or NetApp"),
    (SYN, "6:64:0:1440:50000,9:mss,nop,nop,sok,nop,ws,nop,nop,ts:flow:0", "OpenBSD or NetApp"),
    (SYN, "4:64:0:1460:50000,9:mss,nop,ws,sok,nop,nop,nop,nop,ts:df:0", "NetBSD"),
    (SYN_ACK, "4:128:0:1460:50000,8:mss,nop,ws,nop,nop,sok:df,id+:0", "Windows"),
    (SYN_ACK, "4:64:0:1460:50000,13:mss,sok,ts,nop,ws:df:0", "Linux"),
    (SYN_ACK, "6:64:0:1440:50000,13:mss,nop,nop,sok,nop,ws:flow:0", "Linux"),
    (SYN_ACK, "4:118:0:1412:65535,8:mss,sok,ts,nop,ws:df:0", "Linux"),
    (SYN_ACK, "4:64:0:1460:50000,9:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", "macOS or iOS"),
    (SYN_ACK, "4:64:0:1460:65535,9:mss,nop,ws,sok,ts:df:0", "FreeBSD"),
]


@pytest.mark.parametrize(("direction", "packet", "family"), UNLISTED, ids=lambda value: str(value))
def test_unlisted_release_gets_its_family(
    database: SignatureFile, direction: Direction, packet: str, family: str
) -> None:
    match = find_match(database.tcp, observe(direction, packet))
    assert match is not None
    assert match.signature.label.name == family
    assert match.signature.label.generic
    assert not match.fuzzy


@pytest.mark.parametrize(
    ("direction", "packet", "families"),
    [
        (SYN, "4:128:0:1460:64240,8:mss,nop,ws,nop,nop,sok:df,id+:0", {"Windows"}),
        (SYN, "6:64:0:1440:65535,8:mss,nop,ws,nop,nop,sok:flow:0", {"Windows"}),
        (SYN, "4:64:0:1460:64240,10:mss,sok,ts,nop,ws:df,id+:0", {"Linux"}),
        (SYN, "4:64:0:1460:65535,10:mss,sok,ts,nop,ws:df,id+:0", {"Android", "Linux"}),
        (SYN, "4:64:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df:0", {"macOS", "iOS"}),
        (SYN, "4:64:0:1460:65535,6:mss,nop,ws,sok,ts:df:0", {"FreeBSD"}),
        (SYN_ACK, "4:128:0:1460:65535,8:mss,nop,ws,sok,ts:df,id+:0", {"Windows"}),
        (SYN_ACK, "4:64:0:1460:65160,10:mss,sok,ts,nop,ws:df:0", {"Linux"}),
        (SYN_ACK, "6:64:0:1440:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:flow:0", {"macOS", "iOS"}),
    ],
)
def test_family_survives_without_its_own_lines(
    database: SignatureFile, direction: Direction, packet: str, families: set[str]
) -> None:
    """Next year's release: as if the specific lines that name it had not been written yet."""
    seen = observe(direction, packet)
    own = find_match(database.tcp, seen)
    assert own is not None
    kept = [line for line in database.tcp if line.label != own.signature.label]
    assert _families(find_match(kept, seen)) & families


def _families(match: ReferenceMatch | None) -> set[str]:
    line: TcpSignature | None = match.signature if match else None
    return set(line.label.name.split(" or ")) if line else set()
