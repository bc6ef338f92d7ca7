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

LOST = {"df": "DF is missing", "id+": "the IP id is 0"}
"""Quirks of a signature that a fuzzily matching packet of IPv4 may lack; the first that it lacks is told."""

WORDS = {
    "match": "{manner} match of a {kind} signature",
    "above": "the TTL {ttl} is above the initial {initial}",
    "below": f"the TTL {{ttl}} is more than {MAX_DISTANCE} hops below the initial {{initial}}",
    "erased": "options were overwritten with NOPs on the way",
    "two": "{families} send the same",
    "more": "{count} families fit as well: {families}",
    "source": "signature from {provenance}",
    "unstated": "no source is stated",
}
"""The page of web/ takes them from here."""

ERASED = ",".join(["nop"] * 10)
"""What a timestamp becomes that was overwritten."""

TTL, LAYOUT, QUIRKS = 1, 5, 6
"""Places in the text of a signature."""


def evidence(
    signature: Signature, *, fuzzy: bool, families: tuple[str, ...], seen: ObservableTcp
) -> tuple[str, ...]:
    """How the signature fits, what differs, who else sends the same, and where it comes from."""
    manner = "fuzzy" if fuzzy else "exact"
    found = [WORDS["match"].format(manner=manner, kind=signature.label.kind)]
    if fuzzy:
        found.extend(_differences(signature.text, seen))
    if ERASED in seen.olayout and signature.text.split(":")[LAYOUT] != seen.olayout:
        found.append(WORDS["erased"])
    if len(families) == MAX_FAMILIES:
        found.append(WORDS["two"].format(families=" and ".join(families)))
    elif len(families) > MAX_FAMILIES:
        found.append(WORDS["more"].format(count=len(families), families=", ".join(families)))
    found.append(
        WORDS["source" if signature.provenance else "unstated"].format(provenance=signature.provenance)
    )
    return tuple(found)


def _differences(text: str, seen: ObservableTcp) -> Iterator[str]:
    """What makes the match a fuzzy one."""
    fields = text.split(":")
    wanted, shown = fields[QUIRKS].split(","), seen.quirks
    lost = [words for quirk, words in LOST.items() if quirk in wanted and quirk not in shown]
    if seen.version == 4:
        yield from lost[:1]
    yield from (words for quirk, words in GAINED.items() if quirk in shown and quirk not in wanted)
    initial = initial_ttl(fields[TTL])
    if seen.ttl > initial:
        yield WORDS["above"].format(ttl=seen.ttl, initial=initial)
    elif initial - seen.ttl > MAX_DISTANCE and not fields[TTL].endswith("-"):
        yield WORDS["below"].format(ttl=seen.ttl, initial=initial)


def initial_ttl(field: str) -> int:
    """``64``, ``64-`` and ``54+10`` all begin at 64."""
    near, _, distance = field.rstrip("-").partition("+")
    return int(near) + int(distance or 0)
