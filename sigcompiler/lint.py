"""Warns about signatures that can never win, because others match every packet that they match.

A specific signature wins over later ones and over all generic ones; a generic one wins over later
generic ones. Only exact matches are compared, separately for each IP version.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TypeAlias

from sigcompiler.claims.flavors import claims
from sigcompiler.collector import Collector
from sigcompiler.diagnostics import quoted, visible
from sigcompiler.ja4 import MOST_MASKS, fitted, key_of, leaders, rank
from sigcompiler.model import (
    DeviceSignature,
    HttpSignature,
    MtuSignature,
    Place,
    SignatureFile,
    TcpSignature,
    TlsSignature,
)
from sigcompiler.overlap import covered, covered_patterns, covered_segments
from sigcompiler.shadowing import Group, Groups, ShadowEntry
from sigcompiler.table.devices import grouped, number_of
from sigcompiler.table.http_lookup import Atom, needed_atoms, searched_atoms
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import DEVICE_MOST_MEMBERS, HTTP_MOST_ATOMS
from sigcompiler.vocabulary import MAX_DISTANCE

_Ordered: TypeAlias = "HttpSignature | TlsSignature | DeviceSignature"
_FIRST_LEADS = "under another label: both become candidates, the first leads"


def lint(model: SignatureFile, collector: Collector) -> None:
    """Report covered and repeated signatures."""
    _lint_tcp(model, collector)
    _lint_http(model, collector)
    _lint_mtu(model, collector)
    _lint_tls(model, collector)
    _lint_devices(model, collector)
    _lint_segments(model, collector)


def overriding(own: SignatureFile, known: KnownSignatures) -> int:
    """How many signatures of a file take the place of a known one that has another label."""
    collector = Collector()
    lint(known.behind(own, whole=True), collector)
    files = set(known.files)
    found = (
        cover.place
        for signature, cover in collector.covered
        if signature.place.file in files and _sender(cover) != _sender(signature)
    )
    return len({place for place in found if place.file not in files})


def lint_flavors(model: SignatureFile, collector: Collector) -> None:
    """Report flavors with numbers that are no versions. p0f's own file has 36, so only authors are told."""
    for label in dict.fromkeys(one.label for one in model.tcp):
        stated = not label.userland and any(map(str.isdigit, label.flavor))
        if stated and not any(one.versions for one in claims(label.name, label.flavor)):
            message = f"the number in {quoted(label.flavor)} is read as no version, so hosts show none"
            hint = "write versions as in 4.19-6.15, 10 or 11, 5.4 or newer; a model belongs to the name"
            collector.add("W014", label.place, message, hint)


def _lint_tcp(model: SignatureFile, collector: Collector) -> None:
    groups = Groups()
    open_generic: list[ShadowEntry] = []
    for number, signature in enumerate(model.tcp):
        entry = ShadowEntry(number, signature)
        own = groups.of(signature)
        generic = signature.label.generic
        if not _report_earlier(entry, own, collector) and generic:
            open_generic.append(entry)
        for _, group in own:
            (group.generic if generic else group.specific).add(entry)
    for entry in open_generic:
        _report_later(entry, groups.of(entry.signature), collector)


def _report_earlier(entry: ShadowEntry, groups: Sequence[tuple[int, Group]], collector: Collector) -> bool:
    """Report a signature that earlier ones cover for each of its IP versions; return whether they do."""
    covers = []
    near = False
    generic = entry.signature.label.generic
    for version, group in groups:
        found, nearly = group.specific.covering(entry, version)
        if found is None and generic:
            found, _ = group.generic.covering(entry, version)
        elif found is None:
            found, near = nearly, True
        if found is None:
            return False
        covers.append(found.signature)
    if covers:
        report = _report_near if near else _report_covered
        report(entry.signature, covers, collector)
    return bool(covers)


