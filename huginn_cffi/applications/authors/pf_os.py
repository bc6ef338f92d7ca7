"""Writes the signatures of SYNs as a pf.os file, which `nft osf` and OpenBSD's pf read.

The format says less than ours: neither IPv6 nor SYN+ACKs, quirks but DF, nor IP options. And nft compares
neither the MSS nor the scale of the window with what a line says of them. So signatures fall together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sigcompiler.claims.flavors import label_text
from sigcompiler.formatting import format_window
from sigcompiler.model import LabelLine, SignatureFile, TcpSignature, Window
from sigcompiler.unmatchable import option_bytes
from sigcompiler.vocabulary import Direction, OptionKind, PayloadClass, Quirk, WindowKind

NAME_LIMIT = 31
"""Bytes of a class or version: the kernel has room for these and a zero."""

DESCRIPTION_LIMIT = 200

HEADERS = 40
"""Bytes of the headers of IPv4 and TCP, both without options."""

_PREFIXES = {WindowKind.MSS: "S", WindowKind.MTU: "T"}
_LETTERS = {
    OptionKind.EOL: "E",
    OptionKind.NOP: "N",
    OptionKind.SOK: "S",
    OptionKind.TS: "T",
    OptionKind.MSS: "M",
    OptionKind.WS: "W",
}


@dataclass(frozen=True, slots=True)
class Together:
    """Labels that one line stands for, the leading one first."""

    line: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PfOs:
    """A pf.os file, what falls together in it, and how many signatures of SYNs were left out, by reason."""

    text: str
    lines: int
    """Without comments."""
    together: tuple[Together, ...]
    left_out: dict[str, int]


class _Key(NamedTuple):
    """What is compared of a packet."""

    window: Window
    ttl: int
    df: bool
    options: tuple[int, ...]
    eol_pad: int

    @property
    def size(self) -> int:
        """Bytes of the packet, from the IP header on."""
        return HEADERS + sum(map(option_bytes, self.options)) + self.eol_pad

    def covers(self, other: _Key) -> bool:
        """Whether a line of this key, when it is first, takes every packet of the other one."""
        return self[1:] == other[1:] and (self.window == other.window or self.window.kind == WindowKind.ANY)


def pf_os(signatures: SignatureFile) -> PfOs:
    """The SYN signatures of `signatures`, ordered so that the first one that fits is right.

    Low TTLs come before high ones, since nft takes any TTL up to that of a line, and specific labels
    before generic ones.
    """
    found: dict[_Key, list[TcpSignature]] = {}
    left_out: Counter[str] = Counter()
    for one in sorted(signatures.tcp, key=lambda one: (one.ittl, one.label.generic)):
        if one.direction != Direction.REQUEST:
            continue
        reason = _refused(one)
        if reason:
            left_out[reason] += 1
            continue
        key = _Key(one.window, one.ittl, bool(one.quirks & Quirk.DF), one.options, one.eol_pad)
        first = next((held for held in found if held.covers(key)), key)
        found.setdefault(first, []).append(one)
    lines = [_line(key, members) for key, members in found.items()]
    together = [
        Together(line, names)
        for line, members in zip(lines, found.values(), strict=True)
        if len(names := _names(one.label for one in members)) > 1
    ]
    text = "".join(f"{line}\n" for line in (*_HEAD, *lines))
    return PfOs(text, len(lines), tuple(together), dict(left_out))


_HEAD = (
    "# Made by huginn. nft takes the first line that fits; a TTL needs `osf ttl loose` or `ttl skip`.",
    "# pf knows no option E, so leave the lines with E out for it.",
)


def _refused(one: TcpSignature) -> str | None:
    """Why a signature has no line."""
    if one.version == 6:
        return "IPv6"
    if one.payload == PayloadClass.SOME:
        return "data in the SYN"
    if one.olen:
        return "IP options"
    if any(kind not in _LETTERS for kind in one.options):
        return "an option that the format has no letter for"
    return "malformed options" if one.quirks & Quirk.BAD else None


def _line(key: _Key, members: list[TcpSignature]) -> str:
    """``window:ttl:df:size:options:class:version:subtype:description``; generic labels name what is left."""
    labels = [one.label for one in members if not one.label.generic] or [one.label for one in members]
    class_ = _short((part for one in labels for part in one.name.split(" or ")), " or ", NAME_LIMIT)
    one_name = len({one.name for one in labels}) == 1
    version = _short((one.flavor for one in labels), " / ", NAME_LIMIT) if one_name else ""
    options = ",".join(_options(key, members)) or "."
    description = _short(_names(labels), "; ", DESCRIPTION_LIMIT)
    prefix = _PREFIXES.get(key.window.kind)
    window = format_window(key.window) if prefix is None else f"{prefix}{key.window.value}"
    fields = (window, key.ttl, int(key.df), key.size, options, class_, version, "", description)
    return ":".join(map(str, fields))


def _options(key: _Key, members: list[TcpSignature]) -> Iterator[str]:
    """The letters; the MSS and the scale with their value where all members have one."""
    values = {
        OptionKind.MSS: {one.mss for one in members},
        OptionKind.WS: {one.wscale for one in members},
    }
    for kind in map(OptionKind, key.options):
        value, *others = values.get(kind, ("",))
        yield _LETTERS[kind] + ("*" if others or value is None else str(value))
    yield from "E" * key.eol_pad


def _names(labels: Iterable[LabelLine]) -> tuple[str, ...]:
    """Names with flavors, each once."""
    return tuple(dict.fromkeys(label_text(one.name, one.flavor) for one in labels))


def _short(texts: Iterable[str], between: str, limit: int) -> str:
    """Texts that differ, as many as fit; dots at the end say that there are more."""
    # Without what ends a field, and ASCII, as the format has it.
    parts = list(dict.fromkeys(re.sub("[^ -~]|[:#]", "_", text) for text in texts if text))
    whole = between.join(parts)
    if len(whole) <= limit:
        return whole
    shown = ""
    for part in parts:
        longer = f"{shown}{between}{part}" if shown else part
        if len(longer) + len(_MORE) > limit:
            break
        shown = longer
    if not shown:
        shown = parts[0][: limit - len(_MORE) + 1].rpartition(" ")[0] or parts[0][: limit - len(_MORE)]
    return shown.rstrip(",") + _MORE


_MORE = " ..."
