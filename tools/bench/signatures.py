"""Generated signature files with a given size and seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sigcompiler.model import TcpSignature
from sigcompiler.reading.parser import parse_files, parse_text

_LAYOUTS = (
    "mss,sok,ts,nop,ws",
    "mss,nop,ws,nop,nop,sok",
    "mss,nop,nop,sok,nop,ws,nop,nop,ts",
    "mss,nop,ws,nop,nop,ts,sok,eol+1",
    "mss,nop,ws,sok,ts",
    "mss,nop,ws,nop,nop,ts",
    "mss,nop,nop,ts,nop,ws,sok,eol+1",
    "mss,ws,nop",
)
_QUIRKS = ("df,id+", "df", "", "id-", "df,id+,ecn")
_PER_LABEL = 8


def _window(rng: random.Random, mss: int) -> str:
    """As in real files: mostly multiples of the MSS and literal windows, sometimes a modulus."""
    kind = rng.random()
    if kind < 0.3:
        return f"mss*{rng.randint(1, 65535 // mss)}"
    if kind < 0.35:
        return f"mtu*{rng.randint(1, 65535 // (mss + 40))}"
    if kind < 0.36:
        return f"%{rng.choice((256, 512, 1024, 8192))}"
    return str(rng.randint(1024, 65535))


def _signature(rng: random.Random) -> str:
    mss = rng.randint(536, 1460)
    ittl, layout, quirks = rng.choice((64, 128, 255)), rng.choice(_LAYOUTS), rng.choice(_QUIRKS)
    given = mss if rng.random() < 0.8 else "*"
    window = _window(rng, mss if given == mss else 1460)
    wscale = rng.randint(0, 14) if rng.random() < 0.9 else "*"
    return f"4:{ittl}:0:{given}:{window},{wscale}:{layout}:{quirks}:0"


def _breadth(signature: str) -> int:
    """How general a signature is: general ones come last, where they hide no others."""
    return signature.count("*:") + signature.count(",*") + 3 * signature.count("%")


def signature_text(count: int, seed: int) -> str:
    """A file of `count` different request signatures in p0f's format."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[_signature(rng)] = None
    wanted = sorted(found, key=_breadth)
    lines = ["classes = win,unix,other", "", "[tcp:request]"]
    for number, signature in enumerate(wanted):
        if number % _PER_LABEL == 0:
            lines += ["", f"label = s:unix:System{number // _PER_LABEL}:1.x"]
        lines.append(f"sig = {signature}")
    return "\n".join(lines) + "\n"


def tcp_signatures(*, text: str | None = None, paths: Sequence[str] = ()) -> list[TcpSignature]:
    """The TCP signatures in a text or in files."""
    parsed, _ = parse_files(list(paths)) if text is None else parse_text(text)
    return list(parsed.tcp)