def _report_covered(signature: TcpSignature, covers: list[TcpSignature], collector: Collector) -> None:
    collector.covered += ((signature, cover) for cover in covers)
    place = signature.place
    can = "can never match" if all(_hides(cover, signature) for cover in covers) else "can match only fuzzily"
    message = f"line {place.line} {can}: covered by {_lines(place, covers)}"
    if any(_description(cover) != _description(signature) for cover in covers):
        hint = "delete it, or move it above the line that covers it"
        if signature.label.generic and not all(cover.label.generic for cover in covers):
            hint = "delete it: a specific signature wins over a generic one"
        collector.add("W030", place, message, hint)
    elif all(_sender(cover) == _sender(signature) for cover in covers):
        collector.add("W031", place, f"{message}, the same signature", "delete one of the two")
    else:
        hint = "delete one of the two, or put the likelier one first"
        collector.add("W031", place, f"{message}, the same signature {_FIRST_LEADS}", hint)


def _report_near(signature: TcpSignature, covers: list[TcpSignature], collector: Collector) -> None:
    place = signature.place
    ittl = max(cover.ittl for cover in covers)
    hops = MAX_DISTANCE - max(0, ittl - signature.ittl)
    message = f"line {place.line} wins only for packets from more than {hops} hops away"
    message += f", otherwise covered by {_lines(place, covers)}"
    hint = "hardly any host is that far away; delete the line, or move it above the other"
    collector.add("W032", place, message, hint)


def _report_later(entry: ShadowEntry, groups: Sequence[tuple[int, Group]], collector: Collector) -> None:
    """Report a generic signature that specific ones cover, at least one of which comes later."""
    covers = []
    for version, group in groups:
        found, _ = group.specific.covering(entry, version)
        if found is None:
            return
        covers.append(found.signature)
    if covers:
        collector.covered += ((entry.signature, cover) for cover in covers)
        place = entry.signature.place
        can = "can never match" if entry.signature.label.userland else "can match only fuzzily"
        message = f"generic line {place.line} {can}: covered by {_lines(place, covers)}"
        hint = "a specific signature wins over a generic one at any place; delete one of the two"
        collector.add("W033", place, message, hint)


def _hides(cover: TcpSignature, signature: TcpSignature) -> bool:
    """Return whether ``cover`` takes even the fuzzy matches from ``signature``.

    A tool never wins a fuzzy match. An unreliable TTL limits fuzzy matches as well; an ordinary TTL
    does not.
    """
    if signature.label.userland:
        return True
    if cover.label.userland:
        return False
    return signature.unreliable_ttl or not cover.unreliable_ttl


_description = attrgetter(
    *("version", "ittl", "unreliable_ttl", "olen", "mss", "window", "wscale", "options", "eol_pad", "quirks"),
    "payload",
)
"""All values that determine which packets a TCP signature matches."""
_sender = attrgetter("label.name", "label.flavor", "label.generic", "label.userland")


def _lines(place: Place, covers: Sequence[TcpSignature]) -> str:
    """Name the lines of ``covers``, with the file if it differs from the file of ``place``."""
    return " and ".join(dict.fromkeys(_line(place, cover.place) for cover in covers))


def _line(place: Place, other: Place) -> str:
    return f"line {other.line}" if other.file == place.file else f"{visible(other.file)}:{other.line}"


def _lint_http(model: SignatureFile, collector: Collector) -> None:
    _lint_atoms(model, collector)
    best: dict[tuple[int, str], HttpSignature] = {}
    for signature in sorted(model.http, key=lambda one: one.label.generic):
        best.setdefault((int(signature.label.section), signature.text), signature)
    for signature in model.http:
        same = best[int(signature.label.section), signature.text]
        if same is not signature:
            collector.covered.append((signature, same))
            message = _same_as("signature", signature, same)
            collector.add("W034", signature.place, message, "delete one of the two")
    for number, leader in covered(model.http):
        signature, cover = model.http[number], model.http[leader]
        if signature.text != cover.text:
            _report_later_line(signature, cover, "W038", collector)


