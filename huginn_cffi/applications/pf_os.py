"""Writes SYN signatures as a pf.os file, which `nft osf` and OpenBSD's pf read.

The format cannot express IPv6, SYN+ACKs, IP options, or quirks other than DF, and nft does not compare the
MSS and the window scale with the values in a line. So several signatures may become one line.
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
"""Limit of the bytes in a class or version: the kernel's buffers also hold a final zero."""

DESCRIPTION_LIMIT = 200

HEADERS = 40
"""Bytes of the IPv4 and TCP headers, both without options."""

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
class PfOs:
    """A pf.os file, the labels that share a line, and counts of omitted SYN signatures, by reason."""

    text: str
    lines: int
    """The number of lines that are not comments."""
    shared_lines: Counter[tuple[str, ...]]
    """The number of lines by the labels that share them, the leading one first."""
    left_out: dict[str, int]


class _Key(NamedTuple):
    window: Window
    ttl: int
    df: bool
    options: tuple[int, ...]
    eol_pad: int

    @property
    def size(self) -> int:
        return HEADERS + sum(map(option_bytes, self.options)) + self.eol_pad

    def covers(self, other: _Key) -> bool:
        """Whether a line with this key, if it comes first, takes every packet of the other key."""
        return self[1:] == other[1:] and (self.window == other.window or self.window.kind == WindowKind.ANY)


def pf_os(signatures: SignatureFile) -> PfOs:
    """Convert SYN signatures to lines, ordered so that the first line that fits is the right one.

    Low TTLs come before high ones, since nft accepts any TTL up to the TTL of a line. Specific
    labels come before generic ones.
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
    names = (_names(one.label for one in members) for members in found.values())
    shared_lines = Counter(own for own in names if len(own) > 1)
    text = "".join(f"{line}\n" for line in (*_HEAD, *lines))
    return PfOs(text, len(lines), shared_lines, dict(left_out))


_HEAD = (
    "# Made by huginn. nft takes the first line that fits; a TTL needs `osf ttl loose` or `ttl skip`.",
    "# pf does not support option E: remove the lines with E for pf.",
)


def _refused(one: TcpSignature) -> str | None:
    """Why pf.os cannot express a signature; ``None`` if it can."""
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
    """``window:ttl:df:size:options:class:version:subtype:description``; specific labels name the line."""
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
    """The option letters; MSS and scale have a value if all members agree on it."""
    values = {
        OptionKind.MSS: {one.mss for one in members},
        OptionKind.WS: {one.wscale for one in members},
    }
    for kind in map(OptionKind, key.options):
        value, *others = values.get(kind, ("",))
        yield _LETTERS[kind] + ("*" if others or value is None else str(value))
    yield from "E" * key.eol_pad


def _names(labels: Iterable[LabelLine]) -> tuple[str, ...]:
    """Names with flavors, without duplicates."""
    return tuple(dict.fromkeys(label_text(one.name, one.flavor) for one in labels))


def _short(texts: Iterable[str], between: str, limit: int) -> str:
    """Distinct texts, as many as fit; dots at the end mean that there are more."""
    # The format allows only ASCII; ":" ends a field and "#" begins a comment.
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
