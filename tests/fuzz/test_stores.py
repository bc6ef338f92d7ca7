"""Stores that were damaged: a few seconds of `tools.fuzz.stores`."""

from __future__ import annotations

from pathlib import Path

import pytest

from huginn_cffi.base.errors import StoreError
from tools.fuzz import mutants, stores

EACH = 5


@pytest.fixture
def subject(tmp_path: Path) -> stores.StoreSubject:
    return stores.StoreSubject(tmp_path, seed=1)


@pytest.mark.parametrize("kind", stores.MUTATIONS)
def test_damage_gives_results_or_one_error(subject: stores.StoreSubject, kind: str) -> None:
    first = list(stores.MUTATIONS).index(kind)
    numbers = range(first, first + EACH * len(stores.MUTATIONS), len(stores.MUTATIONS))
    assert [wrong for *_, wrong in mutants.runs(subject.run, numbers) if wrong] == []


@pytest.mark.parametrize("kind", stores.MUTATIONS)
def test_mutations_are_settled_by_their_number(subject: stores.StoreSubject, kind: str) -> None:
    number = list(stores.MUTATIONS).index(kind) + len(stores.MUTATIONS)
    before = subject.mutant(number).read_bytes()
    assert subject.mutant(number).read_bytes() == before


def test_what_is_no_result_and_no_clear_error_is_a_finding(
    subject: stores.StoreSubject, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = list(stores.MUTATIONS).index("other version")

    def judged(error: Exception) -> str:
        def fail(path: Path) -> None:
            raise error

        monkeypatch.setattr(stores, "merged_from", fail)
        return next(wrong for *_, wrong in mutants.runs(subject.run, [sound]))

    assert judged(KeyError(3)).startswith("merge from: KeyError: 3")
    assert "does not begin with the file" in judged(StoreError("it is damaged"))
    assert judged(StoreError(f"{subject.mutant(sound)}: is damaged")) == ""


def test_a_run_without_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "calls", lambda path: [None for _ in iter(int, 1)])
    found = mutants.runs_in_processes(lambda folder: stores.StoreSubject(folder, 1).run, [0, 9], 0.5)
    assert [(number, wrong) for number, *_, wrong in found] == [
        (0, "it takes for ever"),
        (9, "it takes for ever"),
    ]
