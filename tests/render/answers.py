"""What must be said beyond a row's own signature: the rules of ``csrc/names`` over a list of signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from ipaddress import IPv4Address
from typing import Any

from huginn_workbench.wording import family_text
from sigcompiler.claims.confidence import NEW_FAMILY, UNIT, read_confidence
from sigcompiler.claims.flavors import MAX_FAMILIES, family_names, label_text
from sigcompiler.claims.sources import weight
from sigcompiler.emit_header import REASONS
from sigcompiler.vocabulary import MAX_DISTANCE, Quirk
from tests.reference.matcher import Fit, fit
from tests.reference.packet import Observation
from tests.render.databases import RenderedSignature, signature_of
from tests.support.core import CONFIDENCE
from tests.support.rendered_rows import NONE, SYN, SYN_ACK, EventRow

TABLES = read_confidence(CONFIDENCE)
"""Those of the default database, which others use too."""

NOWHERE = IPv4Address(0)


def expected_answer(row: EventRow, named: Sequence[RenderedSignature]) -> dict[str, Any]:
    """The answer's members; none where no signature names the row."""
    if row.event not in (SYN, SYN_ACK) or row.signature == NONE:
        return {}
    own = named[row.signature]
    others = [one for one in named if fits_as_well(row, own, one)]
    families = tuple(dict.fromkeys(name for one in (own, *others) for name in family_names(one.name)))
    labels = [label_text(one.name, one.flavor) for one in (own, *others)]
    confidence, versions = shares(row, own, families)
    return {
        "family": shown(family_text(families)) if len(families) <= MAX_FAMILIES else None,
        "confidence": confidence,
        "version_confidence": versions if own.flavor else None,
        "candidates": [shown(one) for one in dict.fromkeys(labels) if one != labels[0]],
        "evidence": [shown(one) for one in evidence(row, own, families)],
    }


def answer_text(row: EventRow, named: Sequence[RenderedSignature]) -> str:
    """The same as it stands in a record."""
    members = json.dumps(expected_answer(row, named), separators=(",", ":"), ensure_ascii=False)
    return f",{members[1:-1]}"


def shown(text: str) -> str:
    """A text of a signature file as a JSON reader gets it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fits_as_well(row: EventRow, own: RenderedSignature, other: RenderedSignature) -> bool:
    """Whether `other` fits like `own`: exactly and of the same kind, or fuzzily."""
    if row.event != SYN:
        return False  # all signatures are of requests
    how = fit(signature_of(other), observation(row))
    if other.userland != own.userland:
        return False  # no name mixes a system and a tool
    if row.fuzzy:
        has_ttl = not fits_ttl(row, own) or fits_ttl(row, other)
        return how is Fit.FUZZY and not other.userland and has_ttl
    return how is Fit.EXACT and other.generic == own.generic


def fits_ttl(row: EventRow, one: RenderedSignature) -> bool:
    """Whether the packet can have come from there, as far as its TTL says."""
    signature = signature_of(one)
    hops = signature.ittl - row.ttl
    return hops >= 0 and (hops <= MAX_DISTANCE or signature.unreliable_ttl)


def observation(row: EventRow) -> Observation:
    """What a signature is compared with."""
    return Observation(
        version=row.ip_version,
        source=NOWHERE,
        destination=NOWHERE,
        sport=0,
        dport=0,
        ttl=row.ttl,
        tos=0,
        olen=row.olen,
        flags=0,
        seq=0,
        ack=0,
        window=row.wsize,
        mss=row.mss,
        wscale=row.wscale,
        ts1=0,
        ts2=0,
        options=row.options,
        eol_pad=row.eol_pad,
        quirks=Quirk(row.quirks),
        payload=row.pclass,
        headers=0,
    )


def shares(row: EventRow, own: RenderedSignature, families: tuple[str, ...]) -> tuple[float, float | None]:
    """How often such answers have the right family, and the right version."""
    if len(families) > MAX_FAMILIES:
        return 0.0, None
    manner = "fuzzy" if row.fuzzy else "generic" if own.generic else "specific"
    source = weight(own.provenance)
    basis = f"{manner} {len(families)} {source}"
    standing = 1.0
    if source != "unstated" and not own.userland:
        standing = max(known_standing(name) for name in families)
    versions = TABLES.version_confidence.get(basis)
    return TABLES.confidence[basis] * standing, None if versions is None else versions * standing


def known_standing(name: str) -> float:
    """By the name in any case of letters."""
    known = {family.lower(): share for family, share in TABLES.standing.items()}
    return known.get(name.lower(), round(NEW_FAMILY * UNIT) / UNIT)


def evidence(row: EventRow, own: RenderedSignature, families: tuple[str, ...]) -> list[str]:
    """The reasons, in words."""
    kind, manner = ("generic" if own.generic else "specific"), ("fuzzy" if row.fuzzy else "exact")
    found = [REASONS["MATCH"].format(manner=manner, kind=kind)]
    found += differences(row, own) if row.fuzzy else []
    if len(families) == MAX_FAMILIES:
        found.append(REASONS["TWO"].format(families=" and ".join(families)))
    if len(families) > MAX_FAMILIES:
        found.append(REASONS["MORE"].format(count=len(families), families=", ".join(families)))
    source = REASONS["SOURCE"].format(provenance=own.provenance)
    return [*found, source if own.provenance else REASONS["UNSTATED"]]


def differences(row: EventRow, own: RenderedSignature) -> list[str]:
    """What makes a match a fuzzy one."""
    signature = signature_of(own)
    lost, gained = signature.quirks & ~row.quirks, row.quirks & ~signature.quirks
    values = {"ttl": row.ttl, "initial": signature.ittl}
    reasons = {
        "DF_LOST": row.ip_version == 4 and lost & Quirk.DF,
        "ID_LOST": row.ip_version == 4 and lost & Quirk.ID_PLUS and not lost & Quirk.DF,
        "ID_GAINED": gained & Quirk.ID_MINUS,
        "ECN_GAINED": gained & Quirk.ECN,
        "ABOVE": row.ttl > signature.ittl,
        "BELOW": signature.ittl - row.ttl > MAX_DISTANCE and not own.unreliable_ttl,
    }
    return [REASONS[name].format(**values) for name, holds in reasons.items() if holds]
