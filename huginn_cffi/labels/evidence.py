"""Why a packet was named as it was, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from huginn_cffi.labels.families import MAX_FAMILIES
from sigcompiler.vocabulary import MAX_DISTANCE

if TYPE_CHECKING:
    from huginn_cffi.database.signatures import Signature
    from huginn_cffi.results.observables import ObservableTcp

GAINED = {"id-": "the IP id is 0 without DF", "ecn": "ECN is asked for"}
"""Quirks that a fuzzily matching packet may have beyond its signature."""

ERASED = ",".join(["nop"] * 10)
"""What a timestamp becomes that was overwritten."""

TTL, LAYOUT, QUIRKS = 1, 5, 6
"""Places in the text of a signature."""


def evidence(
    signature: Signature, *, fuzzy: bool, families: tuple[str, ...], seen: ObservableTcp
) -> tuple[str, ...]:
    """How the signature fits, what differs, who else sends the same, and where it comes from."""
    manner = "fuzzy" if fuzzy else "exact"
    found = [f"{manner} match of a {signature.label.kind} signature"]
    if fuzzy:
        found.extend(_differences(signature.text, seen))
    if ERASED in seen.olayout and signature.text.split(":")[LAYOUT] != seen.olayout:
        found.append("options were overwritten with NOPs on the way")
    if len(families) == MAX_FAMILIES:
        found.append(f"{families[0]} and {families[1]} send the same")
    elif len(families) > MAX_FAMILIES:
        found.append(f"{len(families)} families fit as well: {', '.join(families)}")
    found.append(f"signature from {signature.provenance}" if signature.provenance else "no source is stated")
    return tuple(found)


def _differences(text: str, seen: ObservableTcp) -> Iterator[str]:
    """What makes the match a fuzzy one."""
    fields = text.split(":")
    wanted, shown = fields[QUIRKS].split(","), seen.quirks
    if seen.version == 4 and "df" in wanted and "df" not in shown:
        yield "DF is missing"
    elif seen.version == 4 and "id+" in wanted and "id+" not in shown:
        yield "the IP id is 0"
    yield from (words for quirk, words in GAINED.items() if quirk in shown and quirk not in wanted)
    initial = initial_ttl(fields[TTL])
    if seen.ttl > initial:
        yield f"the TTL {seen.ttl} is above the initial {initial}"
    elif initial - seen.ttl > MAX_DISTANCE and not fields[TTL].endswith("-"):
        yield f"the TTL {seen.ttl} is more than {MAX_DISTANCE} hops below the initial {initial}"


def initial_ttl(field: str) -> int:
    """``64``, ``64-`` and ``54+10`` all begin at 64."""
    near, _, distance = field.rstrip("-").partition("+")
    return int(near) + int(distance or 0)
