"""What learning found, as text for the contributor."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.applications.learning.clients import UnknownClient
    from huginn_cffi.applications.learning.messages import UnknownMessage
    from huginn_cffi.applications.learning.programs import LearnedPrograms
    from huginn_cffi.applications.learning.results import Learned
    from huginn_cffi.applications.learning.unknown import Unknown
    from huginn_cffi.explain import NearSignature

WIDTH = 100
MOST_KNOWN = 8
PACKETS = {"request": "SYN", "response": "SYN+ACK"}


def learned_text(found: Learned) -> str:
    """Proposals, refusals, what is known, and what would change; then the totals."""
    lines = [*_proposals(found), *_refusals(found), *_known(found), *_changes(found)]
    for note in found.notes:
        lines += _wrapped("note: ", note)
    counts = (("proposed", found.proposals), ("refused", found.refusals), ("known", found.known))
    lines.append(", ".join(f"{len(items)} {word}" for word, items in counts))
    return "\n".join(lines)


def programs_text(found: LearnedPrograms) -> str:
    """The same of clients and servers."""
    lines: list[str] = []
    for word, items, before in (
        ("proposed: ", found.proposals, ""),
        ("refused:  ", found.refusals, "  because "),
        ("known:    ", found.known, "  by "),
    ):
        for item in items:
            lines += [*_wrapped(word, f"{item.label}, {item.section}"), *_wrapped("  ", item.text)]
            lines += _wrapped(before, item.reason) if before else ()
    counts = (("proposed", found.proposals), ("refused", found.refusals), ("known", found.known))
    lines.append(", ".join(f"{len(items)} {word}" for word, items in counts))
    return "\n".join(lines)


def unknown_text(item: Unknown) -> str:
    """Who sends it, what it resembles, and the template, which is not wrapped."""
    words = f"{item.support} ({item.support.example}), now {item.answer}"
    lines = [*_wrapped(f"{PACKETS[item.direction]}: ", words), *_wrapped("  seen as ", item.raw)]
    for near in item.relatives:
        lines += _relative(near)
    lines += ["", *(f"    {visible(line)}".rstrip() for line in item.template.splitlines())]
    return "\n".join(lines)


def client_text(item: UnknownClient) -> str:
    """The same of a TLS client."""
    words = f"{item.support} ({item.support.example}), now {item.answer}"
    lines = [*_wrapped("TLS client: ", words), *_wrapped("  seen as ", item.ja4)]
    for near in item.relatives:
        lines += _relative(near)
    lines += ["", *(f"    {visible(line)}".rstrip() for line in item.template.splitlines())]
    return "\n".join(lines)


def message_text(item: UnknownMessage) -> str:
    """The same of an HTTP message."""
    words = f"{item.support} ({item.support.example}), now {item.answer}"
    lines = [*_wrapped(f"HTTP {item.direction}: ", words), *_wrapped("  seen as ", item.raw)]
    for near in item.relatives:
        lines += _relative(near)
    lines += ["", *(f"    {visible(line)}".rstrip() for line in item.template.splitlines())]
    return "\n".join(lines)


def _relative(near: NearSignature) -> Iterator[str]:
    fit = near.fit if near.fit != "no" else f"distance {near.distance:g}"
    yield from _wrapped("  near ", f"{near.label}, {fit}: {near.file}:{near.line}")
    for item in near.of("differs") + near.of("tolerated"):
        words = f"{item.packet or 'none'}, there {item.signature or 'none'}"
        yield from _wrapped(f"    {item.field} ", f"{words}: {item.note}" if item.note else words)


def _proposals(found: Learned) -> Iterator[str]:
    shown = ""
    for item in found.proposals:
        yield from _wrapped("proposed: ", f"{item.system}, {PACKETS[item.direction]}: {item.support}")
        yield from _wrapped("  ", item.text)
        if item.narrowed and item.narrowed != shown:
            yield from _wrapped("  narrow, because of a wider one: ", item.narrowed)
        shown = item.narrowed


def _refusals(found: Learned) -> Iterator[str]:
    for item in found.refusals:
        where = f"{item.support} ({item.support.example})"
        yield from _wrapped("refused:  ", f"{item.system}, {PACKETS[item.direction]}: {where}")
        yield from _wrapped("  ", item.text)
        yield from _wrapped("  because ", item.reason)


def _known(found: Learned) -> Iterator[str]:
    """All of them where they are few; those whose versions differ always."""
    few = len(found.known) <= MOST_KNOWN
    for item in found.known:
        if item.agrees and not few:
            continue
        yield from _wrapped("known:    ", f"{item.system}, {PACKETS[item.direction]}: {item.support}")
        yield from _wrapped("  by ", item.line)
        if not item.agrees:
            yield "  which names other versions: a signature cannot tell which; its flavor can hold both"


def _changes(found: Learned) -> Iterator[str]:
    for item in found.changes:
        words = f"{PACKETS[item.direction]}, {item.support}: {item.before} becomes {item.after}"
        yield from _wrapped("changes:  ", words)


def _wrapped(start: str, text: str) -> Iterator[str]:
    """`start` and `text`, further lines indented; control characters are shown."""
    yield from textwrap.wrap(
        visible(text), WIDTH, initial_indent=start, subsequent_indent="    ", break_on_hyphens=False
    ) or [start]
