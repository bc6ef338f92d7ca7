"""Compares a signature with a packet: an outcome for each field, the distance, and both sides in words.

The distance of two option layouts is the edit distance between them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from sigcompiler.formatting import format_options, format_window
from sigcompiler.model import Window
from sigcompiler.vocabulary import (
    FUZZY_GAINED,
    FUZZY_LOST,
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    MAX_DISTANCE,
    PAYLOAD_WORDS,
    QUIRK_WORDS,
    SOFT_QUIRKS,
    OptionKind,
    PayloadClass,
    WindowKind,
)

Outcome = Literal["exact", "tolerated", "differs"]
Judgement = tuple[Outcome, float]

POINTS: dict[str, float] = {
    "option": 10,  # for each option that is added, missing or replaced; half of it for a nop
    "eol bytes": 3,
    "hard quirk": 6,  # for each missing or added quirk
    "soft quirk": 4,  # df, id+, id-, ecn where they are not tolerated
    "tolerated quirk": 1,
    "version": 5,
    "ittl": 4,  # not within 35 hops below the initial TTL, tolerated or not
    "olen": 4,
    "window": 4,
    "wscale": 4,
    "mss": 3,
    "pclass": 3,
}
"""The weights of the ranking: the points that a difference in a field adds to the distance.

For window, wscale and mss, any difference adds half of the points, and the other half grows with
the difference. If the two values are not comparable, all points are added.
"""

ANY = -1
"""The value of ``*`` in a signature's MSS and window scale; in its version ``*`` is 0."""

ANY_VERSION = 0

_EXACT: Judgement = ("exact", 0.0)


class SignatureFields(NamedTuple):
    """A signature's fields in the database. `window` is the value, the multiple or the modulus."""

    version: int
    ittl: int
    unreliable_ttl: bool
    olen: int
    mss: int
    window_kind: int
    window: int
    wscale: int
    options: bytes
    eol_pad: int
    quirks: int
    payload: int


class PacketFields(NamedTuple):
    """A packet's fields, as raw signatures have them.

    `version` is 4 or 6, `ttl` in hops as received. `olen` (IPv4 options), `mss` and `window` are in bytes,
    `wscale` in bits. `window_kind` and `window_multiple`: the unit of the window, a `WindowKind`, and how
    many of it. `options` are kinds of TCP options in order, `eol_pad` the bytes after their end. `quirks` is
    a set of bits, `payload` a `PayloadClass`.
    """

    version: int
    ttl: int
    olen: int
    mss: int
    window: int
    window_kind: int
    window_multiple: int
    wscale: int
    options: bytes
    eol_pad: int
    quirks: int
    payload: int


Judge = Callable[[SignatureFields, PacketFields], Judgement]


def _plain(name: str, field: str, anything: int | None = None, *, graded: bool = False) -> Judge:
    """A judge: the signature must have the packet's value or `anything`. `graded`: points by difference."""
    value = attrgetter(field)

    def judge(wanted: SignatureFields, seen: PacketFields) -> Judgement:
        one, other = value(wanted), value(seen)
        if one in (other, anything):
            return _EXACT
        return "differs", _points(name, one, other) if graded else POINTS[name]

    return judge


def judge_ittl(wanted: SignatureFields, seen: PacketFields) -> Judgement:
    """Judge the TTL. The signature format limits its distance below the initial TTL."""
    hops = wanted.ittl - seen.ttl
    if wanted.unreliable_ttl:
        return _EXACT if hops >= 0 else ("differs", POINTS["ittl"])
    return _EXACT if 0 <= hops <= MAX_DISTANCE else ("tolerated", POINTS["ittl"])


