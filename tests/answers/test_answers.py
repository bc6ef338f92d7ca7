"""What all signatures that fit say together: the core against a plain model, for drawn databases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from sigcompiler.reading.reader import OWN_RULES
from tests.answers.model import ModelSystem, systems
from tests.support.captures import pcap
from tests.support.core import CONFIDENCE
from tests.support.packets import Ip4, Tcp, packet

TABLES = json.loads(CONFIDENCE.read_text(encoding="utf-8"))
SOURCES = ("", "lab; high", "a list; medium", "seen; low", "somewhere")
WINDOWS = (20 * 1460, 1000)
TTLS = (10, 60, 64, 70)

FIELDS = [f"{window},{scale}" for window, scale in product(("mss*20", "1000", "*"), ("7", "*"))]
"""Windows and scales of signatures; of those that fit a packet, some are wildcards."""


@dataclass(frozen=True)
class LabelledSignature:
    """One line with its label. `quirks` are those that differ softly."""

    system: ModelSystem
    fields: str
    source: str
    quirks: str = "df,id+"
    ttl: int = 64

    def fit(self, window: int, ttl: int) -> str | None:
        """How it fits a packet of Linux's layout with DF and an id, scale 7 and this window and TTL."""
        wanted, _ = self.fields.split(",")
        if wanted not in ("*", "mss*20" if window == WINDOWS[0] else str(window)):
            return None
        near = ttl <= self.ttl and self.ttl - ttl <= 35
        return ("generic" if self.system.kind == "g" else "specific") if near else "fuzzy"


signatures = st.builds(
    LabelledSignature,
    systems(),
    st.sampled_from(FIELDS),
    st.sampled_from(SOURCES),
    ttl=st.sampled_from((64, 32)),
)


def compiled(lines: list[LabelledSignature]) -> hg.Database:
    text = ["classes = unix", "[tcp:request]"]
    for one in lines:
        text.append(one.system.line)
        text += [f"; source: {one.source}"] if one.source else []
        text.append(f"sig = *:{one.ttl}:0:*:{one.fields}:mss,sok,ts,nop,ws:{one.quirks}:0")
    return hg.Database.compile(text="\n".join([*text, ""]))


def shown(system: ModelSystem) -> str:
    name, flavor = system.line.split(":", 3)[2:]
    either, says_all = " or " in name, flavor.startswith(f"{name.split(' or ')[0]} ")
    return flavor if either and says_all else f"{name} {flavor}".strip()


def expected(lines: list[LabelledSignature], window: int, ttl: int) -> dict[str, Any] | None:
    """The answer of the first signature of the best kind, with all others of this kind."""
    fits = [(one.fit(window, ttl), one) for one in lines]
    best = next((kind for kind in ("specific", "generic", "fuzzy") if kind in dict(fits)), None)
    if best is None:
        return None
    same = [one for kind, one in fits if kind == best]
    own = same[0]
    families = [*dict.fromkeys(name for one in same for name, _ in one.system.families)]
    weight = own.source.rpartition("; ")[2] if own.source.endswith(("high", "medium", "low")) else "unstated"
    share, versions = 0.0, None
    if len(families) <= 2:
        standings = [TABLES["standing"].get(name, 0.833) for name in families]
        standing = max(standings) if weight != "unstated" else 1.0
        basis = f"{best} {len(families)} {weight}"
        share = TABLES["confidence"][basis] * standing
        if shown(own.system) not in (" or ".join(name for name, _ in own.system.families),):
            versions = TABLES["version_confidence"].get(basis)
            versions = None if versions is None else versions * standing
    labels = dict.fromkeys(shown(one.system) for one in same)
    return {
        "family": " or ".join(families) if len(families) <= 2 else None,
        "confidence": share,
        "version_confidence": versions,
        "candidates": [one for one in labels if one != shown(own.system)],
        "evidence": evidence(best, own, families, ttl),
    }


def evidence(manner: str, own: LabelledSignature, families: list[str], ttl: int) -> list[str]:
    kind = "generic" if own.system.kind == "g" else "specific"
    found = [f"{'fuzzy' if manner == 'fuzzy' else 'exact'} match of a {kind} signature"]
    if manner == "fuzzy":
        above = f"the TTL {ttl} is above the initial {own.ttl}"
        below = f"the TTL {ttl} is more than 35 hops below the initial {own.ttl}"
        found.append(above if ttl > own.ttl else below)
    if len(families) == 2:
        found.append(f"{families[0]} and {families[1]} send the same")
    elif len(families) > 2:
        found.append(f"{len(families)} families fit as well: {', '.join(families)}")
    found.append(f"signature from {own.source}" if own.source else "no source is stated")
    return found


@given(st.lists(signatures, min_size=1, max_size=6, unique=True))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_core_answers_as_the_model(lines: list[LabelledSignature]) -> None:
    shapes = list(product(WINDOWS, TTLS))
    packets = [
        packet(Ip4(ttl=ttl), Tcp(window=window, sport=n + 1)) for n, (window, ttl) in enumerate(shapes)
    ]
    capture = pcap([(number, one) for number, one in enumerate(packets, 1)])
    found = []
    for batch in hg.Analyzer(compiled(lines), protocols=("tcp",), uptime=False).batches(capture):
        found += [json.loads(line) for line in batch.render("json").splitlines()]
    answers = [one["match"] for one in found if one["event"] == "syn"]
    for (window, ttl), match in zip(shapes, answers, strict=True):
        model = expected(lines, window, ttl)
        assert (None if match is None else {name: match[name] for name in model or ()}) == model


def test_lines_before_those_of_the_default_database_have_no_rivals_there() -> None:
    """As in p0f, where the first line that fits wins."""
    sig = f"sig = *:64:0:*:{FIELDS[0]}:mss,sok,ts,nop,ws:df,id+:0"
    own = ["classes = unix", "[tcp:request]", "label = s:unix:Pump controller:2.1", sig]
    other = ["label = s:unix:Linux:2.6", sig.replace(FIELDS[0], FIELDS[1])]
    capture = pcap([(1, packet(Ip4(), Tcp(window=WINDOWS[0])))])
    for lines, candidates in (([*own, OWN_RULES, *other], []), ([*own, *other], ["Linux 2.6"])):
        database = hg.Database.compile(text="\n".join([*lines, ""]))
        (batch,) = hg.Analyzer(database, protocols=("tcp",), uptime=False).batches(capture)
        match = json.loads(batch.render("json").splitlines()[0])["match"]
        assert (match["name"], match["candidates"]) == ("Pump controller", candidates)
