"""Whatever is learned compiles without a warning, names its own packets, and takes none from others."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import huginn_cffi as hg
from huginn_workbench.learning import learn
from huginn_workbench.learning.collisions import database_of, tcp_signatures, warnings_of
from huginn_workbench.learning.sightings import Handshake, handshakes, named
from huginn_workbench.overlap import COMMON_MSS, USUAL_HOPS
from sigcompiler.claims.flavors import family_names
from sigcompiler.model import TcpSignature
from tests.support.made_signatures import packet_of
from tests.workbench.learning.build import write, write_labels

FAMILIES = ("Linux", "Windows", "macOS", "FreeBSD", "Pump")
COMMON = ((2, 4, 8, 1, 3), (2, 1, 3, 1, 1, 4), (2, 1, 1, 4))
"""The layouts of which there are most signatures."""


def traffic(random: Random, signatures: list[TcpSignature]) -> list[tuple[bytes, str]]:
    """Packets of signatures that are much alike, labelled with families that need not be their own."""
    layouts = sorted({one.options for one in signatures})
    found = []
    for layout in [*random.sample(layouts, 3), random.choice(COMMON)]:
        alike = [one for one in signatures if one.options == layout]
        for signature in random.choices(alike, k=4):
            own = family_names(signature.label.name)[0]
            families = random.choice(((own,), (own,), (random.choice(FAMILIES),), FAMILIES))
            found += [(packet_of(signature, random), random.choice(families)) for _ in range(3)]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_invariants(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    whole = tcp_signatures(hg.Database.load_default())
    base = [one for one in whole if one.label.generic or random.random() < 0.5]
    packets = traffic(random, [one for one in whole if not one.label.userland])
    path = write(tmp_path / "a.pcap", *(data for data, _ in packets))
    seen = {one.packet: one for one in handshakes(path, _fail)}
    rows = [
        ("a.pcap", number, one.shown.direction, one.source.ip, packets[number - 1][1], "")
        for number, one in seen.items()
    ]
    before = database_of(base)
    known = known_packets(tmp_path, base, random)
    found = learn(path, labels=write_labels(tmp_path / "labels.csv", rows), database=before)
    learned = tcp_signatures(hg.Database.compile(text=found.text)) if found.text else []
    assert sorted(one.text for one in learned) == sorted(item.text for item in found.proposals)
    for together in (base + learned, learned + base):
        assert set(warnings_of(together)) == set(warnings_of(base))
        after = database_of(together)
        labels = {number: packets[number - 1][1] for number in seen}
        taken = [
            str(one.shown) for number, one in seen.items() if is_taken(one, labels[number], before, after)
        ]
        assert taken == []
        assert lost(known, before, after) == []


def is_taken(one: Handshake, family: str, before: hg.Database, after: hg.Database) -> bool:
    """Whether a packet lost its name, or got that of another family. Near misses are guesses, which
    the report shows, and do not count.
    """
    old, new = named(before, one.shown), named(after, one.shown)
    if new is None:
        return old is not None
    return new != old and not new.fuzzy and family not in family_names(new.signature.name)


def known_packets(folder: Path, base: list[TcpSignature], random: Random) -> list[Handshake]:
    """Packets of the specific lines that are there, from usual distances and links."""
    specific = [one for one in base if not one.label.generic]
    path = write(folder / "known.pcap", *(packet_of(one, random) for one in specific))
    return [
        one
        for one in handshakes(path, _fail)
        if one.shown.seen.mss in (0, *COMMON_MSS)
        and specific[one.packet - 1].ittl - one.shown.seen.ttl <= USUAL_HOPS
    ]


def lost(known: list[Handshake], before: hg.Database, after: hg.Database) -> list[tuple[str, str, str]]:
    """Packets that a specific line named, and that have another family now."""
    found = []
    for one in known:
        old, new = named(before, one.shown), named(after, one.shown)
        if old is not None and old.certain and new is not None:
            names = old.signature.name, new.signature.name
            if not set(family_names(names[0])).intersection(family_names(names[1])):
                found.append((str(one.shown), *names))
    return found


def _fail(error: hg.CaptureError) -> None:
    raise error