def judge_window(wanted: SignatureFields, seen: PacketFields) -> Judgement:
    """Judge the window: as a literal value, a multiple, or a modulus."""
    kind = wanted.window_kind
    if kind == WindowKind.ANY:
        return _EXACT
    if kind == WindowKind.LITERAL:
        apart = _points("window", wanted.window, seen.window)
        return _EXACT if wanted.window == seen.window else ("differs", apart)
    if kind == WindowKind.MODULO:
        return _EXACT if seen.window % wanted.window == 0 else ("differs", POINTS["window"])
    if kind != seen.window_kind:
        return "differs", POINTS["window"]
    if wanted.window == seen.window_multiple:
        return _EXACT
    return "differs", _points("window", wanted.window, seen.window_multiple)


def judge_olayout(wanted: SignatureFields, seen: PacketFields) -> Judgement:
    """Judge the option layout, including the number of bytes after an EOL."""
    if wanted.options == seen.options:
        return _EXACT if wanted.eol_pad == seen.eol_pad else ("differs", POINTS["eol bytes"])
    return "differs", POINTS["option"] * edits_apart(wanted.options, seen.options)


def judge_quirks(wanted: SignatureFields, seen: PacketFields) -> Judgement:
    """Judge the quirks. A few may be missing, a few others may be added."""
    return _quirk_judgement(wanted_quirks(wanted, seen), seen.quirks)


JUDGES: dict[str, Judge] = {
    "version": _plain("version", "version", ANY_VERSION),
    "ittl": judge_ittl,
    "olen": _plain("olen", "olen"),
    "mss": _plain("mss", "mss", ANY, graded=True),
    "window": judge_window,
    "wscale": _plain("wscale", "wscale", ANY, graded=True),
    "olayout": judge_olayout,
    "quirks": judge_quirks,
    "pclass": _plain("pclass", "payload", PayloadClass.ANY),
}
"""The judges by field, in signature order. A signature fits if no field differs."""

_JUDGES = tuple(JUDGES.values())


def distance(wanted: SignatureFields, seen: PacketFields) -> float:
    """The sum of points, rounded to thousandths; 0 if every field fits exactly."""
    return round(sum([judge(wanted, seen)[1] for judge in _JUDGES]), 3)


def wanted_quirks(wanted: SignatureFields, seen: PacketFields) -> int:
    """The signature's quirks; for IP version ``*`` without quirks that only the other version has."""
    if wanted.version != ANY_VERSION:
        return wanted.quirks
    return wanted.quirks & ~int(IPV6_ONLY_QUIRKS if seen.version == 4 else IPV4_ONLY_QUIRKS)


@lru_cache(maxsize=4096)
def _quirk_judgement(wanted: int, seen: int) -> Judgement:
    lost, gained = wanted & ~seen, seen & ~wanted
    if not lost | gained:
        return _EXACT
    tolerated = lost & FUZZY_LOST | gained & FUZZY_GAINED
    refused = (lost | gained) & ~tolerated
    soft = refused & SOFT_QUIRKS
    counts = (("tolerated quirk", tolerated), ("soft quirk", soft), ("hard quirk", refused & ~soft))
    points = sum(POINTS[name] * bin(bits).count("1") for name, bits in counts)
    return "differs" if refused else "tolerated", points


def _points(name: str, one: int, other: int) -> float:
    """Points for two different numbers: at least half, and more the further apart they are."""
    return POINTS[name] * (1 - 0.5 * min(one, other) / max(one, other, 1))


Texts = dict[str, str]
INITIAL_TTLS = (32, 64, 128, 255)


def initial_ttl(ttl: int) -> int:
    """The likely initial TTL for a received TTL."""
    return next(initial for initial in INITIAL_TTLS if ttl <= initial)


def seen_texts(seen: PacketFields) -> Texts:
    """The packet's values as text, by field."""
    hops = initial_ttl(seen.ttl) - seen.ttl
    window = format_window(Window(WindowKind.LITERAL, seen.window))
    if seen.window_kind != WindowKind.LITERAL:
        multiple = format_window(Window(WindowKind(seen.window_kind), seen.window_multiple))
        window = f"{multiple} ({window})"
    return {
        "version": str(seen.version),
        "ittl": f"{seen.ttl}+{hops if hops <= MAX_DISTANCE else '?'}",
        "olen": str(seen.olen),
        "mss": str(seen.mss),
        "window": window,
        "wscale": str(seen.wscale),
        "olayout": format_options(tuple(seen.options), seen.eol_pad),
        "quirks": quirk_words(seen.quirks),
        "pclass": PAYLOAD_WORDS[PayloadClass(seen.payload)],
    }


