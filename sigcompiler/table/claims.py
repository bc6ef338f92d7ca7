"""The records of claims and of confidence tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sigcompiler.claims.confidence import ANNOUNCED, ASSUMED, BASES, UNIT, UNPROVEN, Confidence
from sigcompiler.claims.flavors import Claim
from sigcompiler.claims.labels import LabelClaim, family_identity
from sigcompiler.stacks import stacks_of
from sigcompiler.table.known import KnownSignatures
from sigcompiler.table.layout import NO_INDEX, Record


class ClaimRecords:
    """The sections ``families``, ``claims``, ``claim_families`` and ``versions``, without duplicates."""

    def __init__(self, known: KnownSignatures, add_text: Callable[[str], tuple[int, int]]) -> None:
        self._add_text = add_text
        self._claims: dict[LabelClaim, int] = {}
        families = enumerate(known.rows("families"))
        self._families = {known.text(row, "name"): number for number, row in families}
        self.families = known.records("families")
        self.claims = known.records("claims")
        self.claim_families = known.records("claim_families")
        self.versions = known.records("versions")

    def number(self, claim: LabelClaim) -> int:
        """The index of a claim, which is added if it is new."""
        if claim not in self._claims:
            self._claims[claim] = len(self.claims)
            first = len(self.claim_families)
            self.claim_families += [self._of_family(one) for one in claim.families]
            self.claims.append(
                (claim.identity, claim.stacks, first, len(self.claim_families) - first, int(claim.kind))
            )
        return self._claims[claim]

    def _of_family(self, one: Claim) -> Record:
        first = len(self.versions)
        self.versions += one.versions
        return self._family(one.family), first, len(self.versions) - first

    def _family(self, name: str) -> int:
        if name not in self._families:
            self._families[name] = len(self.families)
            self.families.append((family_identity(name), *self._add_text(name), stacks_of(name), 0))
        return self._families[name]


def confidence_records(tables: Confidence | None) -> dict[str, list[Record]]:
    """The sections of confidence tables. Without tables they are empty, and the default tables are used."""
    if tables is None:
        return {"confidence": [], "standings": [], "segment_shares": [], "device_shares": []}
    shares: list[Record] = [
        (share_of(tables.confidence[name]), share_of(tables.version_confidence.get(name))) for name in BASES
    ]
    return {
        "confidence": shares,
        "standings": _by_family(tables.standing),
        "segment_shares": _by_family(tables.segments),
        "device_shares": [
            (share_of(tables.devices.get(name, UNPROVEN)) | (ASSUMED if name in tables.assumed else 0),)
            for name in (ANNOUNCED if tables.devices else ())
        ],
    }


def _by_family(shares: Mapping[str, float]) -> list[Record]:
    """Shares in ascending order of the families' identities."""
    found = {family_identity(name): share_of(share) for name, share in shares.items()}
    return [(*one, 0) for one in sorted(found.items())]


def share_of(value: float | None) -> int:
    """A share in the unit of the database's sections; `NO_INDEX` for None."""
    return NO_INDEX if value is None else round(value * UNIT)
