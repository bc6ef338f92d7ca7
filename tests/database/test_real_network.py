"""SYNs of a whole network get the family of their senders; the same options in random order get no name."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import huginn_cffi as hg
from sigcompiler.claims.flavors import named_families
from tests.support.core import SHARED
from tests.support.packets import Ip4, Tcp, packet, timestamps

REAL = SHARED / "facts" / "mercury" / "tcp-systems.csv"
"""Window and options in hexadecimal: MSS and window scale with their data, all others by their kind alone."""
LEFT_OUT = {
    "04": "0402",
    "08": timestamps(1234567).hex(),
    "22": "2202",
    "1e": "1e0c" + "00" * 10,
    "fe": "fe04f989",
}
"""What SYNs have of the options that the table has by their kind."""
LONGEST = 40
FAMILIES = {"windows": ("Windows", 128), "mac": ("macOS", 64), "": ("Linux", 64)}
"""By the first word of a system: family and initial TTL. All others are distributions of Linux."""
IDS = (0, 0x1234)


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A row of the table, and the family of the largest share of its connections."""

    window: int
    options: tuple[str, ...]
    family: str
    ttl: int

    def names(self) -> list[tuple[str, ...] | None]:
        """Families that SYNs of this row get, with and without an IP ID; None: no signature fits."""
        raw = bytes.fromhex("".join(LEFT_OUT.get(option, option) for option in self.options))
        tcp = Tcp(window=self.window, options=(raw + bytes(-len(raw) % 4))[:LONGEST])
        seen = [hg.fingerprint(packet(Ip4(ttl=self.ttl, identification=one), tcp)).syn for one in IDS]
        matches = [syn.match if syn else None for syn in seen]
        return [named_families(match._answer().families) if match else None for match in matches]

    def judged(self) -> str:
        found = self.names()
        if any(families and self.family not in families for families in found):
            return "wrong"
        return "right" if all(found) else "unnamed"

    def shuffled(self, chance: random.Random) -> SystemRow | None:
        """The same options in another order; None if there are too few for one."""
        order, before = list(self.options), [option[:2] for option in self.options]
        if len({option for option in order if option != "00"}) < 3:
            return None
        while [option[:2] for option in order] == before:
            chance.shuffle(order)
        return SystemRow(self.window, tuple(order), self.family, self.ttl)


def rows() -> Iterator[SystemRow]:
    with REAL.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            shares: dict[tuple[str, int], float] = defaultdict(float)
            for one in line["systems"].split("; "):
                name, _, share = one.rpartition(" ")
                shares[FAMILIES.get(name.split("_")[0], FAMILIES[""])] += float(share)
            window, *options = re.findall(r"\(([0-9a-f]*)\)", line["fingerprint"])
            yield SystemRow(int(window, 16), tuple(options), *max(shares, key=lambda system: shares[system]))


def test_rows_of_a_real_network() -> None:
    """Windows, macOS and Linux in offices, 2020 and 2021; order and padding changed by boxes on the way."""
    if not REAL.exists():
        pytest.skip(f"{REAL} is absent")
    found, chance = list(rows()), random.Random(0)
    results = Counter(row.judged() for row in found)
    assert results["right"] >= 0.96 * len(found)
    assert results["wrong"] <= 0.008 * len(found)
    others = [other for row in found if (other := row.shuffled(chance)) is not None]
    assert sum(any(name is not None for name in other.names()) for other in others) <= 0.015 * len(others)