def wanted_texts(wanted: SignatureFields) -> Texts:
    """The signature's values by field, in signature notation."""
    return {
        "version": "*" if wanted.version == ANY_VERSION else str(wanted.version),
        "ittl": f"{wanted.ittl}{'-' * wanted.unreliable_ttl}",
        "olen": str(wanted.olen),
        "mss": _wild(wanted.mss),
        "window": format_window(Window(WindowKind(wanted.window_kind), wanted.window)),
        "wscale": _wild(wanted.wscale),
        "olayout": format_options(tuple(wanted.options), wanted.eol_pad),
        "quirks": quirk_words(wanted.quirks),
        "pclass": PAYLOAD_WORDS[PayloadClass(wanted.payload)],
    }


def quirk_words(bits: int) -> str:
    """Quirks in p0f's words and order, separated by commas."""
    return ",".join(word for quirk, word in QUIRK_WORDS.items() if bits & quirk)


def note(field: str, outcome: Outcome, wanted: SignatureFields, seen: PacketFields) -> str:
    """How a field differs, or how many hops away a fitting TTL is; empty if the two texts suffice."""
    if outcome == "exact":
        return _hops(wanted, seen) if field == "ittl" else ""
    words = _NOTES.get(field)
    return words(wanted, seen) if words else ""


def _wild(value: int) -> str:
    return "*" if value == ANY else str(value)


def _hops(wanted: SignatureFields, seen: PacketFields) -> str:
    """The hops, unless the TTL alone already shows them."""
    hops = wanted.ittl - seen.ttl
    if wanted.ittl == initial_ttl(seen.ttl) and not wanted.unreliable_ttl:
        return ""
    return f"{'at most ' * wanted.unreliable_ttl}{hops} hop{'' if hops == 1 else 's'}"


def _ittl(wanted: SignatureFields, seen: PacketFields) -> str:
    if seen.ttl > wanted.ittl:
        return f"TTL {seen.ttl} is above the initial {wanted.ittl}"
    return f"{wanted.ittl - seen.ttl} hops, beyond {MAX_DISTANCE}"


def _window(wanted: SignatureFields, seen: PacketFields) -> str:
    if wanted.window_kind == WindowKind.MODULO:
        return f"{seen.window} is no multiple of {wanted.window}"
    if wanted.window_kind in (WindowKind.MSS, WindowKind.MTU) and wanted.window_kind != seen.window_kind:
        return f"{seen.window} counts as no multiple of the {WindowKind(wanted.window_kind).name}"
    return ""


def _olayout(wanted: SignatureFields, seen: PacketFields) -> str:
    if wanted.options == seen.options:
        return f"{seen.eol_pad} bytes after eol, not {wanted.eol_pad}"
    return edit_words(wanted.options, seen.options)


def _quirks(wanted: SignatureFields, seen: PacketFields) -> str:
    asked = wanted_quirks(wanted, seen)
    sides = ((asked & ~seen.quirks, "missing"), (seen.quirks & ~asked, "added"))
    return "; ".join(f"{quirk_words(bits).replace(',', ', ')} {how}" for bits, how in sides if bits)


_NOTES: dict[str, Callable[[SignatureFields, PacketFields], str]] = {
    "version": lambda of, seen: f"the packet is IPv{seen.version}, the signature for IPv{of.version} only",
    "ittl": _ittl,
    "mss": lambda _, seen: "" if OptionKind.MSS in seen.options else "there is no MSS option",
    "window": _window,
    "wscale": lambda _, seen: "" if OptionKind.WS in seen.options else "there is no window scale option",
    "olayout": _olayout,
    "quirks": _quirks,
    "pclass": lambda _, seen: "the packet carries data" if seen.payload else "the packet carries no data",
}


