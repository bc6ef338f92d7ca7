"""How many rows of a network's SYNs get the family that sends them: python -m tools.lab.tcp_systems FILE

FILE is a table ``fingerprint,connections,systems``: ``(window)(option)…`` in hexadecimal, where MSS and
window scale have their data and every other option its kind alone, and the systems with their shares. The
family is that of the largest share. Each row becomes two SYNs with DF and the family's TTL, one with the
IP ID 0. A row is right if both get that family, wrong if one gets another, else unnamed. The same options
in a random order are nobody's: they should stay unnamed.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import huginn_cffi as hg
from huginn_cffi.results import OsMatch
from sigcompiler.claims.flavors import named_families
from tests.support.packets import Ip4, Tcp, packet, timestamps

GROUP = re.compile(r"\(([0-9a-f]*)\)")
NOP = "01"
LEFT_OUT = {
    "04": "0402",
    "08": timestamps(1234567).hex(),
    "22": "2202",
    "1e": "1e0c" + "00" * 10,
    "fe": "fe04f989",
}
"""Options of which the table has the kind alone, as a SYN has them."""
LONGEST = 40
FAMILIES = {"windows": ("Windows", 128), "mac": ("macOS", 64), "": ("Linux", 64)}
"""By the first word of a system: the family and its initial TTL. All others are distributions of Linux."""
IDS = (0, 0x1234)


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A line of the table; options as it has them."""

    window: int
    options: tuple[str, ...]
    connections: int
    family: str
    ttl: int

    @property
    def layout(self) -> str:
        """The kinds of the options in their order."""
        return " ".join(option[:2] for option in self.options)

    def shuffled(self, chance: random.Random) -> SystemRow | None:
        """The same options in another order; None if there are too few for one."""
        order = list(self.options)
        if len({option for option in order if option != "00"}) < 3:
            return None
        while [option[:2] for option in order] == self.layout.split():
            chance.shuffle(order)
        return SystemRow(self.window, tuple(order), self.connections, self.family, self.ttl)


def rows(lines: Iterable[str]) -> Iterator[SystemRow]:
    """The lines of a table, header included."""
    for line in csv.DictReader(lines):
        shares: dict[tuple[str, int], float] = defaultdict(float)
        for one in line["systems"].split("; "):
            name, _, share = one.rpartition(" ")
            shares[FAMILIES.get(name.split("_")[0], FAMILIES[""])] += float(share)
        window, *options = GROUP.findall(line["fingerprint"])
        family, ttl = max(shares, key=lambda system: shares[system])
        yield SystemRow(int(window, 16), tuple(options), int(line["connections"]), family, ttl)


def syn(row: SystemRow, identification: int) -> bytes:
    """The packet of a row."""
    options = bytes.fromhex("".join(LEFT_OUT.get(option, option) for option in row.options))
    options += bytes(-len(options) % 4)
    return packet(
        Ip4(ttl=row.ttl, identification=identification), Tcp(window=row.window, options=options[:LONGEST])
    )


def name(row: SystemRow, identification: int) -> OsMatch | None:
    """What the SYN of a row is called."""
    seen = hg.fingerprint(syn(row, identification)).syn
    return None if seen is None else seen.match


def judged(row: SystemRow) -> str:
    """``right``, ``wrong`` or ``unnamed``."""
    names = [name(row, identification) for identification in IDS]
    families = [None if match is None else named_families(match._answer().families) for match in names]
    if any(found and row.family not in found for found in families):
        return "wrong"
    return "right" if all(families) else "unnamed"


def named(row: SystemRow) -> bool:
    """Whether a row has any name."""
    return any(name(row, identification) for identification in IDS)


def table(found: Sequence[SystemRow], seed: int) -> Iterator[str]:
    """The shares of rows, of connections and of shuffled rows, and what is not right by its layout."""
    results = {row: judged(row) for row in found}
    counts = Counter(results.values())
    connections: Counter[str] = Counter()
    for row, result in results.items():
        connections[result] += row.connections
    yield f"{'':12}{'number':>14}{'right':>10}{'wrong':>10}{'unnamed':>10}   in percent"
    for title, counted in (("rows", counts), ("connections", connections)):
        total = sum(counted.values())
        shares = "".join(f"{100 * counted[result] / total:10.3f}" for result in ("right", "wrong", "unnamed"))
        yield f"{title:12}{total:14}{shares}"
    chance = random.Random(seed)
    others = [other for row in found if (other := row.shuffled(chance)) is not None]
    lucky = [other for other in others if named(other)]
    yield f"{'shuffled':12}{len(others):14}{'':20}{100 * (1 - len(lucky) / max(1, len(others))):10.3f}"
    for result in ("wrong", "unnamed"):
        layouts = Counter((row.family, row.layout) for row in found if results[row] == result)
        for (family, layout), count in layouts.most_common():
            yield f"{result:10}{count:4}  {family}: {layout}"
    for row in lucky:
        given = {str(match) for identification in IDS if (match := name(row, identification))}
        yield f"shuffled  {row.window},{row.layout}: {', '.join(sorted(given))}"


def main() -> None:
    """Print the table of one file."""
    parser = argparse.ArgumentParser(prog="python -m tools.lab.tcp_systems")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=0, help="of the shuffled rows")
    wanted = parser.parse_args()
    with wanted.file.open(encoding="utf-8", newline="") as lines:
        found = list(rows(lines))
    print("\n".join(table(found, wanted.seed)))


if __name__ == "__main__":
    main()
