"""Every line of the default database names a packet, over each version of IP that it allows.

A generator spells out packets that the line describes, until the package answers with that very
line. What no packet reaches is no use.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.run.observations import Match
from sigcompiler.model import SignatureFile, TcpSignature
from sigcompiler.vocabulary import Direction, WindowKind
from tests.support.core import SIGNATURES
from tests.support.spelled import spelled

SIZES = (1460, 1440, 1452, 1400, 1360, 1366, 1414, 1240, 1220, 1380, 1337, 1000, 536, 500, 216, 8960, 8940)
SIZES += (4312, 16344, 65495, 65476, 9999, 3000, 2000, 1500, 1300, 1285, 100)
WINDOWS = (50001, 65535, 777, 8192, 16384, 5840, 4096, 30011, 64240, 1, 32768, 12345, 1024, 512)
SCALES = (0, 7, 8, 6, 10, 5, 4, 3, 2, 1, 9, 11, 12, 13, 14)
ONLY_IPV4 = {"df", "id+", "id-", "0+"}
TRIES = 6000
KINDS = {Direction.REQUEST: "request", Direction.RESPONSE: "response"}


def versions(line: TcpSignature) -> tuple[int, ...]:
    return (4, 6) if line.version is None else (line.version,)


def packets(line: TcpSignature, version: int) -> Iterator[str]:
    """Signatures without wildcards that the line describes, the likeliest first."""
    _, ttl, olen, _, _, layout, quirks, payload = line.text.split(":")
    shown = set(quirks.split(",")) - {""}
    shown -= ONLY_IPV4 if version == 6 else {"flow"}
    sizes = (line.mss,) if line.mss is not None else SIZES if "mss" in layout else (0,)
    scales = (line.wscale,) if line.wscale is not None else SCALES if "ws" in layout else (0,)
    payloads = ("0", "+") if payload == "*" else (payload,)
    for size, scale, data in product(sizes, scales, payloads):
        for window in windows(line, size, version):
            head = f"{version}:{initial(ttl)}:{olen if version == 4 else 0}:{size}:{window},{scale}"
            yield f"{head}:{layout}:{','.join(sorted(shown))}:{data}"


def initial(ttl: str) -> int:
    near, _, distance = ttl.rstrip("-").partition("+")
    return int(near) + int(distance or 0)


def windows(line: TcpSignature, size: int, version: int) -> Iterator[int]:
    kind, value = line.window.kind, line.window.value
    if kind == WindowKind.ANY:
        yield from WINDOWS
    elif kind == WindowKind.MODULO:
        yield from (value * number for number in (1, 3, 7, 101) if value * number < 65536)
    else:
        header = 40 if version == 4 else 60
        unit = {WindowKind.MSS: size, WindowKind.MTU: size + header}.get(kind, 1)
        if unit * value < 65536:
            yield unit * value


def answer(line: TcpSignature, text: str) -> Match | None:
    result = hg.fingerprint(spelled(KINDS[line.direction], text))
    part = result.syn or result.syn_ack
    return None if part is None else part.match


def reached(line: TcpSignature, version: int) -> set[str] | None:
    """None when some packet gets this very line; else the names of those that stand before it."""
    others = set()
    for text in islice(packets(line, version), TRIES):
        match = answer(line, text)
        if match is not None and not match.fuzzy:
            if (Path(match.file).name, match.line) == (Path(line.place.file).name, line.place.line):
                return None
            others.add(match.name)
    return others


@pytest.mark.parametrize(
    "path", [path for path in SIGNATURES if "mtu" not in path.name], ids=lambda path: path.name
)
def test_every_line_is_reached(database: SignatureFile, path: Path) -> None:
    lines = [line for line in database.tcp if Path(line.place.file).name == path.name]
    found = {
        (str(line.place), version): reached(line, version) for line in lines for version in versions(line)
    }
    assert {key: names for key, names in found.items() if names is not None} == {}


def test_every_mtu_is_reached(database: SignatureFile) -> None:
    wrong = {}
    for line in database.mtu:
        for version, header in ((4, 40), (6, 60)):
            size = line.mtu - header
            if size > 0:
                text = f"{version}:64:0:{size}:5,0:mss:{'df,id+' if version == 4 else ''}:0"
                found = hg.fingerprint(spelled("request", text)).mtu
                if found is None or found.link != line.label.name:
                    wrong[line.mtu, version] = found and found.link
    assert wrong == {}