NOP_EDIT = 0.5
"""The cost of an added or missing ``nop``, relative to other edits: a ``nop`` is only padding."""

SHOWN_RUNS = 4
"""Limit of the runs of equal edits that are described; further edits are only counted."""


class Edit(NamedTuple):
    """One difference. ``place`` counts options from 1 in the packet's layout.

    `wanted` is the option that the signature has there, `seen` the packet's; one of them may
    be ``None``.
    """

    place: int
    wanted: int | None
    seen: int | None


@lru_cache(maxsize=4096)
def edits_apart(wanted: bytes, seen: bytes) -> float:
    """The least cost of edits that turn one layout into the other; a ``nop`` costs less."""
    return _table(wanted, seen)[-1][-1]


def edits(wanted: bytes, seen: bytes) -> list[Edit]:
    """A cheapest sequence of edits, in the packet's order."""
    table = _table(wanted, seen)
    row, column = len(wanted), len(seen)
    found: list[Edit] = []
    while row or column:
        here = table[row][column]
        if row and column and here == table[row - 1][column - 1] + _swap(wanted[row - 1], seen[column - 1]):
            row, column = row - 1, column - 1
            if wanted[row] != seen[column]:
                found.append(Edit(column + 1, wanted[row], seen[column]))
        elif row and here == table[row - 1][column] + _weight(wanted[row - 1]):
            row -= 1
            found.append(Edit(column + 1, wanted[row], None))
        else:
            column -= 1
            found.append(Edit(column + 1, None, seen[column]))
    return found[::-1]


def edit_words(wanted: bytes, seen: bytes) -> str:
    """The differences in words: which options are missing, added or replaced, and where."""
    runs: list[list[Edit]] = []
    for edit in edits(wanted, seen):
        if runs and edit[1:] == runs[-1][0][1:] and edit.place - runs[-1][-1].place <= 1:
            runs[-1].append(edit)
        else:
            runs.append([edit])
    words = [_run_words(run) for run in runs[:SHOWN_RUNS]]
    if len(runs) > SHOWN_RUNS:
        words.append(f"{sum(map(len, runs[SHOWN_RUNS:]))} more")
    return ", ".join(words)


def _run_words(run: list[Edit]) -> str:
    edit, count = run[0], f"{len(run)} " if len(run) > 1 else ""
    if edit.seen is None:
        return f"{count}{_word(edit.wanted)} missing at {edit.place}"
    if edit.wanted is None:
        return f"{count}{_word(edit.seen)} added at {edit.place}"
    return f"{count}{_word(edit.seen)} in place of {_word(edit.wanted)} at {edit.place}"


def _word(kind: int | None) -> str:
    if kind == OptionKind.EOL:
        return "eol"
    return format_options((kind or 0,), 0)


def _weight(kind: int) -> float:
    return NOP_EDIT if kind == OptionKind.NOP else 1.0


def _swap(one: int, other: int) -> float:
    return 0.0 if one == other else max(_weight(one), _weight(other))


def _table(wanted: bytes, seen: bytes) -> list[list[float]]:
    """``table[row][column]``: least cost from the first `row` wanted to the first `column` seen options."""
    costs = [_weight(kind) for kind in seen]
    line = [0.0]
    for cost in costs:
        line.append(line[-1] + cost)
    table = [line]
    for kind in wanted:
        drop = _weight(kind)
        above, least = table[-1], table[-1][0] + drop
        line = [least]
        diagonal = above[0]
        # No min() here: it would take half of the run time.
        for other, cost, upper in zip(seen, costs, above[1:], strict=True):
            least += cost
            if upper + drop < least:
                least = upper + drop
            swap = diagonal if kind == other else diagonal + (drop if drop > cost else cost)
            if swap < least:
                least = swap
            diagonal = upper
            line.append(least)
        table.append(line)
    return table