def _lint_atoms(model: SignatureFile, collector: Collector) -> None:
    atoms: dict[Atom, None] = {}
    for signature in model.http:
        atoms.update(dict.fromkeys((*needed_atoms(signature), *searched_atoms(signature))))
        if len(atoms) > HTTP_MOST_ATOMS:
            message = f"more than {HTTP_MOST_ATOMS} different headers, and texts of headers and of software"
            collector.add(
                "E056", signature.place, message, "delete the signatures and texts that distinguish least"
            )
            return
    for system in model.user_agent_systems[HTTP_MOST_ATOMS:][:1]:
        message = f"more than {HTTP_MOST_ATOMS} systems in ua_os"
        collector.add("E056", system.place, message, "name fewer")


def _same_as(what: str, one: _Ordered, leader: _Ordered) -> str:
    same = f"the same {what} as {_line(one.place, leader.place)}"
    if one.label.generic and not leader.label.generic:
        return f"{same}, which is specific and so leads"
    return same if _sender(leader) == _sender(one) else f"{same} {_FIRST_LEADS}"


def _report_later_line(signature: _Ordered, cover: _Ordered, code: str, collector: Collector) -> None:
    place = signature.place
    collector.covered.append((signature, cover))
    hint = "delete it, or move it above the line that covers it"
    if signature.label.generic and not cover.label.generic:
        hint = "delete it: a specific signature wins over a generic one"
    message = f"line {place.line} can never lead: covered by {_line(place, cover.place)}"
    collector.add(code, place, message, hint)


def _lint_mtu(model: SignatureFile, collector: Collector) -> None:
    first: dict[int, MtuSignature] = {}
    for signature in model.mtu:
        earlier = first.setdefault(signature.mtu, signature)
        if earlier is not signature:
            collector.covered.append((signature, earlier))
            message = f"MTU {signature.mtu} is already in {_line(signature.place, earlier.place)}, which wins"
            collector.add("W035", signature.place, message, "delete one of the two")


def _lint_tls(model: SignatureFile, collector: Collector) -> None:
    """Report signatures that are never the answer, because a better one fits all the same hellos."""
    keys = [key_of(signature) for signature in model.tls]
    ranks = [rank(signature, number) for number, signature in enumerate(model.tls)]
    best = leaders(model.tls)
    masks = list(dict.fromkeys(mask for _, mask in keys))
    if len(masks) > MOST_MASKS:
        first = next(number for number, (_, mask) in enumerate(keys) if mask == masks[MOST_MASKS])
        message = f"signatures leave open more than {MOST_MASKS} different sets of places"
        hint = "a hello is looked up once for each set; leave open the same places in more signatures"
        collector.add("E062", model.tls[first].place, message, hint)
        return
    for number, signature in enumerate(model.tls):
        fitting = ((value, mask) for mask in masks if (value := fitted(keys[number], mask)) is not None)
        leader = min((best[key] for key in fitting if key in best), key=ranks.__getitem__)
        if keys[leader] != keys[number]:
            _report_later_line(signature, model.tls[leader], "W037", collector)
        elif leader != number:
            collector.covered.append((signature, model.tls[leader]))
            message = _same_as("JA4", signature, model.tls[leader])
            collector.add("W036", signature.place, message, "delete one of the two")


def _lint_devices(model: SignatureFile, collector: Collector) -> None:
    for grades in grouped(model.device).values():
        if len(grades) > DEVICE_MOST_MEMBERS:
            place = model.device[number_of(sorted(grades)[DEVICE_MOST_MEMBERS])].place
            message = f"more than {DEVICE_MOST_MEMBERS} patterns that are found by the same beginning"
            hint = "write a longer beginning, or capture the text that differs"
            collector.add("E074", place, message, hint)
    for number, leader in covered_patterns(model.device):
        signature, cover = model.device[number], model.device[leader]
        if signature.pattern == cover.pattern:
            collector.covered.append((signature, cover))
            message = _same_as("pattern", signature, cover)
            collector.add("W039", signature.place, message, "delete one of the two")
        else:
            _report_later_line(signature, cover, "W040", collector)


def _lint_segments(model: SignatureFile, collector: Collector) -> None:
    for signature, cover in covered_segments(model.segments):
        collector.covered.append((signature, cover))
        place = signature.place
        message = f"line {place.line} can never lead: covered by {_line(place, cover.place)}"
        hint = "delete it, or move it above the line that covers it"
        collector.add("W041", place, message, hint)
