"""Systems taken out of the default database are learned back from half of the sources that show them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import huginn_cffi as hg
from huginn_workbench.evaluation.answers import answers
from huginn_workbench.evaluation.judging import judge_hosts
from huginn_workbench.evaluation.labels import LabelledPacket, read_labels
from huginn_workbench.learning import learn
from huginn_workbench.learning.collisions import database_of, tcp_signatures, warnings_of
from sigcompiler.claims.flavors import family_names
from tests.workbench.learning.build import write_labels

SYSTEMS: dict[str, tuple[tuple[str, ...], float]] = {
    "Windows": (("Windows",), 0.5),
    "macOS": (("macOS", "iOS"), 0.9),
    "Linux": (("Linux", "Android"), 0.6),
}
"""What is taken out, and the share of hosts of the other half that must be named after learning: a
line is only as general as the half of the captures that it was learned from."""


class Halves(NamedTuple):
    """Labelled packets of a system, parted by who made the capture."""

    taught: list[LabelledPacket]
    asked: list[LabelledPacket]


def halves(corpus: Path, families: tuple[str, ...]) -> Halves:
    rows = [row for row in read_labels(corpus / "labels.csv") if not row.suspect and row.family in families]
    sources = sorted({row.source for row in rows})
    return Halves(
        [row for row in rows if sources.index(row.source) % 2 == 0],
        [row for row in rows if sources.index(row.source) % 2 == 1],
    )


def without(families: tuple[str, ...]) -> hg.Database:
    """The default database without every line of these families, generic ones included."""
    whole = tcp_signatures(hg.Database.load_default())
    return database_of([one for one in whole if not set(family_names(one.label.name)).intersection(families)])


def grades(corpus: Path, packets: list[LabelledPacket], database: hg.Database) -> Counter[str]:
    """How many hosts are named rightly: Linux may be called Android, macOS iOS."""
    hosts, _ = judge_hosts(answers(corpus, packets, database, _ignore))
    return Counter(host.judgement.family for host in hosts)


def _ignore(error: hg.CaptureError) -> None:
    """Some captures of the corpus are cut on purpose."""


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_learned_back(system: str, corpus: Path, tmp_path: Path) -> None:
    families, least = SYSTEMS[system]
    taught, asked = halves(corpus, families)
    base = without(families)
    rows = [(one.file, one.frame, one.direction, one.ip, system, "") for one in taught]
    labels = write_labels(tmp_path / "labels.csv", rows)
    files = sorted({corpus / one.file for one in taught})
    found = learn(files, labels=labels, database=base, on_error=_ignore)
    path = tmp_path / "learned.fp"
    path.write_text(found.text, encoding="utf-8")
    learned = hg.Database.compile(path)
    assert learned.warnings == ()
    both = tcp_signatures(base) + tcp_signatures(learned)
    assert warnings_of(both) == []
    before, after = (grades(corpus, asked, one) for one in (base, database_of(both)))
    assert before["right"] + before["near"] == 0
    assert after["wrong"] <= before["wrong"]
    assert after["right"] + after["near"] >= least * after.total()
